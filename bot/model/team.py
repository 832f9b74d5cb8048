"""Those who look after people, as whoever oversees their work sees them."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Case, Officer


@dataclass(frozen=True, slots=True)
class Member:
    """An officer, until when they are away (None: present), and how it stands with the cases they have taken on.

    `oldest` is when the one open longest was handed in.
    """

    officer: Officer
    away_until: datetime | None = None
    open: int = 0
    overdue: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class AskedHelp:
    """A case whose officer asks for help, and nobody above has answered yet."""

    number: str
    at: datetime
    officer: str


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody under somebody, who asks for help, how many cases nobody has taken on; the `cases` of the one named."""

    members: tuple[Member, ...] = ()
    asked: tuple[AskedHelp, ...] = ()
    waiting: int = 0
    cases: tuple[Case, ...] = ()

    def member(self, id: int) -> Member | None:
        """One of them."""
        return next((one for one in self.members if one.officer.id == id), None)
