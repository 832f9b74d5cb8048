"""What finding takes and gives: examples of what people say, and what a question leads to.

The index itself is in `index`, which needs numpy and a few seconds to learn: it is made at the first question, so that
commands which ask none need not wait for it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.understanding.index import Index

Kind = Literal["question", "keyword", "away"]


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """Terms somebody may say and the topic they ask for ("" is none of ours); `away`: they must not lead there.

    `text` is what the editor wrote.
    """

    topic: str
    terms: tuple[str, ...]
    kind: Kind = "question"
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Scored:
    """A topic and how probable it is that it is the one asked for, from 0 to 1."""

    topic: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a question leads to: a topic to answer with, or up to three to choose from, or neither."""

    topic: str
    candidates: tuple[Scored, ...]


@dataclass(frozen=True, eq=False)
class Finder:
    """Finds topics by examples, which it asks for and learns from at the first question."""

    examples: Callable[[], Sequence[Example]]

    def find(self, terms: Sequence[str], never: Collection[str] = ()) -> Found:
        """The decision for a question's terms; topics of `never` are out of the question."""
        return self.index.find(terms, never)

    @cached_property
    def index(self) -> "Index":
        """What the examples teach."""
        from bot.understanding.index import build  # noqa: PLC0415  brings numpy

        return build(self.examples())

    def recall(self, index: "Index") -> None:
        """Take in what the same examples taught before: it stands where `index` looks first."""
        vars(self)["index"] = index
