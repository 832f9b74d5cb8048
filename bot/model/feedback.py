"""What people tell us without meaning to: what we could not answer, what did not help, what we had to withhold."""

from dataclasses import dataclass
from datetime import datetime

HIDDEN, NUMBER = "…", "#"
"""What stands in a kept question for words we do not know ourselves, and for a number."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as kept for the editors, and how often it came in these words.

    `offered` are the topics proposed in its place; `meant` is the one of them then chosen, "" when none was.
    """

    text: str
    language: str
    times: int
    first: datetime
    last: datetime
    offered: tuple[str, ...] = ()
    meant: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """How often one version of an answer helped in a language, and how often not."""

    topic: str
    language: str
    version: str
    helped: int
    not_helped: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """An answer whose time is over: how often it was asked for all the same, and since when."""

    topic: str
    asked: int
    first: datetime
    last: datetime
