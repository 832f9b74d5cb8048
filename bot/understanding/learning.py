"""What example questions teach: how strongly each feature speaks for each topic.

A multinomial logistic model over sparse bags, in numpy alone. It is shown every example a few times in a fixed, mixed
order and each time moves the weights of that example's features a little towards the right topic, by less and less. An
example a topic must not be given for moves them away from it. The same lessons give the same weights.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Bag

_ROUNDS, _RATE, _SLOWER = 4, 3.0, 0.95
_MANY = 1_000  # with so many examples, a feature seen once tells more of its writer than of a topic
Rows = NDArray[np.int64]
Floats = NDArray[np.float32]
Vector = tuple[Rows, Floats]
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
    """A bag and its topic's number; `away` when it must not lead there."""

    bag: Bag
    topic: int
    away: bool = False


def learn(lessons: Iterable[Lesson], topics: int) -> Learnt:
    """What these lessons teach of so many topics. Their order matters: hand them in sorted."""
    names: dict[str, int] = {}
    aims: list[Aim] = []
    bags: list[Vector] = []
    for lesson in lessons:
        aims.append((lesson.topic, lesson.away))
        bags.append(_numbered(lesson.bag, names))
    counts = np.bincount(np.concatenate([rows for rows, _ in bags]), minlength=len(names)) if bags else np.zeros(0)
    rarity: Floats = (1 + np.log((1 + len(bags)) / (1 + counts))).astype(np.float32)
    known = counts >= (2 if len(bags) > _MANY else 1)
    numbers = np.cumsum(known) - 1
    lengths = (_to_length_one(rows, held * rarity[rows]) for rows, held in bags)
    vectors = [(numbers[rows[known[rows]]], held[known[rows]]) for rows, held in lengths]
    return Learnt(
        {name: int(numbers[row]) for name, row in names.items() if known[row]},
        rarity[known],
        float(rarity.max(initial=1.0)),
        _taught(vectors, aims, (int(known.sum()), topics)),
    )


def chances(logits: Floats) -> Floats:
    """Probabilities that sum to 1."""
    raised = np.exp(logits - logits.max())
    shares: Floats = raised / raised.sum()
    return shares


def _numbered(bag: Bag, names: dict[str, int]) -> Vector:
    """A bag in numbers; names not met before get the next ones."""
    rows = [names.setdefault(name, len(names)) for name in bag]
    return np.array(rows, dtype=np.int64), np.array(list(bag.values()), dtype=np.float32)


def _to_length_one(rows: Rows, held: Floats) -> Vector:
    return rows, held / np.float32(max(math.sqrt(held @ held), 1e-9))


def _taught(vectors: Sequence[Vector], aims: Sequence[Aim], shape: tuple[int, int]) -> Floats:
    """Stochastic gradient descent, one lesson at a time: each touches a hundred rows of twenty thousand."""
    weights = np.zeros(shape, dtype=np.float32)
    chance = np.random.default_rng(0)
    for done in range(_ROUNDS):
        rate = np.float32(_RATE * (1 - _SLOWER * done / _ROUNDS))
        for at in chance.permutation(len(vectors)):
            rows, held = vectors[at]
            here = weights.take(rows, axis=0)
            weights[rows] = here - np.dot((rate * held)[:, None], _error(chances(held @ here), *aims[at])[None, :])
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
