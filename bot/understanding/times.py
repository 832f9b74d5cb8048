"""Since when: "2 bulan", "sejak agustus", "kemarin", "tgl 5 januari 2025", "tahun lalu"; a day once today is known."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model.content import Named
from bot.model.particulars import ParticularWords, Unit
from bot.understanding.entities import Names, read_names
from bot.understanding.money import Numbers
from bot.understanding.normalise import Normaliser

_DAYS: Mapping[Unit, int] = {"day": 1, "week": 7, "month": 30, "year": 365}
_MOST: Mapping[Unit, int] = {"day": 1000, "week": 200, "month": 120, "year": 60}
_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Ago:
    """So long ago, or for so long already."""

    count: float
    unit: Unit

    def day(self, today: date) -> date:
        """The day it began, as near as these words tell."""
        if self.unit in ("month", "year") and self.count == int(self.count):
            return _months_before(today, int(self.count) * (12 if self.unit == "year" else 1))
        return today - timedelta(days=round(self.count * _DAYS[self.unit]))


@dataclass(frozen=True, slots=True)
class On:
    """A day, a month or a year by name; 0 is not said."""

    year: int = 0
    month: int = 0
    of_month: int = 0

    def day(self, today: date) -> date:
        """The day, or the first one meant; without a year the last time it was."""
        year, month = self.year or today.year, self.month or 1
        found = _date(year, month, self.of_month or 1)
        return _date(year - 1, month, self.of_month or 1) if found > today and not self.year else found


When = Ago | On


@dataclass(frozen=True, slots=True)
class TimesEar:
    """The words by which times are known."""

    numbers: Numbers
    units: Mapping[str, Unit]
    one: Mapping[str, Unit]
    lasting: frozenset[str]
    last: frozenset[str]
    moments: Names
    of_else: frozenset[str]
    since: frozenset[str]
    months: Mapping[str, int]

    def hear(self, pieces: Sequence[str]) -> When | None:
        """The first time that is said."""
        moments = {one.start: int(one.id) for one in self.moments.in_text(pieces)}
        for at in range(len(pieces)):
            found = self._named(pieces, at) or self._length(pieces, at)
            if found or at in moments:
                return found or Ago(moments[at], "day")
        return None

    def _named(self, pieces: Sequence[str], at: int) -> When | None:
        """A date in digits; a month beside a day, a year, or a word that makes it a time; a year after "sejak"."""
        piece = pieces[at]
        digits = _DATE.fullmatch(piece)
        if digits:
            return _on(int(digits[3]), int(digits[2]), int(digits[1]))
        before, after = pieces[at - 1] if at else "", pieces[at + 1] if at + 1 < len(pieces) else ""
        if piece in self.months:
            year = int(after) if _YEAR.fullmatch(after) else 0
            day = int(before) if before.isdecimal() and len(before) < 3 else 0
            plain = year or day or before in self.since or after in self.last
            return _on(year, self.months[piece], day) if plain else None
        return On(int(piece)) if before in self.since and _YEAR.fullmatch(piece) else None

    def _length(self, pieces: Sequence[str], at: int) -> When | None:
        """ "2 bulan", "sudah sebulan", "tahun lalu"; not the length of a contract or of a life."""
        before, piece = pieces[at - 1] if at else "", pieces[at]
        after = pieces[at + 1] if at + 1 < len(pieces) else ""
        if piece in self.one and (before in self.lasting or after in self.lasting):
            return Ago(1, self.one[piece])
        if piece in self.units and (after in self.last or before == "last") and not self._counted(pieces, at):
            return Ago(1, self.units[piece])
        value, end = self.numbers.read(pieces, at)
        if end == at or end >= len(pieces) or pieces[end] not in self.units:
            return None
        if not self.of_else.isdisjoint(pieces[max(0, at - 2) : at]):
            return None
        unit = self.units[pieces[end]]
        return Ago(value, unit) if 0 < value <= _MOST[unit] else None

    def _counted(self, pieces: Sequence[str], at: int) -> bool:
        return at > 0 and self.numbers.read(pieces, at - 1)[1] == at


def _on(year: int, month: int, day: int) -> On | None:
    """A date that exists, or nothing."""
    try:
        date(year or 2024, month, day or 1)
    except ValueError:
        return None
    return On(year, month, day)


def _months_before(today: date, months: int) -> date:
    number = today.year * 12 + today.month - 1 - months
    return _date(number // 12, number % 12 + 1, today.day)


def _date(year: int, month: int, day: int) -> date:
    """This day, or the last of the month before it that exists (31 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return _date(year, month, day - 1)


def listen_for_times(words: ParticularWords, numbers: Numbers, normaliser: Normaliser) -> TimesEar:
    """The words ready to be heard."""
    return TimesEar(
        numbers,
        {word: unit for unit, listed in words.units.items() for word in listed},
        words.one,
        frozenset(words.lasting),
        frozenset(words.last),
        read_names([Named(str(days), {}, (word,)) for word, days in words.moments.items()], normaliser),
        frozenset(words.of_else),
        frozenset(words.since),
        {word: number for number, listed in words.months.items() for word in listed},
    )
