"""What is done to a case: opened, moved, shared, entered on paper, joined by its worker, kept behind a word."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Case, Event, Officer
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
    """Put a case into the book and into its unit's queue. Without a consent no case can be stored.

    `phones` are the telephone numbers given in it, made alike (casework/phones.py): kept only so as to be known again.
    """

    case: Case
    consent: Consent
    phones: tuple[str, ...] = ()


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
class SetCode:
    """The word whoever wrote will be asked for when they come back to this case; "" for none any more."""

    case: str
    word: str


@dataclass(frozen=True, slots=True)
class CodeTried:
    """Whoever wrote gave a code word, right or wrong."""

    right: bool


@dataclass(frozen=True, slots=True)
class EnterCase:
    """Put down a case for somebody without a phone, who is new to us. Of the secret number on their paper only a hash is kept."""

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


CaseEffect = (
    OpenCase
    | Act
    | Refer
    | InviteWorker
    | WorkerJoined
    | SetCode
    | CodeTried
    | EnterCase
    | GivePaper
    | TriedPaper
    | LinkCase
)
