"""From a question to a topic, to a few candidates, or honestly to nothing.

Each example question, title and keyword of a topic is a phrase; a phrase is a bag of word stems and of the three- to
five-letter pieces of its words, so that a slip of the finger still leaves most pieces in place. A question is compared
with every phrase that shares a piece (cosine of TF-IDF weights); a topic's score is that of its best phrase, helped a
little by its next ones. Below one threshold nothing is offered, above another and clear of the next topic it is answered.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

ANSWER, OFFER, CLEAR, LONGEST = 0.46, 0.24, 0.06, 120
_PIECE_WEIGHT = 0.55
_stem: Callable[[str], str] = lru_cache(maxsize=20_000)(snowballstemmer.stemmer("indonesian").stemWord)


@dataclass(frozen=True, slots=True)
class Scored:
    """A topic and how well it fits, between 0 and 1."""

    topic: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a question leads to: a topic to answer with, or up to three to choose from, or neither."""

    topic: str
    candidates: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The phrases of all topics, inverted: which phrases hold a feature, and how heavily."""

    topics: tuple[str, ...]
    rarity: Mapping[str, float]
    postings: Mapping[str, tuple[tuple[int, float], ...]]

    def find(self, tokens: Sequence[str]) -> Found:
        """The decision for a question's tokens."""
        best = self.rank(tokens)[:3]
        if not best or best[0].score < OFFER:
            return Found("", ())
        clear = len(best) == 1 or best[0].score - best[1].score >= CLEAR
        sure = best[0].score >= ANSWER and (clear or best[0].score >= 0.9)
        offered = tuple(one for one in best if one.score >= OFFER * 0.8)
        return Found(best[0].topic if sure else "", offered)

    def rank(self, tokens: Sequence[str]) -> list[Scored]:
        """All topics that share anything with the question, best first."""
        weights = self._weights(tokens)
        scores: dict[int, float] = defaultdict(float)
        for feature, weight in weights.items():
            for phrase, held in self.postings.get(feature, ()):
                scores[phrase] += weight * held
        by_topic: dict[str, list[float]] = defaultdict(list)
        for phrase, score in scores.items():
            by_topic[self.topics[phrase]].append(score)
        ranked = [Scored(topic, _together(found)) for topic, found in by_topic.items()]
        return sorted(ranked, key=lambda one: (-one.score, one.topic))

    def _weights(self, tokens: Sequence[str]) -> dict[str, float]:
        unknown = max(self.rarity.values(), default=1.0)
        raw = {name: count * self.rarity.get(name, unknown) for name, count in features(tokens[:LONGEST]).items()}
        return _unit(raw)


def build(phrases: Iterable[tuple[str, Sequence[str]]]) -> Index:
    """An index of (topic, tokens) pairs."""
    listed = [(topic, features(tokens)) for topic, tokens in phrases if tokens]
    seen = Counter(name for _, bag in listed for name in bag)
    rarity = {name: math.log(1 + len(listed) / (1 + count)) for name, count in seen.items()}
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (_, bag) in enumerate(listed):
        for name, weight in _unit({name: count * rarity[name] for name, count in bag.items()}).items():
            postings[name].append((number, weight))
    return Index(tuple(topic for topic, _ in listed), rarity, {name: tuple(held) for name, held in postings.items()})


def features(tokens: Sequence[str]) -> dict[str, float]:
    """Word stems, and the letter pieces of the words; a term for something named (`@taiwan`) stands for itself."""
    bag: dict[str, float] = defaultdict(float)
    for token in tokens:
        if token.startswith("@"):
            bag[token] += 1.0
            continue
        bag["=" + _stem(token)] += 1.0
        edged = f"^{token}$"
        for size in (3, 4, 5):
            for at in range(len(edged) - size + 1):
                bag[edged[at : at + size]] += _PIECE_WEIGHT / size
    return {name: 1 + math.log(count) if count > 1 else count for name, count in bag.items()}


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {name: weight / length for name, weight in weights.items()}


def _together(scores: Sequence[float]) -> float:
    """The best phrase counts, the next two help."""
    best = sorted(scores, reverse=True)[:3]
    helped = best[0] + sum(0.1 * score for score in best[1:])
    return min(1.0, helped / 1.1)
