"""By when an officer must answer: minutes and hours on the clock, working days in the village's office hours.

A working day is as many minutes as the office works on one. So a limit can be cut (three quarters of it), kept while nothing
is to be done, and go on later, without a minute of the night or of a holiday in it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model.rules import Deadline, Limit, OfficeHours, QuietHours, Rules

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FALLBACK = Deadline("", "general", Limit(working_days=1), Limit(working_days=10))
_LOOKAHEAD = 60
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When offices work in one place: their hours, the days they are closed, the time zone."""

    hours: OfficeHours
    holidays: Collection[date]
    zone: str


def due(opened: datetime, kind: str, urgency: str, rules: Rules, holidays: Collection[date], zone: str) -> datetime:
    """The moment by which a case of this kind must first be answered, in UTC."""
    return within(opened, limit_for(kind, urgency, rules.deadlines), Calendar(rules.office_hours, holidays, zone))


def limit_for(kind: str, urgency: str, deadlines: Collection[Deadline]) -> Limit:
    """The limit of this kind and urgency, else of the urgency, else one working day."""
    return deadline_for(kind, urgency, deadlines).limit


def deadline_for(kind: str, urgency: str, deadlines: Collection[Deadline]) -> Deadline:
    """The limits of this kind and urgency, else of the urgency, else those of a general case."""
    fitting = [one for one in deadlines if one.urgency == urgency]
    exact = [one for one in fitting if one.kind == kind]
    return (exact or fitting or [_FALLBACK])[0]


def within(start: datetime, limit: Limit, calendar: Calendar, percent: int = 100) -> datetime:
    """The moment, in UTC, when so much of a limit that begins at `start` is over."""
    return after(start, length(limit, calendar) * percent // 100, calendar, working=limit.working)


def length(limit: Limit, calendar: Calendar) -> int:
    """A limit in minutes: of working time when it is in working days."""
    if limit.working:
        return limit.working_days * (_a_day(calendar.hours) // _MINUTE)
    return limit.hours * 60 + limit.minutes


def after(start: datetime, minutes: int, calendar: Calendar, *, working: bool) -> datetime:
    """The moment so many minutes on, in UTC; of working time if said so.

    What begins outside office hours counts from the next opening, and what would end with the office ends when it opens again:
    nobody is late at the hour they go home.
    """
    if not working:
        return start.astimezone(UTC) + minutes * _MINUTE
    local, left = _opened(start.astimezone(ZoneInfo(calendar.zone)), calendar), minutes * _MINUTE
    while (today := _closes(local, calendar) - local) <= left:
        left -= today
        local = _next_opening(local, calendar)
    return (local + left).astimezone(UTC)


def between(start: datetime, end: datetime, calendar: Calendar, *, working: bool) -> int:
    """The minutes from one moment to another, a begun one counted whole; of working time if said so. Never below 0."""
    if not working:
        return max(0, -((start - end) // _MINUTE))
    local, last = (one.astimezone(ZoneInfo(calendar.zone)) for one in (start, end))
    passed, local = timedelta(), _opened(local, calendar)
    while local < last:
        passed += min(last, _closes(local, calendar)) - local
        local = _next_opening(local, calendar)
    return -(-passed // _MINUTE)


def open_now(at: datetime, hours: OfficeHours, holidays: Collection[date], zone: str) -> bool:
    """Whether a village office works at this moment."""
    local = at.astimezone(ZoneInfo(zone))
    return works(local.date(), hours, holidays) and hours.start <= local.time() < hours.end


def after_quiet(at: datetime, quiet: QuietHours, zone: str) -> datetime:
    """The first moment from now on at which somebody may be written to unasked."""
    local = at.astimezone(ZoneInfo(zone))
    morning = datetime.combine(local.date(), quiet.end, local.tzinfo)
    if local < morning:
        return morning.astimezone(UTC)
    evening = datetime.combine(local.date(), quiet.start, local.tzinfo)
    return at if local < evening else (morning + timedelta(days=1)).astimezone(UTC)


def works(day: date, hours: OfficeHours, holidays: Collection[date]) -> bool:
    """Whether an office works on this day."""
    return _DAYS[day.weekday()] in hours.days and day not in holidays


def _a_day(hours: OfficeHours) -> timedelta:
    return datetime.combine(date.min, hours.end) - datetime.combine(date.min, hours.start)


def _opened(local: datetime, calendar: Calendar) -> datetime:
    """This moment when the office works then, else when it opens next."""
    if not works(local.date(), calendar.hours, calendar.holidays) or local.time() >= calendar.hours.end:
        return _next_opening(local, calendar)
    return max(local, datetime.combine(local.date(), calendar.hours.start, local.tzinfo))


def _closes(local: datetime, calendar: Calendar) -> datetime:
    return datetime.combine(local.date(), calendar.hours.end, local.tzinfo)


def _next_opening(local: datetime, calendar: Calendar) -> datetime:
    day = _next_working(local.date(), calendar.hours, calendar.holidays)
    return datetime.combine(day, calendar.hours.start, local.tzinfo)


def _next_working(day: date, hours: OfficeHours, holidays: Collection[date]) -> date:
    later = (day + timedelta(days=n) for n in range(1, _LOOKAHEAD))
    return next((one for one in later if works(one, hours, holidays)), day + timedelta(days=1))
