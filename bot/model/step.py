"""What follows from one message: the new conversation, what is said, and what is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.model.broadcast import Reach
from bot.model.case import Case, Event, Officer, Role
from bot.model.conversation import Conversation
from bot.model.editions import Edition
from bot.model.messages import Reply
from bot.model.referral import Referral


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
class Refer:
    """Keep where a referral stands, if it still is in the state `before` ("" is a new one), and an event in its case's book."""

    referral: Referral
    before: str = ""
    event: Event | None = None


@dataclass(frozen=True, slots=True)
class TellPerson:
    """Say something to another person than the one who wrote, as their plan allows. With `talking` their next words go to
    that case. It is about the `case`, else the one talked in, else the one whose number is said. Not before `later`, if given.
    """

    person: int
    reply: Reply
    talking: str = ""
    case: str = ""
    later: datetime | None = None

    @property
    def about(self) -> str:
        """The number of the case it is about; "" for none."""
        return self.case or self.talking.strip("-") or str(self.reply.facts.get("number", ""))


@dataclass(frozen=True, slots=True)
class ShowKept:
    """Show whoever wrote what was kept back from them about this case: they have come back to it of their own accord."""

    case: str


@dataclass(frozen=True, slots=True)
class InviteWorker:
    """Whoever writes this code from a phone of their own may become the worker in a case, until it expires."""

    case: str
    code: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class WorkerJoined:
    """The worker is in the case: its codes are used up."""

    case: str


@dataclass(frozen=True, slots=True)
class ClearChat:
    """Take what we lately sent out of the chat it was written from, as far as the channel can."""


@dataclass(frozen=True, slots=True)
class SetCode:
    """The word whoever wrote will be asked for when they come back to this case; "" for none any more."""

    case: str
    word: str


@dataclass(frozen=True, slots=True)
class CodeTried:
    """Whoever wrote gave a code word, right or wrong."""

    right: bool


@dataclass(frozen=True, slots=True)
class TellOfficers:
    """Say something to the officer who holds a case, or, while nobody does (`holder` 0), to the nearest level over its unit that
    has somebody there. Of the case whose number is said nobody hears who may not see it (store/hearers.py)."""

    unit: str
    reply: Reply
    holder: int = 0


@dataclass(frozen=True, slots=True)
class EnterCase:
    """Put down a case for somebody without a phone, who is new to us; the secret number is for their paper, only its hash is kept."""

    opening: OpenCase
    officer: Officer
    pin: str


@dataclass(frozen=True, slots=True)
class GivePaper:
    """Give a case a new secret number; the old one is void."""

    number: str
    pin: str


@dataclass(frozen=True, slots=True)
class TriedPaper:
    """Somebody tried a secret number: a wrong one counts against the case, whoever tried."""

    number: str
    right: bool


@dataclass(frozen=True, slots=True)
class LinkCase:
    """A case entered by an officer becomes that of this person, who holds its paper (`id` of `Standing`)."""

    number: str
    paper: str
    person: int


@dataclass(frozen=True, slots=True)
class TellThese:
    """Say something to these officers; not before some moment, if one is given."""

    officers: tuple[Officer, ...]
    reply: Reply
    later: datetime | None = None


@dataclass(frozen=True, slots=True)
class TellAbove:
    """Say something of an officer to whoever looks after their work, the nearest level that has somebody; once a day."""

    officer: Officer
    reply: Reply
    at: datetime


@dataclass(frozen=True, slots=True)
class RefusedLook:
    """This officer asked for a case that is not in their sight. When it is the `most`-th time within an hour, whoever looks after
    their work hears `word`; 0 is never."""

    officer: Officer
    most: int
    word: Reply


@dataclass(frozen=True, slots=True)
class Appoint:
    """Make the person who wrote the officer an invitation names; the invitation is used up."""

    officer: Officer
    person: int


@dataclass(frozen=True, slots=True)
class Leave:
    """This officer is away until a moment, and gives back what they hold; None: they are back."""

    officer: Officer
    until: datetime | None


@dataclass(frozen=True, slots=True)
class GiveLogin:
    """Let this officer into the web pages once, with this secret (only its hash is kept)."""

    officer: int
    token: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class SetCap:
    """How many open cases an officer takes on at most."""

    officer: int
    cap: int


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
    | Refer
    | TellPerson
    | ShowKept
    | ClearChat
    | InviteWorker
    | WorkerJoined
    | SetCode
    | CodeTried
    | TellOfficers
    | TellThese
    | TellAbove
    | RefusedLook
    | EnterCase
    | GivePaper
    | TriedPaper
    | LinkCase
    | Appoint
    | Leave
    | GiveLogin
    | SetCap
    | Brought
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
