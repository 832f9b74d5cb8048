"""How topics were found before: the mean of the nearest phrases' cosine and of a complement naive Bayes, both over TF-IDF.

Kept to be compared with; see Rennie et al. 2003 for the second.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

import snowballstemmer

_PIECE, _SMOOTHING, _FEW, _ONE_IN = 0.55, 2.0, 50, 20
_stem: Callable[[str], str] = lru_cache(maxsize=20_000)(snowballstemmer.stemmer("indonesian").stemWord)

Bag = dict[str, float]
Postings = Mapping[str, Sequence[tuple[int, float]]]


def bag_of(terms: Sequence[str]) -> Bag:
    """Word stems, and the three- to five-letter pieces of the words."""
    bag: Bag = defaultdict(float)
    for term in terms[:120]:
        if term.startswith("@"):
            bag[term] += 1.0
            continue
        bag["=" + _stem(term)] += 1.0
        edged = f"^{term}$"
        for size in (3, 4, 5):
            for at in range(len(edged) - size + 1):
                bag[edged[at : at + size]] += _PIECE / size
    return {name: 1 + math.log(count) if count > 1 else count for name, count in bag.items()}


class OldBlend:
    """Both judges, by feature: the phrases that hold it, the topics it speaks for."""

    def __init__(self, examples: Iterable[tuple[str, Sequence[str]]]) -> None:
        bags = [(topic, bag_of(terms)) for topic, terms in examples]
        seen = Counter(name for _, bag in bags for name in bag)
        self.rarity = {name: math.log(1 + len(bags) / (1 + count)) for name, count in seen.items()}
        self.unknown = max(self.rarity.values())
        weighted = [(topic, self._weights(bag)) for topic, bag in bags]
        self.topic_of = [topic for topic, _ in weighted]
        self.phrases = _phrases([bag for _, bag in weighted])
        self.leanings = _leanings(weighted)

    def rank(self, terms: Sequence[str]) -> list[tuple[str, float]]:
        """All topics that share anything with the question, best first."""
        weights = self._weights(bag_of(terms))
        leaning: dict[str, float] = defaultdict(float)
        for name, weight in weights.items():
            for topic, held in self.leanings.get(name, ()):
                leaning[topic] += weight * held
        cosines: dict[str, list[float]] = defaultdict(list)
        for phrase, cosine in _sums(weights, self.phrases).items():
            cosines[self.topic_of[phrase]].append(cosine)
        scores = {topic: (leaning.get(topic, 0.0) + _together(found)) / 2 for topic, found in cosines.items()}
        return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))

    def _weights(self, bag: Bag) -> Bag:
        weights = {name: count * self.rarity.get(name, self.unknown) for name, count in bag.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {name: weight / length for name, weight in weights.items()}


def _phrases(bags: Sequence[Bag]) -> Postings:
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, bag in enumerate(bags):
        for name, weight in bag.items():
            postings[name].append((number, weight))
    most = max(_FEW, len(bags) // _ONE_IN)
    return {name: held for name, held in postings.items() if len(held) <= most or name.startswith(("=", "@"))}


def _leanings(weighted: Sequence[tuple[str, Bag]]) -> Mapping[str, Sequence[tuple[str, float]]]:
    in_topic: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for topic, bag in weighted:
        for name, weight in bag.items():
            in_topic[name][topic] += weight
    return {name: _against_the_rest(held) for name, held in in_topic.items()}


def _against_the_rest(held: Mapping[str, float]) -> list[tuple[str, float]]:
    everywhere = sum(held.values()) + _SMOOTHING
    return [(topic, math.log(everywhere / (everywhere - weight))) for topic, weight in held.items()]


def _sums(weights: Bag, postings: Postings) -> dict[int, float]:
    sums: dict[int, float] = defaultdict(float)
    for name, weight in weights.items():
        for number, held in postings.get(name, ()):
            sums[number] += weight * held
    return sums


def _together(scores: Sequence[float]) -> float:
    """The best phrase counts, the next two help."""
    best = sorted(scores, reverse=True)[:3]
    return min(1.0, (best[0] + sum(0.1 * score for score in best[1:])) / 1.1)
