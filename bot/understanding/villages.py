"""Finds a village in the official list by the way people write it.

A text is read in every way that makes sense: one run of words is the village, the others are places it lies in. What
fits letter by letter counts first; only then do we look for what differs by a slip or two. Many villages share a name,
so we are certain only when a single one fits; otherwise the person chooses.

The list stays as lines of text, and the index is made at the first question: most of the time a code is enough.
"""

import csv
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import JaroWinkler

from bot.model.villages import Village
from bot.understanding.village_names import (
    DISTRICT,
    PROVINCE,
    REGENCY,
    VILLAGE,
    Index,
    Word,
    bare,
    fold,
    index,
    letters,
    words,
)

HEADER = "code,province,regency,district,village,timezone"
CODE = re.compile(r"(?<!\d)(\d\d)\.?(\d\d)\.?(\d\d)\.?([123]\d{3})(?!\d)")

# Local words for a village: sometimes part of its name, sometimes not.
LOCAL = frozenset(("kampung", "kp", "gampong", "nagari", "pekon", "tiyuh", "negeri"))

# How long a name must be to bear one slip, two, three: nothing but the name itself, a careful look, a bold one.
Reach = tuple[int, int, int]
EXACT, CAREFUL, BOLD = (99, 99, 99), (4, 7, 11), (3, 4, 8)
LOOSE = (2, 3, 6)  # for a village, when we know where to look

LONGEST = 6  # words in a name
SENTENCE = 7  # a text of so many words is a sentence: we do not look boldly for places in it
GOOD = 2.3  # with less than this against a village there is no need to look further
ENOUGH = 200  # ways to read the same words: more are far-fetched
NEVER = 99.0

# Ways to read some words as places that lie in each other: the smallest one's code ("" is the whole country), and what
# speaks against it, in slips.
Ways = dict[str, float]
NOWHERE: Ways = {"": 0.0}


@dataclass(frozen=True, slots=True)
class Finding:
    """The villages a text may mean, the likeliest first. When `certain` there is one, and no other fits."""

    matches: tuple[Village, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: a village of this name in this place. `whole` when every word belongs to the name."""

    key: str
    code: str
    cost: float
    spelt: str
    whole: bool


def bearable(key: str, reach: Reach) -> int:
    """How many slips of the thumb we bear with in a name of this length."""
    return sum(len(key) >= length for length in reach)


def inside(code: str, prefix: str) -> bool:
    """Whether a place lies in another, or is that place."""
    return not prefix or code == prefix or code.startswith(prefix + ".")


def announced(code: str, level: int) -> bool:
    """Whether a place is what the text said it is. From 71 on, the numbers of regencies are those of cities."""
    return not level or (len(code) == level and not (level == REGENCY and code[3] >= "7"))


def add(ways: Ways, code: str, cost: float) -> None:
    """Keep the cheaper way to a place."""
    ways[code] = min(ways.get(code, NEVER), cost)


def nest(some: Ways, others: Ways) -> Ways:
    """The ways to take both together: one place must lie in the other."""
    if NOWHERE in (some, others):
        return others if some == NOWHERE else some
    ways: Ways = {"": some[""] + others[""]} if "" in some and "" in others else {}
    for inner, outer in ((some, others), (others, some)):
        for code, cost in inner.items():
            for length in (0, PROVINCE, REGENCY):
                if length < len(code) and code[:length] in outer:
                    add(ways, code, cost + outer[code[:length]])
    return ways


class Search:
    """One text being looked up: every way to read it, each name looked up once."""

    def __init__(self, index: Index, read: tuple[Word, ...], within: str) -> None:
        self.index, self.words, self.within = index, read, within
        # More than this against a village, and we would be guessing; a text that says what it names may be longer.
        self.dearest = 3 + sum(len(word.text) / 5 + 5 * bool(word.level) for word in read)
        self.keys = {
            (start, end): fold(" ".join(word.text for word in read[start:end]))
            for start in range(len(read))
            for end in range(start + 1, min(len(read), start + LONGEST + 1) + 1)
            if not any(word.level for word in read[start + 1 : end])
        }
        self._ways: dict[tuple[int, int, Reach], Ways] = {}
        self._areas: dict[tuple[str, int], list[tuple[str, int]]] = {}

    def fits(self) -> Iterator[tuple[int, Reading]]:
        """The entries that fit letter by letter, and how the text was read."""
        for reading in self.readings(EXACT):
            first, last = self.index.ranges[reading.code]
            for entry in self.index.called(reading.key):
                if first <= entry < last:
                    yield entry, reading

    def close(self) -> list[int]:
        """The entries that nearly fit, the likeliest first. We look further only as long as nothing good is found."""
        found: dict[int, float] = {}
        for readings in (self.readings(CAREFUL), self.glued(), self.readings(BOLD)):
            self.weigh(readings, found)
            if min(found.values(), default=NEVER) < GOOD or len(self.words) >= SENTENCE:
                break
        return sorted(found, key=lambda entry: (found[entry], entry))

    def weigh(self, readings: Iterable[Reading], found: dict[int, float]) -> None:
        """Note what speaks against each entry that these readings may mean."""
        best = min(found.values(), default=NEVER)
        for reading in sorted(readings, key=lambda reading: reading.cost):
            if reading.cost > min(best + 2, self.dearest):
                break
            for entry, slips in self.nearby(reading):
                alike = JaroWinkler.similarity(reading.key, self.index.keys[entry])
                cost = reading.cost + slips + 1 - alike
                found[entry] = min(found.get(entry, NEVER), cost)
                best = min(best, cost)

    def nearby(self, reading: Reading) -> Iterable[tuple[int, int]]:
        """The entries a reading may mean, each with its slips; of equal names in the whole country the first."""
        if reading.code:
            return self.index.near(reading.key, reading.code, bearable(reading.key, LOOSE))
        if not reading.whole:
            return [(entry, 0) for entry in self.index.called(reading.key)]
        names = self.index.names.near(reading.key, bearable(reading.key, BOLD))
        return [(self.index.called(name)[0], slips) for name, slips in names]

    def readings(self, reach: Reach) -> Iterator[Reading]:
        """Every way to read the text."""
        for start, end in self.keys:
            if self.words[start].level in (0, VILLAGE):
                spelt = letters("".join(word.text for word in self.words[start:end]))
                whole = end - start == len(self.words)
                for code, cost in self.around(start, end, reach).items():
                    yield from (Reading(key, code, cost, spelt, whole) for key in self.village_keys(start, end))

    def village_keys(self, start: int, end: int) -> Iterator[str]:
        """The names these words may be, with and without a word that says it is a village."""
        yield self.keys[start, end]
        if self.words[start].mark:
            yield fold(self.words[start].mark) + self.keys[start, end]
        if self.words[start].text in LOCAL and end - start > 1:
            yield self.keys[start + 1, end]

    def around(self, start: int, end: int, reach: Reach) -> Ways:
        """The places named before and after these words."""
        before = self.ways(0, start, reach)
        return self.kept(nest(before, self.ways(end, len(self.words), reach))) if before else {}

    def kept(self, ways: Ways) -> Ways:
        """Those in the place we look in: a smaller one, or that place itself."""
        if not self.within:
            return ways
        kept: Ways = {}
        for code, cost in ways.items():
            if inside(code, self.within) or inside(self.within, code):
                add(kept, max(code, self.within, key=len), cost)
        return kept

    def ways(self, start: int, end: int, reach: Reach) -> Ways:
        """The ways to read these words as places."""
        if start == end:
            return NOWHERE
        if (start, end, reach) not in self._ways:
            ways = self.places(start, end, reach)
            for middle in range(start + 1, end):
                if first := self.places(start, middle, reach):
                    for code, cost in nest(first, self.ways(middle, end, reach)).items():
                        add(ways, code, cost)
            cheapest = sorted(ways.items(), key=lambda way: way[1])[:ENOUGH]
            self._ways[start, end, reach] = {code: cost for code, cost in cheapest if cost <= self.dearest}
        return self._ways[start, end, reach]

    def places(self, start: int, end: int, reach: Reach) -> Ways:
        """The places these words may name together; unless we are exact, a word may also mean nothing to us."""
        ways: Ways = {}
        if reach != EXACT and end - start == 1:
            ways[""] = 1 + len(self.words[start].text) / 2
        key = self.keys.get((start, end), "")
        for name, slips in self.areas(key, bearable(key, reach)):
            for code in self.index.areas[name]:
                if announced(code, self.words[start].level):
                    add(ways, code, slips)
        return ways

    def areas(self, key: str, slips: int) -> list[tuple[str, int]]:
        """The names of places at most so many slips away."""
        if not slips:
            return [(key, 0)] if key in self.index.areas else []
        if (key, slips) not in self._areas:
            self._areas[key, slips] = self.index.area_names.near(key, slips)
        return self._areas[key, slips]

    def glued(self) -> Iterator[Reading]:
        """The readings of a text whose village and place were written as one word."""
        for end in range(1, len(self.words) + 1):
            key = self.keys.get((0, end), "")
            tail = self.ways(end, len(self.words), EXACT) if self.words[0].level in (0, VILLAGE) else {}
            for length in range(4, len(key) - 2) if tail else ():
                for part, rest in ((key[-length:], key[:-length]), (key[:length], key[length:])):
                    for code, cost in self.kept(nest(self.as_long(part), tail)).items():
                        yield Reading(rest, code, cost, rest, False)

    def as_long(self, key: str) -> Ways:
        """The places whose name is as long as this and a slip or two away."""
        ways: Ways = {}
        for name, slips in self.index.area_names.as_long(key, len(key), min(2, bearable(key, BOLD))):
            for code in self.index.areas[name]:
                add(ways, code, slips)
        return ways


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
        if within[:DISTRICT] not in self._index.ranges:
            return Finding((), False)
        rows, certain = self._look_up(text, within[:DISTRICT], limit)
        matches = [self._village(row) for row in rows if inside(self._lines[row][:VILLAGE], within)]
        return Finding(tuple(matches[:limit]), certain and bool(matches))

    def _look_up(self, text: str, within: str, enough: int) -> tuple[list[int], bool]:
        """The lines a text may mean, the likeliest first, and whether it is certain."""
        search, fits = self._exact(text, within)
        spelt: dict[int, bool] = {}
        for entry, reading in fits:
            row = self._index.rows[entry]
            spelt[row] = spelt.get(row, False) or letters(cells(self._lines[row])[4]) == reading.spelt
        best = [row for row in spelt if spelt[row]] or list(spelt)
        if len(best) == 1 and not self._mistakable(fits, within):
            return best, True
        rows = sorted(spelt, key=lambda row: (row not in best, row))
        close = search.close() if len(rows) < enough else []
        return list(dict.fromkeys(rows + [self._index.rows[entry] for entry in close])), False

    def _exact(self, text: str, within: str) -> tuple[Search, list[tuple[int, Reading]]]:
        """What fits the text as it stands, or else without what people say around a name."""
        read = words(text)
        search = Search(self._index, read, within)
        fits = list(search.fits())
        if fits or bare(read) == read:
            return search, fits
        search = Search(self._index, bare(read), within)
        return search, list(search.fits())

    def _mistakable(self, fits: Iterable[tuple[int, Reading]], within: str) -> bool:
        """Whether all that the text says is a name that another village's name is a slip away from."""
        keys = {reading.key for _, reading in fits if reading.whole}
        placed = within or any(not reading.whole for _, reading in fits)
        return not placed and any(len(self._index.names.near(key, 1)) > 1 for key in keys)

    @cached_property
    def _index(self) -> Index:
        codes = [line[:VILLAGE] for line in self._lines]
        return index(codes, [cells(line)[4] for line in self._lines], self._areas)

    def _village(self, row: int) -> Village:
        code, *_, name, _ = cells(self._lines[row])
        district, regency, province = (self._areas[code[:length]] for length in (DISTRICT, REGENCY, PROVINCE))
        return Village(code, name, district, regency, province, self._timezones[code[:PROVINCE]])


def cells(line: str) -> list[str]:
    """The cells of a line; a quoted one may hold a comma."""
    return next(csv.reader([line])) if '"' in line else line.split(",")
