"""An edition of an answer: what it said in facts, whatever the words and the language."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """A topic as answered for these countries (ids with commas between) and this sector, with the code of its facts.

    `changes` is how many edits of meaning the topic had seen by then.
    """

    code: str
    topic: str
    country: str = ""
    sector: str = ""
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """An edition we have given to somebody, and since when it is no longer what we say."""

    edition: Edition
    first: datetime
    ended: datetime | None = None
