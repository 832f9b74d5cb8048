"""By when an officer must answer: minutes and hours on the clock, working days in the village's office hours."""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model.rules import Deadline, Limit, OfficeHours, QuietHours, Rules

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FALLBACK = Limit(working_days=1)
_LOOKAHEAD = 60


def due(opened: datetime, kind: str, urgency: str, rules: Rules, holidays: Collection[date], zone: str) -> datetime:
    """The moment by which a case of this kind must be answered, in UTC."""
    limit = limit_for(kind, urgency, rules.deadlines)
    if limit.working_days:
        return _working(opened.astimezone(ZoneInfo(zone)), limit.working_days, rules.office_hours, holidays)
    return opened.astimezone(UTC) + timedelta(minutes=limit.minutes, hours=limit.hours)


def limit_for(kind: str, urgency: str, deadlines: Collection[Deadline]) -> Limit:
    """The limit of this kind and urgency, else of the urgency, else one working day."""
    fitting = [one for one in deadlines if one.urgency == urgency]
    exact = [one for one in fitting if one.kind == kind]
    return (exact or fitting)[0].limit if fitting else _FALLBACK


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


def _working(local: datetime, days: int, hours: OfficeHours, holidays: Collection[date]) -> datetime:
    """The same time of day so many working days on; what comes outside office hours counts from the next opening."""
    begin = local
    if not works(local.date(), hours, holidays) or local.time() >= hours.end:
        begin = datetime.combine(_next_working(local.date(), hours, holidays), hours.start, local.tzinfo)
    elif local.time() < hours.start:
        begin = datetime.combine(local.date(), hours.start, local.tzinfo)
    day = begin.date()
    for _ in range(days):
        day = _next_working(day, hours, holidays)
    return datetime.combine(day, begin.time(), local.tzinfo).astimezone(UTC)


def _next_working(day: date, hours: OfficeHours, holidays: Collection[date]) -> date:
    later = (day + timedelta(days=n) for n in range(1, _LOOKAHEAD))
    return next((one for one in later if works(one, hours, holidays)), day + timedelta(days=1))
