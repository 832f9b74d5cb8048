"""What is said to others than the one who wrote, and what becomes of what was said before."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Officer
from bot.model.messages import Reply


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
class ClearChat:
    """Take what we lately sent out of the chat it was written from, as far as the channel can."""


@dataclass(frozen=True, slots=True)
class TellBeside:
    """Say something in the other chats of whoever wrote, without a sound. `gently`: where a plan of theirs forbids to write
    first, it waits until they come back to that case."""

    reply: Reply
    gently: bool = False


@dataclass(frozen=True, slots=True)
class TellOfficers:
    """Say something to the officer who holds a case, or, while nobody does (`holder` 0), to the nearest level over its unit that
    has somebody there. Of the case whose number is said nobody hears who may not see it (store/hearers.py)."""

    unit: str
    reply: Reply
    holder: int = 0


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


Telling = TellPerson | ShowKept | ClearChat | TellBeside | TellOfficers | TellThese | TellAbove | RefusedLook
