"""A report is about a month, a quarter or a year."""

from datetime import UTC, datetime
from itertools import combinations

import pytest

from bot.casework.periods import lately, read_period, spanning

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [
        ("2026-11", "2026-10-31T17:00", "2026-11-30T17:00"),
        ("2026-12", "2026-11-30T17:00", "2026-12-31T17:00"),
        ("2026-Q4", "2026-09-30T17:00", "2026-12-31T17:00"),
        ("2026", "2025-12-31T17:00", "2026-12-31T17:00"),
    ],
)
def test_a_period_lasts_from_the_first_to_the_last_day_of_western_indonesia(name: str, begin: str, end: str) -> None:
    period = read_period(name)
    assert period is not None
    assert (period.begin.isoformat()[:16], period.end.isoformat()[:16]) == (begin, end)
    assert period.name == name.lower()


@pytest.mark.parametrize(
    "name", ["", "2026-13", "2026-00", "2026-q5", "1999", "26-11", "2026-11-22", "kemarin", "9" * 5000]
)
def test_anything_else_is_no_period(name: str) -> None:
    assert read_period(name) is None


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [("2026-04", "2026-04", "2026-04"), ("2026-04", "2026-06", "2026-q2"), ("2026-01", "2026-12", "2026")],
)
def test_from_and_to_may_span_one(first: str, last: str, name: str) -> None:
    found = spanning(first, last)
    assert found is not None and found.name == name


@pytest.mark.parametrize(
    ("first", "last"), [("2026-01", "2026-02"), ("2026-05", "2026-04"), ("2026-02", "2026-04"), ("x", "y")]
)
def test_months_that_are_no_quarter_and_no_year_are_no_period(first: str, last: str) -> None:
    assert spanning(first, last) is None


def test_of_the_periods_offered_two_are_apart_or_one_holds_the_other() -> None:
    offered = lately(NOW)
    assert (offered[0].name, offered[11].name, offered[-1].name) == ("2026-11", "2025-12", "2025")
    for one, other in combinations(offered, 2):
        shared = set(one.months) & set(other.months)
        assert shared in (set(), set(one.months), set(other.months))
