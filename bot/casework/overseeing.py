"""Who looks after whom, and what they may say of them: until when somebody is away, how much they take on."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model.case import Officer, Scope

LONGEST_AWAY = timedelta(days=90)
LARGEST_CAP = 200


def looks_after(who: Officer, whom: Officer) -> bool:
    """Whether `who` oversees `whom`: a coordinator or the ministry, and the other's units lie within their own."""
    return who.role != "officer" and who.unit != whom.unit and Scope(who.unit).sees(whom.unit)


def away_through(day: str, now: datetime, zone: str) -> datetime | None:
    """The moment somebody is back who is away through this day ("2026-12-01"), in UTC; None for no day to come."""
    try:
        last = date.fromisoformat(day)
    except ValueError:
        return None
    today = now.astimezone(ZoneInfo(zone)).date()
    if not today <= last <= today + LONGEST_AWAY:
        return None
    return datetime.combine(last + timedelta(days=1), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)


def last_day(back: datetime, zone: str) -> date:
    """The last day of an absence that ends at midnight."""
    return (back - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date()


def read_cap(text: str) -> int | None:
    """A number of cases; None when it is none, or more than anybody could look after."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    return number if 1 <= number <= LARGEST_CAP else None
