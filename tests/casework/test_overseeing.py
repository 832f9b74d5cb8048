"""Who looks after whom."""

from datetime import UTC, datetime

import pytest

from bot.casework.overseeing import away_through, looks_after, read_cap
from bot.model.case import Officer, Role

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
WHO: dict[str, tuple[Role, str]] = {
    "ministry": ("ministry", ""),
    "regency": ("coordinator", "52.02"),
    "district": ("coordinator", "52.02.12"),
    "village": ("officer", "52.02.12.2001"),
    "other": ("officer", "52.02.11.2001"),
    "alike": ("officer", "52.02.120.2001"),
}


def named(name: str, id: int) -> Officer:
    return Officer(id, id, name, *WHO[name])


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("ministry", "regency"),
        ("ministry", "village"),
        ("regency", "district"),
        ("district", "village"),
        ("regency", "other"),
    ],
)
def test_a_coordinator_looks_after_those_within_their_units(who: str, whom: str) -> None:
    assert looks_after(named(who, 1), named(whom, 2))
    assert not looks_after(named(whom, 2), named(who, 1))


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("district", "other"),
        ("district", "alike"),
        ("district", "district"),
        ("ministry", "ministry"),
        ("village", "village"),
    ],
)
def test_nobody_looks_after_their_equals_or_another_place(who: str, whom: str) -> None:
    assert not looks_after(named(who, 1), named(whom, 2))


@pytest.mark.parametrize("day", ["2026-11-21", "2027-02-21", "2026-02-31", "besok", "", "1" * 50])
def test_a_day_that_is_none_or_too_far_is_no_day(day: str) -> None:
    assert away_through(day, NOON, "Asia/Makassar") is None


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-31", "2027-02-20"])
def test_away_through_a_day_ends_with_that_day_where_the_officer_is(day: str) -> None:
    until = away_through(day, NOON, "Asia/Makassar")
    assert until is not None
    assert (until.hour, until.date().isoformat()) == (16, day)


@pytest.mark.parametrize(
    ("text", "cap"), [("1", 1), ("200", 200), ("0", None), ("201", None), ("-1", None), ("²", None), ("9" * 99, None)]
)
def test_a_cap_is_a_number_somebody_could_look_after(text: str, cap: int | None) -> None:
    assert read_cap(text) == cap
