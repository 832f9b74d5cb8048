"""The times a report may be about: a month, a quarter or a year, and no other.

They nest: any two are apart, or one holds the other. From days chosen freely one could take two reports that differ by a
single day. Months begin by western Indonesian time, for everybody alike.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Jakarta")
SHIFT = "+7 hours"
"""From UTC to the zone the months are of, as SQLite adds it."""
_NAME = re.compile(r"(20\d\d)(?:-(?:q([1-4])|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A year and the months of it, first and last (1 to 12)."""

    year: int
    first: int
    last: int

    @property
    def name(self) -> str:
        """As in an address: 2026-11, 2026-q4, 2026."""
        if self.first == self.last:
            return f"{self.year}-{self.first:02}"
        return f"{self.year}" if self.last - self.first == 11 else f"{self.year}-q{self.last // 3}"

    @property
    def months(self) -> list[str]:
        """The names of its months, in order."""
        return [f"{self.year}-{month:02}" for month in range(self.first, self.last + 1)]

    @property
    def begin(self) -> datetime:
        """Its first moment, in UTC."""
        return datetime(self.year, self.first, 1, tzinfo=ZONE).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it, in UTC."""
        year, month = (self.year + 1, 1) if self.last == 12 else (self.year, self.last + 1)
        return datetime(year, month, 1, tzinfo=ZONE).astimezone(UTC)


def read_period(name: str) -> Period | None:
    """The period of this name; None when it is none."""
    found = _NAME.fullmatch(name.strip().lower())
    if found is None:
        return None
    year, quarter, month = int(found[1]), found[2], found[3]
    if quarter:
        return Period(year, 3 * int(quarter) - 2, 3 * int(quarter))
    return Period(year, int(month), int(month)) if month else Period(year, 1, 12)


def spanning(first: str, last: str) -> Period | None:
    """The period from one month to another, when it is one."""
    begin, end = read_period(first), read_period(last)
    if begin is None or end is None:
        return None
    return next((one for one in _around(end) if (one.begin, one.end) == (begin.begin, end.end)), None)


def month_of(at: datetime) -> str:
    """The name of the month a moment lies in."""
    return f"{at.astimezone(ZONE):%Y-%m}"


def year_of(period: Period) -> Period:
    """The year a period lies in."""
    return Period(period.year, 1, 12)


def lately(now: datetime) -> list[Period]:
    """What may be chosen: the last twelve months, newest first, and the quarters and years they lie in."""
    today = now.astimezone(ZONE).date()
    months = [_month(today, back) for back in range(12)]
    wider = [one for month in months for one in _around(month)[1:]]
    return list(dict.fromkeys([*months, *sorted(wider, key=lambda one: (one.last - one.first, -one.year, -one.last))]))


def _month(today: date, back: int) -> Period:
    count = today.year * 12 + today.month - 1 - back
    return Period(count // 12, count % 12 + 1, count % 12 + 1)


def _around(period: Period) -> tuple[Period, ...]:
    """The period, the quarter its last month lies in, and its year."""
    quarter = (period.last + 2) // 3 * 3
    return (period, Period(period.year, quarter - 2, quarter), year_of(period))
