"""Finds a village in the official list by the way people write it.

A text is read in every way that makes sense (`village_search`). Many villages share a name, so we are certain only when
a single one fits; otherwise the person chooses.

The list stays as lines of text, and the index is made at the first question: most of the time a code is enough.
"""

import csv
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.model.villages import ZONES, Village
from bot.understanding.village_names import (
    DISTRICT,
    PROVINCE,
    REGENCY,
    VILLAGE,
    Index,
    bare,
    fold,
    index,
    letters,
    words,
)
from bot.understanding.village_search import Reading, Search, announced, inside

HEADER = "code,province,regency,district,village,timezone"
CODE = re.compile(r"(?<!\d)(\d\d)\.?(\d\d)\.?(\d\d)\.?([123]\d{3})(?!\d)")


@dataclass(frozen=True, slots=True)
class Finding:
    """The villages a text may mean, the likeliest first. When `certain` there is one, and no other fits."""

    matches: tuple[Village, ...]
    certain: bool


class Villages:
    """The official list."""

    def __init__(self, lines: Sequence[str], areas: Mapping[str, str], timezones: Mapping[str, str]) -> None:
        self._lines, self._areas, self._timezones = lines, areas, timezones

    @classmethod
    def read(cls, text: str) -> "Villages":
        """Take in the text of villages.csv, where an empty cell repeats the cell above it."""
        header, *lines = text.splitlines()
        if header != HEADER:
            raise ValueError(f"not a list of villages: it begins {header!r}")
        areas: dict[str, str] = {}
        timezones: dict[str, str] = {}
        last = ""
        for line in lines:
            if line[:DISTRICT] != last:
                last = line[:DISTRICT]
                code, province, regency, district, _, timezone = cells(line)
                above = ((PROVINCE, province), (REGENCY, regency), (DISTRICT, district))
                areas |= {code[:length]: name for length, name in above if name}
                timezones |= {code[:PROVINCE]: timezone} if timezone else {}
        return cls(lines, areas, timezones)

    def get(self, code: str) -> Village | None:
        """The village of this code."""
        row = bisect_left(self._lines, f"{code},")
        known = row < len(self._lines) and self._lines[row].startswith(f"{code},")
        return self._village(row) if known else None

    def under(self, prefix: str) -> list[Village]:
        """The villages in a place, by code; "" is the whole country."""
        if not prefix:
            return [self._village(row) for row in range(len(self._lines))]
        village = self.get(prefix)
        # "/" comes right after "." in the order of characters, and so after all that begins with the prefix and a dot.
        start, end = bisect_left(self._lines, f"{prefix}."), bisect_left(self._lines, f"{prefix}/")
        return [village] if village else [self._village(row) for row in range(start, end)]

    def name(self, code: str) -> str:
        """What to call a village, district, regency or province; "" when there is none of this code."""
        if village := self.get(code):
            return f"{village.village}, Kec. {village.district}, {village.regency}"
        name = self._areas.get(code, "")
        return f"Kec. {name}, {self._areas[code[:REGENCY]]}" if name and len(code) == DISTRICT else name

    @property
    def zones(self) -> Mapping[str, str]:
        """The time zone of each province, by the province's code."""
        return {province: ZONES[timezone] for province, timezone in self._timezones.items()}

    def find(self, text: str, within: str = "", limit: int = 5) -> Finding:
        """The villages a text may mean: a name, with or without the places it lies in, or a code.

        `within` is the code of a place to look in. Without it, and without a place in the text, a name that is one
        slip away from another village's name is not certain, even if only one village bears it. The first call makes
        the index, which takes a moment; `find("")` makes it beforehand.
        """
        typed = CODE.search(text)
        village = self.get(".".join(typed.groups())) if typed else None
        if village and inside(village.code, within):
            return Finding((village,), True)
        if within[:DISTRICT] not in self.index.ranges:
            return Finding((), False)
        rows, certain = self._look_up(text, within[:DISTRICT], limit)
        matches = [self._village(row) for row in rows if inside(self._lines[row][:VILLAGE], within)]
        return Finding(tuple(matches[:limit]), certain and bool(matches))

    def areas(self, text: str, within: str = "") -> list[str]:
        """The codes of the districts, regencies and provinces a text may mean, the larger ones first: of this name, or, when
        there is none of it, of one that is a slip away."""
        read = words(text)
        key, level = fold(" ".join(word.text for word in read)), read[0].level if read else 0
        slips = 1 if len(key) > 3 and key not in self.index.areas else 0
        found = {code for name, _ in self.index.area_names.near(key, slips) for code in self.index.areas[name]}
        fitting = [code for code in found if inside(code, within) and announced(code, level)]
        return sorted(fitting, key=lambda code: (len(code), code))

    def _look_up(self, text: str, within: str, enough: int) -> tuple[list[int], bool]:
        """The lines a text may mean, the likeliest first, and whether it is certain."""
        search, fits = self._exact(text, within)
        spelt: dict[int, bool] = {}
        for entry, reading in fits:
            row = self.index.rows[entry]
            spelt[row] = spelt.get(row, False) or letters(cells(self._lines[row])[4]) == reading.spelt
        best = [row for row in spelt if spelt[row]] or list(spelt)
        if len(best) == 1 and not self._mistakable(fits, within):
            return best, True
        rows = sorted(spelt, key=lambda row: (row not in best, row))
        close = search.close() if len(rows) < enough else []
        return list(dict.fromkeys(rows + [self.index.rows[entry] for entry in close])), False

    def _exact(self, text: str, within: str) -> tuple[Search, list[tuple[int, Reading]]]:
        """What fits the text as it stands, or else without what people say around a name."""
        read = words(text)
        search = Search(self.index, read, within)
        fits = list(search.fits())
        if fits or bare(read) == read:
            return search, fits
        search = Search(self.index, bare(read), within)
        return search, list(search.fits())

    def _mistakable(self, fits: Iterable[tuple[int, Reading]], within: str) -> bool:
        """Whether all that the text says is a name that another village's name is a slip away from."""
        keys = {reading.key for _, reading in fits if reading.whole}
        placed = within or any(not reading.whole for _, reading in fits)
        return not placed and any(len(self.index.names.near(key, 1)) > 1 for key in keys)

    @cached_property
    def index(self) -> Index:
        """What names are looked up in."""
        codes = [line[:VILLAGE] for line in self._lines]
        return index(codes, [cells(line)[4] for line in self._lines], self._areas)

    def recall(self, index: Index) -> None:
        """Take in the index that was made of the same list before."""
        vars(self)["index"] = index

    def _village(self, row: int) -> Village:
        code, *_, name, _ = cells(self._lines[row])
        district, regency, province = (self._areas[code[:length]] for length in (DISTRICT, REGENCY, PROVINCE))
        return Village(code, name, district, regency, province, self._timezones[code[:PROVINCE]])


def cells(line: str) -> list[str]:
    """The cells of a line; a quoted one may hold a comma."""
    return next(csv.reader([line])) if '"' in line else line.split(",")
