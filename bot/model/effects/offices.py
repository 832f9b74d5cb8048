"""What becomes of officers: appointed, away, let into the pages."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Case, Officer, Role


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
class Invite:
    """An officer-to-be, as `officer invite` writes it; not an effect of a talk but of a command."""

    name: str
    role: Role
    unit: str


@dataclass(frozen=True, slots=True)
class BeginPractice:
    """Put pretend cases before this officer, for this round of training; each with a person made for it."""

    officer: int
    round: int
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class EndPractice:
    """Erase this officer's pretend cases, their people and what happened to them."""

    officer: int
    round: int


OfficeEffect = Appoint | Leave | GiveLogin | SetCap | BeginPractice | EndPractice
