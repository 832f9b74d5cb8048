"""From a question to a topic, to a few candidates, or honestly to nothing.

A text is a bag of word stems and of the three- to five-letter pieces of its words, so that a slip of the finger still leaves
most pieces in place. Two judges look at it. The first compares it with every phrase editors wrote for a topic (cosine of
TF-IDF weights; the best phrase counts, the next two help): it knows what has been asked before. The second is a complement
naive Bayes (Rennie et al. 2003) over all phrases of a topic together: it knows which pieces tell topics apart. Their mean
is the score. It is answered when the score is high, clear of the next topic, and the topic speaks of most of what was said;
offered when it is middling; else refused. The thresholds were set on tests/questions/development.jsonl.
"""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

ANSWER, CLEAR, CLEARLY, COVERED, OFFER, LONGEST = 0.30, 0.02, 0.05, 0.40, 0.15, 120
_PIECE_WEIGHT = 0.55
_SMOOTHING = 2.0
_FEW, _ONE_IN = 50, 20
_stem: Callable[[str], str] = lru_cache(maxsize=20_000)(snowballstemmer.stemmer("indonesian").stemWord)

Bag = dict[str, float]
Postings = Mapping[str, tuple["array[int]", "array[float]"]]  # numbers beside weights: arrays, for there are a million


@dataclass(frozen=True, slots=True)
class Scored:
    """A topic and how well it fits; 0.3 is good, 1 is one of its own phrases."""

    topic: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a question leads to: a topic to answer with, or up to three to choose from, or neither."""

    topic: str
    candidates: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """What both judges know, by feature: phrases that hold it and how heavily; topics it speaks for and how strongly."""

    topics: tuple[str, ...]
    topic_of: tuple[int, ...]
    rarity: Mapping[str, float]
    phrases: Postings
    leanings: Postings

    def find(self, tokens: Sequence[str], never: Collection[str] = ()) -> Found:
        """The decision for a question's tokens; topics of `never` are out of the question (another country's)."""
        best = [one for one in self.rank(tokens) if one.topic not in never][:3]
        if not best or best[0].score < OFFER:
            return Found("", ())
        ahead = best[0].score - (best[1].score if len(best) > 1 else 0.0)
        clear = ahead >= max(CLEAR, CLEARLY * best[0].score)
        sure = best[0].score >= ANSWER and clear and self.covered(tokens, best[0].topic) >= COVERED
        offered = tuple(one for one in best if one.score >= OFFER * 0.8)
        return Found(best[0].topic if sure else "", offered)

    def covered(self, tokens: Sequence[str], topic: str) -> float:
        """How much of what a question says (its words by weight) this topic's phrases speak of at all, from 0 to 1."""
        words = {name: weight for name, weight in self._weights(tokens).items() if name[0] in "=@"}
        whole = sum(weight * weight for weight in words.values()) or 1.0
        number = self.topics.index(topic)
        spoken = (weight for name, weight in words.items() if number in self.leanings.get(name, _EMPTY)[0])
        return sum(weight * weight for weight in spoken) / whole

    def rank(self, tokens: Sequence[str]) -> list[Scored]:
        """All topics that share anything with the question, best first."""
        weights = self._weights(tokens)
        scores = _sums(weights, self.leanings)
        by_topic: dict[int, list[float]] = defaultdict(list)
        for phrase, score in _sums(weights, self.phrases).items():
            by_topic[self.topic_of[phrase]].append(score)
        ranked = [
            Scored(self.topics[topic], (scores.get(topic, 0.0) + _together(found)) / 2)
            for topic, found in by_topic.items()
        ]
        return sorted(ranked, key=lambda one: (-one.score, one.topic))

    def _weights(self, tokens: Sequence[str]) -> Bag:
        unknown = max(self.rarity.values(), default=1.0)
        bag = features(tokens[:LONGEST])
        return _unit({name: count * self.rarity.get(name, unknown) for name, count in bag.items()})


def build(phrases: Iterable[tuple[str, Sequence[str]]]) -> Index:
    """An index of (topic, tokens) pairs. The same pairs give the same index."""
    listed = [(topic, features(tokens)) for topic, tokens in phrases if tokens]
    topics = tuple(dict.fromkeys(topic for topic, _ in listed))
    numbers = {topic: number for number, topic in enumerate(topics)}
    rarity = _rarity([bag for _, bag in listed])
    weighted = [(numbers[topic], _unit({name: n * rarity[name] for name, n in bag.items()})) for topic, bag in listed]
    return Index(topics, tuple(topic for topic, _ in weighted), rarity, _phrases(weighted), _leanings(weighted))


def features(tokens: Sequence[str]) -> Bag:
    """Word stems, and the letter pieces of the words; a term for something named (`@taiwan`) stands for itself."""
    bag: Bag = defaultdict(float)
    for token in tokens:
        if token.startswith("@"):
            bag[token] += 1.0
            continue
        bag["=" + _stem(token)] += 1.0
        for piece, weight in _pieces(token):
            bag[piece] += weight
    return {name: 1 + math.log(count) if count > 1 else count for name, count in bag.items()}


@lru_cache(maxsize=20_000)
def _pieces(token: str) -> tuple[tuple[str, float], ...]:
    edged = f"^{token}$"
    return tuple(
        (edged[at : at + size], _PIECE_WEIGHT / size) for size in (3, 4, 5) for at in range(len(edged) - size + 1)
    )


def _rarity(bags: Sequence[Bag]) -> dict[str, float]:
    seen = Counter(name for bag in bags for name in bag)
    return {name: math.log(1 + len(bags) / (1 + count)) for name, count in seen.items()}


def _phrases(weighted: Sequence[tuple[int, Bag]]) -> Postings:
    """Which phrases hold a feature. What stands in one phrase of twenty says little of any, and would cost the most."""
    postings: dict[str, tuple[array[int], array[float]]] = defaultdict(_nothing)
    for number, (_, bag) in enumerate(weighted):
        for name, weight in bag.items():
            numbers, weights = postings[name]
            numbers.append(number)
            weights.append(weight)
    most = max(_FEW, len(weighted) // _ONE_IN)
    return {name: held for name, held in postings.items() if len(held[0]) <= most or name.startswith(("=", "@"))}


def _nothing() -> tuple["array[int]", "array[float]"]:
    return array("I"), array("f")


def _leanings(weighted: Sequence[tuple[int, Bag]]) -> Postings:
    """How strongly a feature speaks for a topic: its weight everywhere against its weight everywhere else."""
    in_topic: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for topic, bag in weighted:
        for name, weight in bag.items():
            in_topic[name][topic] += weight
    return {name: _against_the_rest(held) for name, held in in_topic.items()}


def _against_the_rest(held: Mapping[int, float]) -> tuple["array[int]", "array[float]"]:
    everywhere = sum(held.values()) + _SMOOTHING
    return array("I", held), array("f", [math.log(everywhere / (everywhere - weight)) for weight in held.values()])


_EMPTY = _nothing()


def _sums(weights: Bag, postings: Postings) -> dict[int, float]:
    sums: dict[int, float] = defaultdict(float)
    for name, weight in weights.items():
        for number, held in zip(*postings.get(name, _EMPTY), strict=True):
            sums[number] += weight * held
    return sums


def _unit(weights: Bag) -> Bag:
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {name: weight / length for name, weight in weights.items()}


def _together(scores: Sequence[float]) -> float:
    """The best phrase counts, the next two help."""
    best = sorted(scores, reverse=True)[:3]
    return min(1.0, (best[0] + sum(0.1 * score for score in best[1:])) / 1.1)
