"""What example questions teach: how strongly each feature speaks for each topic.

A multinomial logistic model over sparse bags, in numpy alone. It is shown every example a few times in a fixed, mixed
order and each time moves the weights of that example's features a little towards the right topic, by less and less. An
example a topic must not be given for moves them away from it. The same lessons give the same weights.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import ALWAYS, CONSTANT, LONGEST, PAIR, Bag, pairs, parts

_ROUNDS, _RATE, _SLOWER = 3, 4.0, 0.95
_MANY = 1_000  # with so many examples, a feature seen once or twice tells more of its writer than of a topic
Rows = NDArray[np.int64]
Floats = NDArray[np.float32]
Aim = tuple[int, bool]  # a topic's number, and whether to keep away from it


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """The features known, how rare each is, and their weights: a row for each feature, a column for each topic.

    What is not known is as rare as can be (`rarest`): it says nothing, but takes its share of a question.
    """

    numbers: Mapping[str, int]
    rarity: Floats
    rarest: float
    weights: Floats

    def logits(self, bag: Bag) -> Floats:
        """How much a bag speaks for each topic, as logarithms of odds."""
        numbers = np.array([self.numbers.get(name, -1) for name in bag], dtype=np.int64)
        counts = np.array(list(bag.values()), dtype=np.float32)
        known = numbers >= 0
        rows, strange = numbers[known], counts[~known] * np.float32(self.rarest)
        held: Floats = counts[known] * self.rarity[rows]
        held /= max(math.sqrt(held @ held + strange @ strange), 1e-9)
        logits: Floats = held @ self.weights[rows]
        return logits


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What somebody may say and its topic's number; `away` when it must not lead there."""

    terms: Sequence[str]
    topic: int
    away: bool = False


def learn(lessons: Sequence[Lesson], topics: int) -> Learnt:
    """What these lessons teach of so many topics. Their order matters: hand them in sorted."""
    names: dict[str, int] = {}
    said, rows, held = _cells([one.terms for one in lessons], names)
    counts = np.bincount(rows, minlength=len(names))
    rarity: Floats = (1 + np.log((1 + len(lessons)) / (1 + counts))).astype(np.float32)
    held = held * rarity[rows]
    held /= np.sqrt(np.bincount(said, held**2, minlength=len(lessons))).astype(np.float32)[said]
    known = counts >= (3 if len(lessons) > _MANY else 1)
    numbers, kept = np.cumsum(known) - 1, known[rows]
    starts = np.searchsorted(said[kept], np.arange(len(lessons) + 1))
    aims = [(one.topic, one.away) for one in lessons]
    return Learnt(
        {name: int(numbers[row]) for name, row in names.items() if known[row]},
        rarity[known],
        float(rarity.max(initial=1.0)),
        _taught(numbers[rows[kept]], held[kept], starts, aims, (int(known.sum()), topics)),
    )


def chances(logits: Floats) -> Floats:
    """Probabilities that sum to 1."""
    raised = np.exp(logits - logits.max())
    shares: Floats = raised / raised.sum()
    return shares


def _cells(said: Sequence[Sequence[str]], names: dict[str, int]) -> tuple[Rows, Rows, Floats]:
    """What `features` tells of each, all in one: which was said, which feature it holds, how much; in this order.

    A word's parts are looked up once, however often it is said: twenty thousand examples are made of some thousand words.
    """
    words: dict[str, int] = {}
    who, word = _flat([[words.setdefault(term, len(words)) for term in terms[:LONGEST]] for terms in said])
    whose, beside = _flat([[names.setdefault(name, len(names)) for name in (ALWAYS, *pairs(terms))] for terms in said])
    held = [parts(term) for term in words]
    of, part = _flat([[names.setdefault(name, len(names)) for name, _ in one] for one in held])
    weights = np.array([weight for one in held for _, weight in one])
    starts = np.searchsorted(of, np.arange(len(words) + 1))
    sizes = np.diff(starts)[word]
    cells = np.arange(sizes.sum()) + np.repeat(starts[word] - (np.cumsum(sizes) - sizes), sizes)
    found, at = _unlike(
        np.concatenate([np.repeat(who, sizes), whose]) * len(names) + np.concatenate([part[cells], beside])
    )
    counts = np.bincount(at, np.concatenate([weights[cells], np.where(beside == names.get(ALWAYS), CONSTANT, PAIR)]))
    damped = np.where(counts > 1, 1 + np.log(np.maximum(counts, 1)), counts).astype(np.float32)
    return found // max(1, len(names)), found % max(1, len(names)), damped


def _unlike(cells: Rows) -> tuple[Rows, Rows]:
    """Each once, in order, and where each stands there: `np.unique`, quicker with what is nearly in order already."""
    order = np.argsort(cells, kind="stable")
    sorted_ = cells[order]
    first = np.diff(sorted_, prepend=-1) > 0
    at = np.empty_like(order)
    at[order] = np.cumsum(first) - 1
    return sorted_[first], at


def _flat(lists: Sequence[Sequence[int]]) -> tuple[Rows, Rows]:
    """All that the lists hold, and in which list each stood."""
    sizes = [len(one) for one in lists]
    held = np.fromiter((number for one in lists for number in one), dtype=np.int64, count=sum(sizes))
    return np.repeat(np.arange(len(lists)), sizes), held


def _taught(rows: Rows, held: Floats, starts: Rows, aims: Sequence[Aim], shape: tuple[int, int]) -> Floats:
    """Stochastic gradient descent, one lesson at a time: each touches a hundred rows of twenty thousand."""
    weights = np.zeros(shape, dtype=np.float32)
    chance = np.random.default_rng(0)
    for done in range(_ROUNDS):
        rate = np.float32(_RATE * (1 - _SLOWER * done / _ROUNDS))
        for at in chance.permutation(len(aims)):
            part = slice(starts[at], starts[at + 1])
            mine, much = rows[part], held[part]
            here = weights.take(mine, axis=0)
            weights[mine] = here - np.dot((rate * much)[:, None], _error(chances(much @ here), *aims[at])[None, :])
    return weights


def _error(found: Floats, topic: int, away: bool) -> Floats:
    """By how much each topic is too likely: the gradient of the logarithm of the right (or not the wrong) chance."""
    if not away:
        found[topic] -= 1
        return found
    wrong = found[topic]
    error: Floats = -found * (wrong / max(1 - wrong, np.float32(0.1)))
    error[topic] = wrong
    return error
