"""By when an officer must answer: clock time for what is urgent, working days in the village's zone for the rest."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.deadlines import due, limit_for, open_now, works
from bot.model.rules import Deadline, Limit, OfficeHours, Rules

JAKARTA, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
HOURS = OfficeHours(time(8), time(16), ("mon", "tue", "wed", "thu", "fri"))
DEADLINES = (
    Deadline("help", "emergency", Limit(minutes=15)),
    Deadline("complaint", "sensitive", Limit(hours=4)),
    Deadline("complaint", "general", Limit(working_days=3)),
    Deadline("ask", "general", Limit(working_days=1)),
)
RULES = Rules(HOURS, DEADLINES)
CHRISTMAS = frozenset({date(2026, 12, 24), date(2026, 12, 25)})


def local(text: str, zone: str = JAKARTA) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def answer_by(opened: str, kind: str = "ask", zone: str = JAKARTA, holidays: frozenset[date] = frozenset()) -> str:
    found = due(local(opened, zone).astimezone(UTC), kind, "general", RULES, holidays, zone)
    return found.astimezone(ZoneInfo(zone)).isoformat()[:16]


@pytest.mark.parametrize(
    ("opened", "by"),
    [
        ("2026-11-23T10:00", "2026-11-24T10:00"),
        ("2026-11-23T08:00", "2026-11-24T08:00"),
        ("2026-11-23T15:59", "2026-11-24T15:59"),
        ("2026-11-23T16:00", "2026-11-25T08:00"),
        ("2026-11-23T23:30", "2026-11-25T08:00"),
        ("2026-11-23T05:00", "2026-11-24T08:00"),
        ("2026-11-27T10:00", "2026-11-30T10:00"),
        ("2026-11-27T17:00", "2026-12-01T08:00"),
        ("2026-11-28T10:00", "2026-12-01T08:00"),
        ("2026-11-29T10:00", "2026-12-01T08:00"),
    ],
)
def test_a_working_day_skips_nights_and_weekends(opened: str, by: str) -> None:
    assert answer_by(opened) == by


def test_a_working_day_skips_holidays_too() -> None:
    assert answer_by("2026-12-23T10:00", holidays=CHRISTMAS) == "2026-12-28T10:00"
    assert answer_by("2026-12-24T10:00", holidays=CHRISTMAS) == "2026-12-29T08:00"


def test_three_working_days_are_three() -> None:
    assert answer_by("2026-11-25T09:00", "complaint") == "2026-11-30T09:00"


@pytest.mark.parametrize(("zone", "hours"), [(JAKARTA, 7), (MAKASSAR, 8), (JAYAPURA, 9)])
def test_the_clock_is_that_of_the_village(zone: str, hours: int) -> None:
    opened = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    found = due(opened, "ask", "general", RULES, frozenset(), zone)
    opening = datetime(2026, 11, 24, 8, 0, tzinfo=UTC) - timedelta(hours=hours)
    assert found == max(opened + timedelta(days=1), opening)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("kind", "urgency", "span"),
    [("help", "emergency", timedelta(minutes=15)), ("complaint", "sensitive", timedelta(hours=4))],
)
def test_what_is_urgent_runs_by_night_on_sundays_and_on_holidays(kind: str, urgency: str, span: timedelta) -> None:
    opened = local("2026-12-25T23:50")
    assert due(opened, kind, urgency, RULES, CHRISTMAS, JAKARTA) == opened + span


def test_a_kind_without_its_own_limit_takes_that_of_its_urgency_else_a_working_day() -> None:
    assert limit_for("ask", "general", DEADLINES) == Limit(working_days=1)
    assert limit_for("new-kind", "emergency", DEADLINES) == Limit(minutes=15)
    assert limit_for("new-kind", "emergency", ()) == Limit(working_days=1)


def test_an_office_is_open_from_its_first_minute_to_its_last() -> None:
    moments = {"07:59": False, "08:00": True, "15:59": True, "16:00": False}
    assert {at: open_now(local(f"2026-11-23T{at}"), HOURS, frozenset(), JAKARTA) for at in moments} == moments
    assert not open_now(local("2026-11-28T10:00"), HOURS, frozenset(), JAKARTA)
    assert not open_now(local("2026-12-25T10:00"), HOURS, CHRISTMAS, JAKARTA)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    st.sampled_from([JAKARTA, MAKASSAR, JAYAPURA]),
    st.integers(1, 10),
)
def test_a_deadline_is_later_and_falls_into_office_hours(opened: datetime, zone: str, days: int) -> None:
    rules = Rules(HOURS, (Deadline("x", "general", Limit(working_days=days)),))
    began = opened.replace(tzinfo=ZoneInfo(zone))
    found = due(began, "x", "general", rules, CHRISTMAS, zone).astimezone(ZoneInfo(zone))
    assert found > began
    assert works(found.date(), HOURS, CHRISTMAS) and HOURS.start <= found.time() <= HOURS.end
    passed = (began.date() + timedelta(days=n) for n in range(1, (found.date() - began.date()).days + 1))
    assert sum(works(day, HOURS, CHRISTMAS) for day in passed) >= days
