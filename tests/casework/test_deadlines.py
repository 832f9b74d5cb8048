"""By when an officer must answer: clock time for what is urgent, working days in the village's zone for the rest."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.deadlines import Calendar, after, between, due, length, limit_for, open_now, within, works
from bot.model.case import Urgency
from bot.model.rules import Deadline, Limit, OfficeHours, Rules

JAKARTA, MAKASSAR, JAYAPURA = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
HOURS = OfficeHours(time(8), time(16), ("mon", "tue", "wed", "thu", "fri"))
TEN_DAYS = Limit(working_days=10)
DEADLINES = (
    Deadline("help", "emergency", Limit(minutes=15), TEN_DAYS),
    Deadline("complaint", "sensitive", Limit(hours=4), TEN_DAYS),
    Deadline("complaint", "general", Limit(working_days=3), TEN_DAYS),
    Deadline("ask", "general", Limit(working_days=1), TEN_DAYS),
)
ASIDE: dict[Urgency, int] = {"emergency": 24, "sensitive": 48, "general": 96}
RULES = Rules(HOURS, DEADLINES, 75, ASIDE)
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
    rules = Rules(HOURS, (Deadline("x", "general", Limit(working_days=days), TEN_DAYS),), 75, ASIDE)
    began = opened.replace(tzinfo=ZoneInfo(zone))
    found = due(began, "x", "general", rules, CHRISTMAS, zone).astimezone(ZoneInfo(zone))
    assert found > began
    assert works(found.date(), HOURS, CHRISTMAS) and HOURS.start <= found.time() <= HOURS.end
    passed = (began.date() + timedelta(days=n) for n in range(1, (found.date() - began.date()).days + 1))
    assert sum(works(day, HOURS, CHRISTMAS) for day in passed) >= days


MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2027, 1, 31))
ZONES = st.sampled_from([JAKARTA, MAKASSAR, JAYAPURA])
LEBARAN = frozenset(date(2026, 12, day) for day in range(23, 32))


def calendar(zone: str = JAKARTA, holidays: frozenset[date] = LEBARAN) -> Calendar:
    return Calendar(HOURS, holidays, zone)


@given(MOMENTS, ZONES, st.integers(1, 6000))
def test_working_time_never_runs_out_outside_office_hours(moment: datetime, zone: str, minutes: int) -> None:
    """Nor at the very minute the office closes: then it is the next opening."""
    began = moment.replace(tzinfo=ZoneInfo(zone))
    assert open_now(after(began, minutes, calendar(zone), working=True), HOURS, LEBARAN, zone)


@given(MOMENTS, ZONES, st.integers(0, 6000), st.booleans())
def test_as_many_minutes_lie_between_as_were_added(moment: datetime, zone: str, minutes: int, working: bool) -> None:
    began = moment.replace(tzinfo=ZoneInfo(zone))
    end = after(began, minutes, calendar(zone), working=working)
    assert between(began, end, calendar(zone), working=working) == minutes


@given(MOMENTS, ZONES, st.integers(0, 3000), st.integers(0, 3000), st.booleans())
def test_a_limit_may_be_taken_in_two_pieces(moment: datetime, zone: str, one: int, other: int, working: bool) -> None:
    began = moment.replace(tzinfo=ZoneInfo(zone))
    between_them = after(began, one, calendar(zone), working=working)
    whole = after(began, one + other, calendar(zone), working=working)
    assert after(between_them, other, calendar(zone), working=working) == whole


@given(
    MOMENTS,
    ZONES,
    st.integers(0, 100),
    st.sampled_from([limit for one in DEADLINES for limit in (one.limit, one.then)]),
)
def test_a_part_of_a_limit_is_over_before_all_of_it(moment: datetime, zone: str, percent: int, limit: Limit) -> None:
    began = moment.replace(tzinfo=ZoneInfo(zone))
    assert within(began, limit, calendar(zone), percent) <= within(began, limit, calendar(zone))


def test_holidays_of_several_days_and_the_weekends_around_them_are_passed_over() -> None:
    began = local("2026-12-22T15:00")
    assert after(began, 120, calendar(), working=True) == local("2027-01-01T09:00")
    assert between(began, local("2027-01-01T09:00"), calendar(), working=True) == 120


def test_what_is_past_has_nothing_left() -> None:
    for working in (True, False):
        assert between(local("2026-11-23T10:00"), local("2026-11-23T09:00"), calendar(), working=working) == 0


def test_a_working_day_is_as_long_as_the_office_works() -> None:
    assert length(Limit(working_days=2), calendar()) == 2 * 8 * 60
    assert length(Limit(hours=1, minutes=5), calendar()) == 65


@pytest.mark.parametrize("zone", [JAKARTA, MAKASSAR, JAYAPURA])
def test_no_clock_of_ours_is_put_forward_in_summer(zone: str) -> None:
    offsets = {datetime(2026, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in range(1, 13)}
    assert len(offsets) == 1
