"""All that a release learns, and the same as plain values: what can be kept from one start to the next.

Learning takes ten seconds; taking in what was learnt before, less than half of one.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.understanding import index, village_names
from bot.understanding.cries import Cries
from bot.understanding.learning import Learnt
from bot.understanding.release import Release

Terms = tuple[str, ...]
Arrays = dict[str, NDArray[Any]]
Texts = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Lore:
    """How topics are found, how danger sounds (None when too few examples tell), how villages are found."""

    topics: index.Index
    cries: Cries | None
    villages: village_names.Index


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """Lore as arrays and as what JSON holds, by name."""

    arrays: Mapping[str, NDArray[Any]]
    texts: Mapping[str, Any]


def learnt(release: Release) -> Lore:
    """What a release has learnt; what it has not yet, it learns now."""
    return Lore(release.finder.index, release.danger.cries, release.villages.index)


def recall(release: Release, lore: Lore) -> None:
    """Take in what the same release learnt before: it need not learn any more."""
    release.finder.recall(lore.topics)
    release.danger.recall(lore.cries)
    release.villages.recall(lore.villages)


def as_values(lore: Lore) -> Values:
    """Lore as plain values."""
    arrays, texts = _topics_out(lore.topics)
    for more in (_cries_out(lore.cries), _villages_out(lore.villages)):
        arrays |= more[0]
        texts |= more[1]
    return Values(arrays, texts)


def from_values(values: Values) -> Lore:
    """Lore from plain values. Raises `LookupError`, `TypeError` or `ValueError` when these are not lore."""
    return Lore(_topics_in(values), _cries_in(values), _villages_in(values))


def _topics_out(found: index.Index) -> tuple[Arrays, Texts]:
    arrays, texts = _learnt_out("topics", found.learnt)
    for of, where in (("known", found.known), ("away", found.away)):
        pairs = [(terms, number) for terms, numbers in where.items() for number in sorted(numbers)]
        more = _told_out(of, pairs)
        arrays |= more[0]
        texts |= more[1]
    return arrays, {**texts, "topics": found.topics}


def _topics_in(values: Values) -> index.Index:
    topics = tuple(values.texts["topics"])
    known, away = (_led(_told_in(of, values), len(topics)) for of in ("known", "away"))
    return index.Index(topics, _learnt_in("topics", values), known, away)


def _led(told: Iterable[tuple[Terms, int]], topics: int) -> dict[Terms, frozenset[int]]:
    """Nearly all words lead to one topic, whose set they share."""
    alone = [frozenset((number,)) for number in range(topics)]
    found: dict[Terms, frozenset[int]] = {}
    for terms, number in told:
        found[terms] = found[terms] | alone[number] if terms in found else alone[number]
    return found


def _cries_out(cries: Cries | None) -> tuple[Arrays, Texts]:
    if cries is None:
        return {}, {"dangers": None}
    arrays, texts = _learnt_out("dangers", cries.learnt)
    told, words = _told_out("told", [(terms, cries.dangers.index(danger)) for terms, danger in cries.known.items()])
    return arrays | told, {**texts, **words, "dangers": cries.dangers}


def _cries_in(values: Values) -> Cries | None:
    if values.texts["dangers"] is None:
        return None
    dangers = tuple(values.texts["dangers"])
    known = {terms: dangers[number] for terms, number in _told_in("told", values)}
    return Cries(dangers, _learnt_in("dangers", values), known)


def _told_out(of: str, told: Sequence[tuple[Terms, int]]) -> tuple[Arrays, Texts]:
    """What words lead to, by number: every word once, then each line of them as the words' numbers, one after the other."""
    words: dict[str, int] = {}
    lines = [[words.setdefault(word, len(words)) for word in terms] for terms, _ in told]
    arrays = {
        "lines": [*chain(*lines)],
        "ends": [*accumulate(map(len, lines))],
        "leads": [number for _, number in told],
    }
    return {f"{of}-{name}": np.array(held, dtype=np.uint32) for name, held in arrays.items()}, {f"{of}-words": [*words]}


def _told_in(of: str, values: Values) -> Iterator[tuple[Terms, int]]:
    lines, ends, leads = (values.arrays[f"{of}-{name}"].tolist() for name in ("lines", "ends", "leads"))
    said = [values.texts[f"{of}-words"][word] for word in lines]
    spans = pairwise([0, *ends])
    return ((tuple(said[start:end]), lead) for (start, end), lead in zip(spans, leads, strict=True))


def _learnt_out(of: str, learnt: Learnt) -> tuple[Arrays, Texts]:
    """The features' names stand in the order of their rows."""
    arrays: Arrays = {f"{of}-weights": learnt.weights, f"{of}-rarity": learnt.rarity}
    return arrays, {f"{of}-features": list(learnt.numbers), f"{of}-rarest": learnt.rarest}


def _learnt_in(of: str, values: Values) -> Learnt:
    names = values.texts[f"{of}-features"]
    weights, rarity = (values.arrays[f"{of}-{name}"] for name in ("weights", "rarity"))
    if not len(names) == len(weights) == len(rarity):
        raise ValueError(f"{len(names)} features, {len(weights)} rows of weights, {len(rarity)} rarities")
    return Learnt({name: row for row, name in enumerate(names)}, rarity, float(values.texts[f"{of}-rarest"]), weights)


def _villages_out(found: village_names.Index) -> tuple[Arrays, Texts]:
    arrays = {"rows": np.array(found.rows, dtype=np.uint32), "order": np.array(found.order, dtype=np.uint32)}
    spelt = ("" if spelt == key else spelt for key, spelt in zip(found.keys, found.spelt, strict=True))
    return arrays, {
        "keys": "\n".join(found.keys),
        "spelt": "\n".join(spelt),
        "ranges": [[place, *where] for place, where in found.ranges.items()],
        "names": _names_out(found.names),
        "areas": [[name, list(codes)] for name, codes in found.areas.items()],
        "area-names": _names_out(found.area_names),
    }


def _villages_in(values: Values) -> village_names.Index:
    """Names are split off one text, so that they lie in one piece of memory."""
    texts = values.texts
    keys = texts["keys"].split("\n")
    spelt = [spelt or key for key, spelt in zip(keys, texts["spelt"].split("\n"), strict=True)]
    rows, order = (array("I", values.arrays[name].astype(np.uintc).tobytes()) for name in ("rows", "order"))
    if not len(keys) == len(rows) == len(order):
        raise ValueError(f"{len(keys)} names, {len(rows)} rows, {len(order)} in order")
    return village_names.Index(
        keys,
        spelt,
        rows,
        order,
        {place: (first, end) for place, first, end in texts["ranges"]},
        _names_in(texts["names"]),
        dict(texts["areas"]),
        _names_in(texts["area-names"]),
    )


def _names_out(names: village_names.Names) -> list[list[Any]]:
    return [[length, "\n".join(same)] for length, same in names.by_length.items()]


def _names_in(kept: Iterable[tuple[int, str]]) -> village_names.Names:
    return village_names.Names({length: same.split("\n") for length, same in kept})
