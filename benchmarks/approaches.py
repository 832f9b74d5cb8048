"""Ways of finding the topic, compared: the same examples, the same questions, the same machine, one run.

Each ranks topics with a score. From which score on it answers is set on tests/questions/development.jsonl, for each where
it has most right answers less wrong ones less answers to what is out of scope; the table is over the file named.

    python -m benchmarks.approaches tests/questions/evaluation.jsonl
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import bm25s
import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.data import DEVELOPMENT, EVALUATION, Question, learnable, load_release, questions
from benchmarks.old_blend import OldBlend
from bot.understanding.features import MEANT, NAMED, features, parts
from bot.understanding.index import ANSWER, build
from bot.understanding.learning import Lesson, chances, learn
from bot.understanding.search import Example

Ranked = Sequence[tuple[str, float]]
Rank = Callable[[Question], Ranked]
_NEAREST = 60  # phrases looked at for three different topics


@dataclass(frozen=True, slots=True)
class Row:
    """What an approach reaches: shares of the questions in scope (the last but one: out of scope), microseconds each.

    `first` is how often the right topic came first, whether or not it was answered with.
    """

    first: float
    among_three: float
    right: float
    wrong: float
    out_of_scope: float
    microseconds: float


def bm25(examples: Sequence[Example]) -> Rank:
    """BM25 over example phrases, by bm25s."""
    index = bm25s.BM25()
    index.index([list(one.terms) for one in examples], show_progress=False)
    topics = [one.topic for one in examples]

    def rank(question: Question) -> Ranked:
        found, scores = index.retrieve([list(question.terms)], k=_NEAREST, show_progress=False)
        return _distinct((topics[at], float(score)) for at, score in zip(found[0], scores[0], strict=True))

    return rank


def pieces_alone(examples: Sequence[Example]) -> Rank:
    """Letter pieces only, TF-IDF, in our linear model."""
    topics = sorted({one.topic for one in examples})
    learnt = learn([Lesson(_pieces(one.terms), topics.index(one.topic)) for one in sorted(examples)], len(topics))

    def rank(question: Question) -> Ranked:
        found = chances(learnt.logits(features(_pieces(question.terms))))
        return [(topics[at], float(found[at])) for at in np.argsort(-found)]

    return rank


def _pieces(terms: Sequence[str]) -> list[str]:
    """The letter pieces of the words, each as a term that stands for itself."""
    words = (term for term in terms if term[0] not in (NAMED, MEANT))
    return [f"{NAMED}{piece}" for word in words for piece, _ in parts(word)[1:]]


def fuzzy(examples: Sequence[Example]) -> Rank:
    """The best token-set ratio with any phrase, by rapidfuzz."""
    phrases = [" ".join(one.terms) for one in examples]
    topics = [one.topic for one in examples]

    def rank(question: Question) -> Ranked:
        found = process.extract(" ".join(question.terms), phrases, scorer=fuzz.token_set_ratio, limit=_NEAREST)
        return _distinct((topics[at], score) for _, score, at in found)

    return rank


def nearest_phrase(examples: Sequence[Example]) -> Rank:
    """The cosine with the nearest phrase, over the features our own approach uses."""
    bags = [features(one.terms) for one in examples]
    names = {name: at for at, name in enumerate(sorted({name for bag in bags for name in bag}))}
    counts = np.bincount([names[name] for bag in bags for name in bag], minlength=len(names))
    rarity = np.log((1 + len(bags)) / (1 + counts)) + 1
    cells = [
        (names[name], at, count * rarity[names[name]]) for at, bag in enumerate(bags) for name, count in bag.items()
    ]
    rows, phrases, weights = (np.array(column) for column in zip(*sorted(cells), strict=True))
    weights = weights / np.sqrt(np.bincount(phrases, weights**2))[phrases]
    starts = np.searchsorted(rows, np.arange(len(names) + 1))
    topics = [one.topic for one in examples]

    def rank(question: Question) -> Ranked:
        held = [(names[name], count) for name, count in features(question.terms).items() if name in names]
        if not held:
            return []
        parts = [(slice(starts[row], starts[row + 1]), count * rarity[row]) for row, count in held]
        scores = np.bincount(
            np.concatenate([phrases[part] for part, _ in parts]),
            np.concatenate([weights[part] * weight for part, weight in parts]),
            minlength=len(topics),
        ) / np.sqrt(sum(weight**2 for _, weight in parts))
        return _distinct((topics[at], float(scores[at])) for at in np.argsort(-scores)[:_NEAREST])

    return rank


def old_blend(examples: Sequence[Example]) -> Rank:
    """What this service did before, without what people also say: it knew of none."""
    index = OldBlend((one.topic, one.terms) for one in examples if one.topic)
    return lambda question: index.rank(question.terms)


def ours(examples: Sequence[Example]) -> Rank:
    """What this service does."""
    index = build(examples)
    return lambda question: [(one.topic, one.score) for one in index.rank(question.terms, question.never, 4)]


def _distinct(found: Iterator[tuple[str, float]]) -> Ranked:
    """The best score of each topic, in order."""
    best: dict[str, float] = {}
    for topic, score in found:
        best.setdefault(topic, score)
    return list(best.items())


APPROACHES = {
    "BM25 (bm25s)": bm25,
    "letter pieces, linear": pieces_alone,
    "fuzzy (rapidfuzz)": fuzzy,
    "nearest phrase": nearest_phrase,
    "the old blend": old_blend,
    "ours": ours,
}


def measure(rank: Rank, asked: Sequence[Question], threshold: float) -> Row:
    """An approach held against questions, answering from this score on."""
    took: list[float] = []
    inside: list[tuple[bool, bool, bool, bool]] = []
    outside: list[bool] = []
    for question in asked:
        began = time.perf_counter()
        found = rank(question)
        took.append(time.perf_counter() - began)
        best = [(topic, score) for topic, score in found if topic not in question.never][:3]
        answered = bool(best) and best[0][0] != "" and best[0][1] >= threshold
        if question.gold:
            right = bool(best) and best[0][0] in question.gold
            offered = any(topic in question.gold for topic, _ in best)
            inside.append((right, offered, answered and right, answered and not right))
        else:
            outside.append(answered)
    shares = [sum(column) / len(inside) for column in zip(*inside, strict=True)]
    return Row(*shares, sum(outside) / max(1, len(outside)), 1e6 * median(took))


def threshold(rank: Rank, asked: Sequence[Question]) -> float:
    """The score to answer from that does best on these questions."""
    found = [(question, rank(question)) for question in asked]
    scores = sorted({ranked[0][1] for _, ranked in found if ranked})
    tried = scores[:: max(1, len(scores) // 50)] or [0.0]
    replay = dict(found)

    def worth(score: float) -> float:
        row = measure(replay.__getitem__, asked, score)
        return row.right - row.wrong - row.out_of_scope

    return max(tried, key=worth)


def main(file: Path) -> None:
    """Print the table."""
    release = load_release()
    examples, tuning, asked = learnable(release), questions(release, DEVELOPMENT), questions(release, file)
    away = [one for one in release.finder.examples() if one.kind == "away"]
    print(f"{len(examples)} examples, {len(asked)} questions of {file.name}")
    print(f"{'':24} first  among three  right at once  wrong  out of scope answered  microseconds  seconds to learn")
    for name, learn_from in APPROACHES.items():
        began = time.perf_counter()
        rank = learn_from([*examples, *away] if learn_from is ours else examples)
        seconds = time.perf_counter() - began
        row = measure(rank, asked, ANSWER if learn_from is ours else threshold(rank, tuning))
        print(
            f"{name:24} {row.first:5.1%}  {row.among_three:11.1%}  {row.right:13.1%}  {row.wrong:5.1%}"
            f"  {row.out_of_scope:21.1%}  {row.microseconds:12.0f}  {seconds:16.1f}"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else EVALUATION)
