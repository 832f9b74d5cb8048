"""From a question to a topic, to a few candidates, or honestly to nothing: one decision, by one probability.

The topics and "none of ours" compete for a question (`learning`), so that their chances sum to one. Words that no editor
ever wrote speak for "none of ours"; a question that an editor did write, word for word, leads where they put it. How sharply
the chances tell topics apart, how much a strange word and doubt weigh, and from which chance on we answer or offer, were set
on tests/questions/development.jsonl, where right answers less wrong ones less answers to what is out of scope are most.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.understanding.features import MEANT, features, stems
from bot.understanding.learning import Floats, Learnt, Lesson, chances, learn
from bot.understanding.search import Example, Found, Kind, Scored

ANSWER, OFFER, LEAST, MOST = 0.45, 0.03, 0.005, 3
ALONE = 0.8  # to answer a single word: it says what it is about, but seldom what is asked
SHARPNESS, STRANGE, DOUBT, EXACTLY = 1.4, 2.0, 2.0, 9.0
NONE = 0  # the column of what is none of ours


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """What was learnt, and the questions known word for word: to which topics they lead, and to which they must not."""

    topics: tuple[str, ...]
    learnt: Learnt
    known: Mapping[tuple[str, ...], frozenset[int]]
    away: Mapping[tuple[str, ...], frozenset[int]]

    def find(self, terms: Sequence[str], never: Collection[str] = ()) -> Found:
        """The decision for a question's terms; topics of `never` are out of the question (another country's)."""
        ranked = self.rank(terms, never, MOST)
        if not ranked or ranked[0].score < OFFER:
            return Found("", ())
        offered = tuple(one for one in ranked if one.score >= LEAST)
        enough = ANSWER if len([term for term in terms if term[0] != MEANT]) > 1 else ALONE
        return Found(ranked[0].topic if ranked[0].score >= enough else "", offered)

    def rank(self, terms: Sequence[str], never: Collection[str] = (), most: int | None = None) -> list[Scored]:
        """The likeliest topics with their probabilities, best first; what all lack of 1 is that it is none of ours."""
        if not terms:
            return []
        found = self.chances(terms, never)
        found[NONE] = 0.0
        best = np.argsort(-found, kind="stable")[:most]
        return [Scored(self.topics[number], float(found[number])) for number in best if found[number] > 0]

    def chances(self, terms: Sequence[str], never: Collection[str] = ()) -> Floats:
        """The probability of each of `topics` for a question's terms."""
        asked = tuple(terms)
        logits = SHARPNESS * self.learnt.logits(features(terms))
        logits[NONE] += DOUBT + STRANGE * self._strange(terms)
        logits[list(self.known.get(asked, ()))] += EXACTLY
        logits[[*self.away.get(asked, ()), *self._numbers(never)]] = -np.inf
        return chances(logits)

    def _numbers(self, topics: Collection[str]) -> list[int]:
        return [number for number, topic in enumerate(self.topics) if topic in topics] if topics else []

    def _strange(self, terms: Sequence[str]) -> float:
        """The share of the words that no two examples hold."""
        said = stems(terms)
        return sum(word not in self.learnt.numbers for word in said) / max(1, len(said))


def build(examples: Iterable[Example]) -> Index:
    """The index of what these examples teach. The same examples in any order give the same index."""
    listed = sorted(one for one in set(examples) if one.terms)
    topics = ("", *sorted({one.topic for one in listed} - {""}))
    numbers = {topic: number for number, topic in enumerate(topics)}
    lessons = [Lesson(one.terms, numbers[one.topic], one.kind == "away") for one in listed]
    return Index(
        topics,
        learn(lessons, len(topics)),
        _verbatim(listed, numbers, "question"),
        _verbatim(listed, numbers, "away"),
    )


def _verbatim(
    examples: Sequence[Example], numbers: Mapping[str, int], kind: Kind
) -> dict[tuple[str, ...], frozenset[int]]:
    found: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for one in examples:
        if one.kind == kind:
            found[one.terms].add(numbers[one.topic])
    return {terms: frozenset(numbers) for terms, numbers in found.items()}
