"""Reads a day that is to come, as officers write it: "3 des", "3/12/2026", "3 desember 2026"."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

_DIGITS = re.compile(r"(\d{1,2})[-/.](\d{1,2})(?:[-/.](\d{4}|\d\d))?")
_NAMED = re.compile(r"(\d{1,2})\s+([a-z]+)\.?(?:\s+(\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


def read_day(text: str, today: date, months: Mapping[int, Sequence[str]]) -> date | None:
    """The day a text means; without a year the next one. None when it is no day, or there is none (31 February)."""
    typed = text.strip().lower()
    if iso := _ISO.fullmatch(typed):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if digits := _DIGITS.fullmatch(typed):
        return _coming(digits[3], int(digits[2]), int(digits[1]), today)
    if named := _NAMED.fullmatch(typed):
        month = next((number for number, names in months.items() if named[2] in names), 0)
        return _coming(named[3], month, int(named[1]), today)
    return None


def _coming(year: str | None, month: int, day: int, today: date) -> date | None:
    if year:
        return _day(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    found = _day(today.year, month, day)
    return found if found is None or found >= today else _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
