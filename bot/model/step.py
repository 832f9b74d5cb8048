"""What follows from one message: the new conversation, what is said, and what is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.model.case import Case, Event, Officer, Role
from bot.model.conversation import Conversation
from bot.model.editions import Edition
from bot.model.messages import Reply


@dataclass(frozen=True, slots=True)
class Consent:
    """The proof that somebody agreed: to which words, when, in which language. The hash is of the words shown."""

    form: str
    language: str
    given: datetime
    words: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Put a case into the book and into its unit's queue. Without a consent no case can be stored."""

    case: Case
    consent: Consent


@dataclass(frozen=True, slots=True)
class Act:
    """Write an event into a case's book and let the case become what follows, if it still is as it was (`case.version`).

    What may change: urgency, unit, due, state, officer, outcome, and all that stands after `closed` in `Case` but the words
    and papers.
    """

    case: Case
    event: Event
    becomes: Case | None = None

    @property
    def after(self) -> Case:
        """The case as it stands afterwards."""
        return self.becomes or self.case


@dataclass(frozen=True, slots=True)
class TellPerson:
    """Say something to another person than the one who wrote. With `talking` their next words go to that case."""

    person: int
    reply: Reply
    talking: str = ""


@dataclass(frozen=True, slots=True)
class TellOfficers:
    """Say something to the officer who holds a case, or, while nobody does (`holder` 0), to all who see its unit."""

    unit: str
    reply: Reply
    holder: int = 0


@dataclass(frozen=True, slots=True)
class Appoint:
    """Make the person who wrote the officer an invitation names; the invitation is used up."""

    officer: Officer
    person: int


@dataclass(frozen=True, slots=True)
class GiveLogin:
    """Let this officer into the web pages once, with this secret (only its hash is kept)."""

    officer: int
    token: str
    expires: datetime


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
class Invite:
    """An officer-to-be, as `officer invite` writes it; not an effect of a talk but of a command."""

    name: str
    role: Role
    unit: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove what is kept of this person beyond their cases: the talk, what was remembered, what they wrote."""

    person: int


Effect = (
    OpenCase
    | Act
    | TellPerson
    | TellOfficers
    | Appoint
    | GiveLogin
    | Answered
    | Withheld
    | Corrected
    | Rated
    | Unanswered
    | Meant
    | Subscribe
    | Unsubscribe
    | Forget
)


@dataclass(frozen=True, slots=True)
class Step:
    """All that follows from one message, as plain values."""

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


Facts = Mapping[str, object]
