"""Makes the list of villages from a folder of the official codes.

The folder holds four files: provinces.csv, regencies.csv, districts.csv and villages.csv, each with a code, a name
and (below the provinces) the code of the parent. Everything is checked before anything is written: a list with a
hole would send somebody's case to nobody.
"""

import csv
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

import yaml

HEADER = ("code", "province", "regency", "district", "village", "timezone")

# The first rule that fits the code decides. Western and Central Kalimantan keep western time.
TIMEZONES = (("61 62", "WIB"), ("5 6 7", "WITA"), ("8 9", "WIT"), ("1 2 3", "WIB"))

# How people write what the decree spells out.
SHORT = (
    ("Kabupaten Administrasi ", "Kab. Adm. "),
    ("Kota Administrasi ", "Kota Adm. "),
    ("Kabupaten ", "Kab. "),
    ("Daerah Khusus Ibukota ", "DKI "),
    ("Daerah Istimewa ", "DI "),
)

ABOUT = "# What villages.csv.xz beside this file holds. An empty cell there repeats the cell above it.\n"
FACTS = ("licence", "licence_url", "notice", "url", "decree", "date")

# Packed hard, but with a small dictionary: whoever unpacks needs as much memory as that.
PACKING = ({"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 22},)


class BadList(ValueError):
    """The data set is wrong; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Level:
    """One of the four files, and how a code in it looks."""

    name: str
    file: str
    parent: str
    code: str


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the data set."""

    code: str
    name: str
    parent: str
    line: int


LEVELS = (
    Level("province", "provinces.csv", "", r"\d\d"),
    Level("regency", "regencies.csv", "province_code", r"\d\d\.\d\d"),
    Level("district", "districts.csv", "regency_code", r"\d\d\.\d\d\.\d\d"),
    Level("village", "villages.csv", "district_code", r"\d\d\.\d\d\.\d\d\.[123]\d{3}"),
)

Places = dict[str, Place]


def build(folder: Path, target: Path, *, source: str) -> int:
    """Write villages.csv.xz and villages.yaml into `target`; give the number of villages.

    `source` is the data set's name and version ("idn-area-data 4.0.1"). What a person noted in villages.yaml about
    that very version (licence, decree, date) stays; for another version these lines come out empty, to be filled in.
    """
    levels = read(folder)
    described = describe(target / "villages.yaml", levels, source)
    (target / "villages.csv.xz").write_bytes(pack(write(levels)))
    (target / "villages.yaml").write_text(described, encoding="utf-8")
    return len(levels[-1])


def read(folder: Path) -> tuple[Places, ...]:
    """The places of all four levels, checked against each other."""
    levels: list[Places] = []
    for level in LEVELS:
        above = levels[-1] if levels else None
        levels.append(read_level(folder / level.file, level, above))
    return tuple(levels)


def read_level(file: Path, level: Level, above: Places | None) -> Places:
    """One file's places by code."""
    found = list(rows(file, level))
    if not found:
        raise BadList(f"{file.name}, line 2: the list is empty")
    shouted = all(place.name.isupper() for place in found)
    places: Places = {}
    for place in found:
        check(place, level, places, above)
        places[place.code] = replace(place, name=tidy(place.name, shouted=shouted))
    check_children(level, places, above)
    return places


def rows(file: Path, level: Level) -> Iterator[Place]:
    """The rows of a file as they stand."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        for column in ("code", "name", level.parent):
            if column and column not in (reader.fieldnames or ()):
                raise BadList(f"{file.name}, line 1: column {column} is missing")
        for row in reader:
            if None in row or None in row.values():
                raise BadList(f"{file.name}, line {reader.line_num}: not as many cells as columns")
            yield Place(row["code"].strip(), row["name"].strip(), row.get(level.parent, "").strip(), reader.line_num)


def check(place: Place, level: Level, seen: Places, above: Places | None) -> None:
    """Refuse a place that cannot be right."""
    where = f"{level.file}, line {place.line}"
    if not re.fullmatch(level.code, place.code, re.ASCII):
        raise BadList(f"{where}: {place.code!r} is not the code of a {level.name}")
    if place.code in seen:
        raise BadList(f"{where}: code {place.code} stands already in line {seen[place.code].line}")
    if not place.name:
        raise BadList(f"{where}: {place.code} has no name")
    if above is None:
        timezone(place.code, where)
    elif place.parent not in above:
        raise BadList(f"{where}: the parent {place.parent!r} of {place.code} does not exist")
    elif place.code.rpartition(".")[0] != place.parent:
        raise BadList(f"{where}: {place.code} does not belong under {place.parent}")


def check_children(level: Level, places: Places, above: Places | None) -> None:
    """Refuse a parent with nothing under it: its villages were forgotten."""
    parents = {place.parent for place in places.values()}
    for place in (above or {}).values():
        if place.code not in parents:
            file = LEVELS[LEVELS.index(level) - 1].file
            raise BadList(f"{file}, line {place.line}: {place.code} has no {level.name} under it in {level.file}")


def timezone(code: str, where: str = "") -> str:
    """The clock a province lives by: WIB, WITA or WIT."""
    for prefixes, zone in TIMEZONES:
        if code.startswith(tuple(prefixes.split())):
            return zone
    raise BadList(f"{where}: no time zone is known for {code}")


def tidy(name: str, *, shouted: bool = False) -> str:
    """A name as a person writes it: one kind of apostrophe, single spaces, capitals where they belong.

    When a whole file is in capitals (`shouted`) they say nothing; in any other file they mark a short form.
    """
    name = re.sub(r"[\u2018\u2019`\u00b4\"]", "'", name).replace("*", " ")
    name = re.sub(r"\s*([-/])\s*", r"\1", name)
    name = re.sub(r"(?<=[a-z])(?=[A-Z][a-z]{2})|(?<=\w\.)(?=[A-Z][a-z])", " ", name)
    words = [calm(word) if shouted else word for word in name.split()]
    name = " ".join(word if word == "x" else word[:1].upper() + word[1:] for word in words)
    return shorten(re.sub(r"(?<=[a-z])\.$", "", name))


def calm(word: str) -> str:
    """A word in capitals with only its first one; Roman numbers stay."""
    return re.sub(r"(?![IVX]+\b)[A-Z]+('[A-Z]+)*", lambda found: found[0].capitalize(), word)


def shorten(name: str) -> str:
    """A regency or province by its everyday name."""
    for long, short in SHORT:
        if name.startswith(long):
            return short + name[len(long) :]
    return name


def write(levels: tuple[Places, ...]) -> str:
    """The list as CSV, by code; a parent is named in its first row only."""
    provinces, regencies, districts, villages = levels
    text = StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(HEADER)
    above: tuple[str, ...] = ("", "", "")
    for code in sorted(villages):
        parents = (code[:2], code[:5], code[:8])
        new = [now != before for now, before in zip(parents, above, strict=True)]
        names = (provinces[code[:2]].name, regencies[code[:5]].name, districts[code[:8]].name)
        cells = [name if named else "" for name, named in zip(names, new, strict=True)]
        out.writerow((code, *cells, villages[code].name, timezone(code) if new[0] else ""))
        above = parents
    return text.getvalue()


def pack(text: str) -> bytes:
    """The same text always gives the same bytes."""
    return lzma.compress(text.encode(), lzma.FORMAT_XZ, lzma.CHECK_CRC64, filters=PACKING)


def describe(file: Path, levels: tuple[Places, ...], source: str) -> str:
    """What villages.yaml says: where the list comes from, and how much is in it."""
    name, _, version = source.rpartition(" ")
    if not name:
        raise BadList(f"the source {source!r} should be a name and a version, as in 'idn-area-data 4.0.1'")
    known = noted(file)
    same = (str(known.get("source")), str(known.get("version"))) == (name, version)
    facts = {fact: str(known.get(fact, "")) if same else "" for fact in FACTS}
    page = {"source": name, "version": version, **facts, "counts": count(levels)}
    return ABOUT + yaml.safe_dump(page, allow_unicode=True, sort_keys=False, width=200)


def noted(file: Path) -> dict[str, Any]:
    """What villages.yaml says by now; nothing when there is none."""
    if not file.exists():
        return {}
    page: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return page


def count(levels: tuple[Places, ...]) -> dict[str, int]:
    """How many places of each kind; the tenth character of a code tells a kelurahan from a desa."""
    provinces, regencies, districts, villages = levels
    kinds = Counter(code[9] for code in villages)
    cities = sum(place.name.startswith("Kota ") for place in regencies.values())
    return {
        "provinces": len(provinces),
        "regencies": len(regencies) - cities,
        "cities": cities,
        "districts": len(districts),
        "villages": len(villages),
        "kelurahan": kinds["1"],
        "desa": kinds["2"],
        "desa_adat": kinds["3"],
    }
