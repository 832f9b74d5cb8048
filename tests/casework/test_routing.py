"""Where a case waits, and who sees it there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.routing import Start, above, lineage, open_to, start, unit_of
from bot.model.case import Scope
from bot.model.forms import Form, Level

UP: dict[str, dict[str, Level]] = {
    "about": {"officer": "village", "agency": "village", "district": "district", "regency": "regency"},
    "also": {"dinas": "province"},
}
FORM = Form("complaint", "complaint", {}, {}, 6, (), up_when=UP)
CODES = st.builds("{:02d}.{:02d}.{:02d}.{:04d}".format, *[st.integers(1, 99)] * 3, st.integers(1001, 2999))
ANSWERS = st.fixed_dictionaries(
    {
        "about": st.sampled_from(["officer", "agency", "district", "regency", "employer", ""]),
        "also": st.sampled_from(["", "dinas"]),
    }
)


@pytest.mark.parametrize(
    ("about", "unit", "barred"),
    [
        ("officer", "35.05.01", "35.05.01.2001"),
        ("agency", "35.05.01", "35.05.01.2001"),
        ("district", "35.05", "35.05.01"),
        ("regency", "35", "35.05"),
        ("employer", "35.05.01.2001", ""),
        ("", "35.05.01.2001", ""),
    ],
)
def test_a_complaint_about_the_people_of_a_level_starts_above_it(about: str, unit: str, barred: str) -> None:
    assert start(FORM, {"about": about}, "35.05.01.2001") == Start(unit, barred)


def test_of_two_that_are_accused_the_higher_counts() -> None:
    assert start(FORM, {"about": "officer", "also": "dinas"}, "35.05.01.2001") == Start("", "35")


def test_what_does_not_say_whom_it_is_about_waits_in_the_village() -> None:
    assert start(FORM, {}, "35.05.01.2001") == Start("35.05.01.2001")


def test_who_does_not_want_their_village_is_heard_one_level_up_or_where_they_would_be_anyway() -> None:
    assert start(FORM, {}, "35.05.01.2001", past_village=True) == Start("35.05.01", "35.05.01.2001")
    assert start(FORM, {"about": "regency"}, "35.05.01.2001", past_village=True) == Start("35", "35.05")


def test_who_names_no_village_is_heard_where_all_are_seen() -> None:
    assert start(FORM, {"about": "officer"}, "", past_village=True) == Start("")


def test_above_a_place_is_the_next_larger_one_up_to_the_country() -> None:
    places = ["35.05.01.2001", "35.05.01", "35.05", "35", "", ""]
    assert [above(place) for place in places[:-1]] == places[1:]


def test_a_place_lies_in_itself_and_in_all_above_it() -> None:
    assert lineage("35.05.10.2001") == ["35.05.10.2001", "35.05.10", "35.05", "35", ""]
    assert lineage("") == [""]


@pytest.mark.parametrize(
    ("role", "unit"), [("officer", "35.05.01.2001"), ("coordinator", "35.05.01"), ("ministry", "")]
)
def test_an_invitation_gives_the_unit_of_its_role(role, unit: str) -> None:
    assert unit_of(role, "35.05.01.2001") == unit


def test_a_coordinator_of_a_larger_place_keeps_it() -> None:
    assert unit_of("coordinator", "35.05") == "35.05"
    assert unit_of("officer", "") == ""


@given(CODES, ANSWERS, st.booleans())
def test_the_accused_never_see_where_it_waits_and_those_above_do(
    code: str, answers: dict[str, str], past: bool
) -> None:
    begins = start(FORM, answers, code, past_village=past)
    assert Scope("").sees(begins.unit)
    if begins.barred:
        assert not Scope(begins.barred).sees(begins.unit) and not Scope(code).sees(begins.unit)
        assert not open_to(code, begins.barred) and open_to(begins.unit, begins.barred)
    else:
        assert begins.unit == code


@given(CODES, CODES)
def test_a_village_sees_its_own_cases_and_no_other_villages(own: str, other: str) -> None:
    assert Scope(own).sees(own)
    assert Scope(own).sees(other) is (own == other)
    assert Scope(above(own)).sees(other) is (above(own) == above(other))


def test_a_code_that_only_begins_alike_is_another_place() -> None:
    assert not Scope("35.05.1").sees("35.05.10.2001")
    assert not Scope("3").sees("35")
    assert open_to("35.05.10.2001", "35.05.1") and not open_to("35.05.1.2001", "35.05.1")
    assert open_to("35.05.1", "")
