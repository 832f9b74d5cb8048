"""Which example questions collide: held out of the lessons, each would be answered with another topic."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.understanding.features import stems
from bot.understanding.index import build
from bot.understanding.search import Example

PARTS = 5
Never = Callable[[Sequence[str]], Collection[str]]


@dataclass(frozen=True, slots=True)
class Collision:
    """An example, the topic it was led to with this chance, and that topic's example that looks most like it."""

    example: Example
    topic: str
    chance: float
    alike: Example


def collisions(examples: Sequence[Example], never: Never) -> Iterator[Collision]:
    """All of them; the lessons are learnt anew for every fifth of each topic's questions."""
    parts = _parts(examples)
    for part in range(PARTS):
        held = [one for one in examples if parts.get(one.terms) == part and one.kind == "question"]
        index = build(one for one in examples if parts.get(one.terms) != part)
        for one in held:
            found = index.find(one.terms, never(one.terms))
            if found.topic and one.topic and found.topic != one.topic:
                yield Collision(one, found.topic, found.candidates[0].score, _alike(one, found.topic, examples))


def _parts(examples: Sequence[Example]) -> dict[tuple[str, ...], int]:
    """Which part each question is held out with: in turn, within its topic; the same words are held out together."""
    turn: Counter[str] = Counter()
    parts: dict[tuple[str, ...], int] = {}
    for one in examples:
        if one.kind == "question" and one.terms not in parts:
            parts[one.terms] = turn[one.topic] % PARTS
            turn[one.topic] += 1
    return parts


def _alike(example: Example, topic: str, examples: Sequence[Example]) -> Example:
    """Of a topic's examples the one that shares most of its words with this one."""
    said = stems(example.terms)

    def shared(other: Example) -> float:
        theirs = stems(other.terms)
        return len(said & theirs) / max(1, len(said | theirs))

    return max((one for one in examples if one.topic == topic and one.kind != "away"), key=shared)
