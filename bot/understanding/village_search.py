"""Every way to read a text as a village and the places it lies in, and what speaks against each.

One run of words is the village's name, the others are places. What fits letter by letter counts first; only then do we
look for what differs by a slip or two.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel, JaroWinkler

from bot.understanding.village_names import PROVINCE, REGENCY, VILLAGE, Index, Word, fold, letters

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


def unlike(key: str, name: str) -> float:
    """How little a name looks like what was typed: which of two as many slips away is meant."""
    return 2 * (1 - JaroWinkler.similarity(key, name)) + 2 * (1 - Indel.normalized_similarity(key, name))


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
        else:
            self.weigh(self.readings(BOLD), found, as_spelt=True)
        return sorted(found, key=lambda entry: (found[entry], entry))

    def weigh(self, readings: Iterable[Reading], found: dict[int, float], *, as_spelt: bool = False) -> None:
        """Note what speaks against each entry that these readings may mean."""
        best = min(found.values(), default=NEVER)
        for reading in sorted(readings, key=lambda reading: reading.cost):
            if reading.cost > min(best + 2, self.dearest):
                break
            for entry, slips in self.nearby(reading, as_spelt):
                cost = reading.cost + slips + unlike(reading.spelt, self.index.spelt[entry])
                found[entry] = min(found.get(entry, NEVER), cost)
                best = min(best, cost)

    def nearby(self, reading: Reading, as_spelt: bool) -> Iterable[tuple[int, int]]:
        """The entries a reading may mean, each with its slips; of equal names in the whole country the first."""
        if reading.code:
            if as_spelt:
                return self.index.near(reading.spelt, reading.code, bearable(reading.spelt, LOOSE), self.index.spelt)
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
