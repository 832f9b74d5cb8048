"""Where a case waits, and who sees it there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.routing import above, unit_of, waits_at
from bot.model.case import Scope
from bot.model.forms import Form

FORM = Form("complaint", "complaint", {}, {}, 6, (), up_when={"about": ("officer", "agency")})
CODES = st.builds("{:02d}.{:02d}.{:02d}.{:04d}".format, *[st.integers(1, 99)] * 3, st.integers(1001, 2999))


@pytest.mark.parametrize(
    ("about", "unit"),
    [("officer", "35.05.01"), ("agency", "35.05.01"), ("employer", "35.05.01.2001"), ("", "35.05.01.2001")],
)
def test_a_complaint_about_the_villages_own_people_starts_at_the_district(about: str, unit: str) -> None:
    assert waits_at(FORM, {"about": about}, "35.05.01.2001") == unit


def test_what_does_not_say_whom_it_is_about_waits_in_the_village() -> None:
    assert waits_at(FORM, {}, "35.05.01.2001") == "35.05.01.2001"


def test_above_a_place_is_the_next_larger_one_up_to_the_country() -> None:
    places = ["35.05.01.2001", "35.05.01", "35.05", "35", "", ""]
    assert [above(place) for place in places[:-1]] == places[1:]


@pytest.mark.parametrize(
    ("role", "unit"), [("officer", "35.05.01.2001"), ("coordinator", "35.05.01"), ("ministry", "")]
)
def test_an_invitation_gives_the_unit_of_its_role(role, unit: str) -> None:
    assert unit_of(role, "35.05.01.2001") == unit


def test_a_coordinator_of_a_larger_place_keeps_it() -> None:
    assert unit_of("coordinator", "35.05") == "35.05"
    assert unit_of("officer", "") == ""


@given(CODES, st.sampled_from(["officer", "agency"]))
def test_the_accused_village_never_sees_the_case_and_those_above_do(code: str, about: str) -> None:
    unit = waits_at(FORM, {"about": about}, code)
    assert not Scope(code).sees(unit)
    assert Scope(above(code)).sees(unit) and Scope("").sees(unit)


@given(CODES, CODES)
def test_a_village_sees_its_own_cases_and_no_other_villages(own: str, other: str) -> None:
    assert Scope(own).sees(own)
    assert Scope(own).sees(other) is (own == other)
    assert Scope(above(own)).sees(other) is (above(own) == above(other))


def test_a_code_that_only_begins_alike_is_another_place() -> None:
    assert not Scope("35.05.1").sees("35.05.10.2001")
    assert not Scope("3").sees("35")
