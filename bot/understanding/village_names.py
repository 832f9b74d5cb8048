"""Names of places as people write them: what counts as the same name, and what is near it.

A name is folded before it is compared: capitals, spaces, doubled letters, old spelling ("oe", "tj", "dj") and common
short forms make no difference. `Index` holds the folded names of the whole list, to be looked up by name, by place and
by nearness.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

PROVINCE, REGENCY, DISTRICT, VILLAGE = 2, 5, 8, 13  # how long their codes are

# Words that say what the next name is.
MARKS = {
    **dict.fromkeys(("desa", "ds", "kel", "kelurahan", "kalurahan"), VILLAGE),
    **dict.fromkeys(("kec", "kecamatan", "kapanewon", "kemantren", "distrik"), DISTRICT),
    **dict.fromkeys(("kab", "kabupaten"), REGENCY),
    **dict.fromkeys(("prov", "prop", "provinsi", "propinsi"), PROVINCE),
}
# What people say around a name.
BEFORE = frozenset(("saya", "aku", "kami", "dari", "di", "asal", "asli", "tinggal", "alamat", "alamatnya", "warga"))
AFTER = frozenset(("ya", "pak", "bu", "kak", "min", "mas", "mbak"))

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
SPELT_OUT = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
NUMBER_WORDS = dict(zip(SPELT_OUT, ROMAN, strict=True)) | dict(zip(ROMAN, SPELT_OUT, strict=True))
SAME_WORD = {
    **{roman: str(number) for number, roman in enumerate(ROMAN, 1)},
    **dict.fromkeys(("tj", "tjg", "tg"), "tanjung"),
    **dict.fromkeys(("kp", "kamp", "kampong"), "kampung"),
    **dict.fromkeys(("jogja", "jogjakarta", "yogya", "diy"), "yogyakarta"),
    **{"sei": "sungai", "gn": "gunung", "kep": "kepulauan", "mns": "meunasah"},
    **{"babel": "bangkabelitung", "kepri": "kepulauanriau"},
}
SAME_SOUND = (("oe", "u"), ("tj", "c"), ("dj", "j"), ("dh", "d"), ("th", "t"))
WORD = re.compile(rf"\b(?:{'|'.join(SAME_WORD)})\b")
NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)

# Where in a larger place: "jatim" is Jawa Timur, "lotim" Lombok Timur.
SIDES = {"barat": "bar", "timur": "tim", "tengah": "teng", "selatan": "sel", "pusat": "pus"}
SIDES |= {"utara": "ut tara", "tenggara": "tra"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text. `level` says what the word before it (`mark`) announced; 0 when nothing did."""

    text: str
    level: int = 0
    mark: str = ""


def plain(text: str) -> str:
    """Small letters without accents and apostrophes."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"['\u2018\u2019`\u00b4\"]", "", text.lower())


def fold(text: str) -> str:
    """What is left of a name when spelling does not matter; several names at once, a line each."""
    text = re.sub(r"[^a-z0-9\n]+", " ", plain(text))
    text = WORD.sub(lambda found: SAME_WORD[found[0]], text).replace(" ", "")
    for old, new in SAME_SOUND:
        text = text.replace(old, new)
    return re.sub(r"([a-z])\1+", r"\1", text)


def letters(text: str) -> str:
    """A name's letters and digits, spelt as they are."""
    return re.sub(r"[^a-z0-9\n]", "", plain(text))


def words(text: str, most: int = 16) -> tuple[Word, ...]:
    """The first words of a text; those that announce what the next one names are taken off and noted there."""
    found: list[Word] = []
    mark = ""
    texts = re.findall(r"[a-z0-9]+", re.sub(r"\b(rt|rw|no)\W*\d+", " ", plain(text)))
    for word, following in pairwise([*texts, ""]):
        # "desa Panca Desa kec. X": a name may end in such a word. "desa Kemantren": or be one.
        ends_name = following in MARKS and bool(found) and not mark
        if word in MARKS and not mark and following and not ends_name:
            mark = word
        else:
            found.append(Word(word, MARKS.get(mark, 0), mark))
            mark = ""
    return tuple(found[:most])


def bare(read: tuple[Word, ...]) -> tuple[Word, ...]:
    """The same without what people say around a name."""
    start, end = 0, len(read)
    while start < end and read[start].text in BEFORE:
        start += 1
    while start < end and read[end - 1].text in AFTER:
        end -= 1
    return read[start:end]


@dataclass(frozen=True, slots=True)
class Names:
    """Folded names by length: a misspelt one is looked for only among those about as long."""

    by_length: Mapping[int, Sequence[str]]

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        """Sort names by length. Each length is split off one text, so that it lies in one piece of memory."""
        by_length: dict[int, list[str]] = defaultdict(list)
        for name in names:
            by_length[len(name)].append(name)
        return cls({length: "\n".join(same).split("\n") for length, same in by_length.items()})

    def near(self, key: str, slips: int) -> list[tuple[str, int]]:
        """The names at most so many slips away, each with its slips."""
        lengths = range(max(1, len(key) - slips), len(key) + slips + 1)
        return [found for length in lengths for found in self.as_long(key, length, slips)]

    def as_long(self, key: str, length: int, slips: int) -> list[tuple[str, int]]:
        """Those among them of one length."""
        same = self.by_length.get(length, ())
        close = extract(key, same, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return [(name, int(slip)) for name, slip, _ in close]


@dataclass(frozen=True, slots=True)
class Index:
    """What names are looked up in. An entry is one name of one village, in the order of the list.

    `keys` and `rows` are the entries' folded names and lines, `order` the entries by name, `ranges` where a place's
    entries begin and end. `areas` has the codes of the places above the villages by every name they go by.
    """

    keys: Sequence[str]
    spelt: Sequence[str]
    rows: Sequence[int]
    order: Sequence[int]
    ranges: Mapping[str, tuple[int, int]]
    names: Names
    areas: Mapping[str, Sequence[str]]
    area_names: Names

    def called(self, key: str) -> Sequence[int]:
        """The entries of this name."""
        start = bisect_left(self.order, key, key=self.keys.__getitem__)
        return self.order[start : bisect_right(self.order, key, start, key=self.keys.__getitem__)]

    def near(self, key: str, code: str, slips: int, names: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
        """The entries in a place whose name is at most so many slips away, each with its slips."""
        start, end = self.ranges[code]
        for _, slip, at in extract(
            key, (names or self.keys)[start:end], scorer=OSA.distance, score_cutoff=slips, limit=None
        ):
            yield start + at, int(slip)


def index(codes: Sequence[str], names: Sequence[str], areas: Mapping[str, str]) -> Index:
    """Make the index of villages by line, and of the places above them by code."""
    spelt = letters("\n".join(names)).split("\n")
    entries = list(zip(range(len(names)), fold("\n".join(names)).split("\n"), spelt, strict=True))
    entries += [(row, fold(part), letters(part)) for row, name in enumerate(names) for part in other_names(name)]
    entries.sort()
    rows, keys = array("I", [row for row, *_ in entries]), [key for _, key, _ in entries]
    spelt = [key if key == spelt else spelt for _, key, spelt in entries]
    order = array("I", sorted(range(len(keys)), key=keys.__getitem__))
    called = area_keys(areas)
    return Index(keys, spelt, rows, order, ranges(codes, rows), Names.of(dict.fromkeys(keys)), called, Names.of(called))


def other_names(name: str) -> list[str]:
    """What else a village may be called: one of its two names ("Sosol/Malifut"), or with its number spelt out."""
    other = [part for part in re.split(r"[/()]", name) if len(part) > 3] if "/" in name or "(" in name else []
    if NUMBER_WORD.search(name):
        other.append(NUMBER_WORD.sub(lambda found: NUMBER_WORDS[found[0].lower()], name))
    return other


def ranges(codes: Sequence[str], rows: Sequence[int]) -> dict[str, tuple[int, int]]:
    """Where the entries of each place begin and end."""
    found: dict[str, tuple[int, int]] = {"": (0, 0)}
    for entry, row in enumerate(rows):
        for length in (0, PROVINCE, REGENCY, DISTRICT):
            place = codes[row][:length]
            found[place] = (found[place][0] if place in found else entry, entry + 1)
    return found


def area_keys(areas: Mapping[str, str]) -> dict[str, list[str]]:
    """The codes of districts, regencies and provinces by every name they go by."""
    called: dict[str, list[str]] = defaultdict(list)
    for code, name in areas.items():
        for key in sorted(everyday(name, code)):
            called[key].append(code)
    return dict(called)


def everyday(name: str, code: str) -> set[str]:
    """The names a place goes by: as it stands, without its title, and the short forms of the larger ones."""
    short = re.sub(r"^(Kab\. |Kota |DKI |DI )(Adm\. )?", "", name)
    names = {fold(name.removeprefix("Kab. ")), fold(short)}
    if len(code) == DISTRICT:
        return names
    first, *rest = plain(short).split()
    if len(rest) == 1 and rest[0] in SIDES:
        names |= {first[:head] + side for head in (2, 3) for side in SIDES[rest[0]].split()}
    if len(rest) > 1:
        names.add(first[0] + "".join(word[0] for word in rest))
    return names | {fold(short.removeprefix("Kepulauan "))}
