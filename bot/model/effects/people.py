"""What is noted of a person: what they were answered, whether it helped, of what they want to hear."""

from dataclasses import dataclass
from typing import Literal

from bot.model.broadcast import Reach
from bot.model.editions import Edition


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of a broadcast for the person it was brought to."""

    broadcast: int
    reach: Reach


@dataclass(frozen=True, slots=True)
class Answered:
    """A topic was answered: what, in which language, from which version of it, and for which edition of its facts."""

    topic: str
    language: str
    version: str
    edition: Edition


@dataclass(frozen=True, slots=True)
class Withheld:
    """An answer whose time is over was asked for and not stated: a task for the editors."""

    topic: str
    version: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of telling somebody that an answer they had has changed."""

    code: str
    state: Literal["told", "owed", "unreachable"]


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Tell this person when there is a new vacancy there; "" is any country, any sector."""

    country: str
    sector: str


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Tell this person of new vacancies no more."""


@dataclass(frozen=True, slots=True)
class Rated:
    """A person said whether an answer helped: in which language, and which version of it."""

    topic: str
    helped: bool
    language: str
    version: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question nobody could answer, for the editors, in our own words only; `offered` topics stood in its place."""

    text: str
    language: str
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meant:
    """Of the topics offered for such a question the person chose this one: then this is what they had meant."""

    text: str
    offered: tuple[str, ...]
    topic: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove what is kept of this person beyond their cases: the talk, what was remembered, what they wrote."""

    person: int


PersonEffect = Brought | Answered | Withheld | Corrected | Subscribe | Unsubscribe | Rated | Unanswered | Meant | Forget
