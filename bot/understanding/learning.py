"""What example questions teach: how strongly each feature speaks for each topic.

A multinomial logistic model over sparse bags, in numpy alone. It is shown every example a few times in a fixed, mixed
order and each time moves the weights of that example's features a little towards the right topic, by less and less. An
example a topic must not be given for moves them away from it. The same lessons give the same weights.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.features import Bag

_ROUNDS, _RATE, _SLOWER = 4, 3.0, 0.95
_MANY = 1_000  # with so many examples, a feature seen once tells more of its writer than of a topic
Numbers, Floats = NDArray[np.int64], NDArray[np.float32]
Vector = tuple[Numbers, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """The features known, how rare each is, and their weights: a row for each feature, a column for each topic."""

    numbers: Mapping[str, int]
    rarity: Floats
    weights: Floats

    def logits(self, bag: Bag) -> Floats:
        """How much a bag speaks for each topic, as logarithms of odds."""
        rows, held = _vector(bag, self.numbers, self.rarity)
        logits: Floats = held @ self.weights[rows]
        return logits


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A bag and its topic's number; `away` when it must not lead there."""

    bag: Bag
    topic: int
    away: bool = False


def learn(lessons: Sequence[Lesson], topics: int) -> Learnt:
    """What these lessons teach of so many topics. Their order matters: hand them in sorted."""
    seen = Counter(name for lesson in lessons for name in lesson.bag)
    fewest = 2 if len(lessons) > _MANY else 1
    known = [(name, count) for name, count in seen.items() if count >= fewest]
    numbers = {name: number for number, (name, _) in enumerate(known)}
    counts = np.array([count for _, count in known], dtype=np.float32)
    rarity = np.log((1 + len(lessons)) / (1 + counts)) + 1
    vectors = [_vector(lesson.bag, numbers, rarity) for lesson in lessons]
    weights = np.zeros((len(numbers), topics), dtype=np.float32)
    _teach(weights, lessons, vectors)
    return Learnt(numbers, rarity, weights)


def chances(logits: Floats) -> Floats:
    """Probabilities that sum to 1."""
    raised = np.exp(logits - logits.max())
    shares: Floats = raised / raised.sum()
    return shares


def _vector(bag: Bag, numbers: Mapping[str, int], rarity: Floats) -> Vector:
    """The known features of a bag and how heavily it holds them, of length 1."""
    held = [(numbers[name], count) for name, count in bag.items() if name in numbers]
    rows = np.array([row for row, _ in held], dtype=np.int64)
    weights = np.array([count for _, count in held], dtype=np.float32) * rarity[rows]
    return rows, weights / max(float(np.sqrt(weights @ weights)), 1e-9)


def _teach(weights: Floats, lessons: Sequence[Lesson], vectors: Sequence[Vector]) -> None:
    """Stochastic gradient descent, one lesson at a time: each touches a hundred rows of twenty thousand."""
    chance = np.random.default_rng(0)
    for done in range(_ROUNDS):
        rate = np.float32(_RATE * (1 - _SLOWER * done / _ROUNDS))
        for at in chance.permutation(len(lessons)):
            rows, held = vectors[at]
            here = weights[rows]
            too_much = _error(chances(held @ here), lessons[at])
            weights[rows] = here - np.outer(rate * held, too_much)


def _error(found: Floats, lesson: Lesson) -> Floats:
    """By how much each topic is too likely: the gradient of the logarithm of the right (or not the wrong) chance."""
    if not lesson.away:
        found[lesson.topic] -= 1
        return found
    wrong = found[lesson.topic]
    error = -found * (wrong / max(1 - wrong, np.float32(0.1)))
    error[lesson.topic] = wrong
    return error
