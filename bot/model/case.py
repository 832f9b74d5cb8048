"""A case: what a person handed in, who looks after it, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.model.messages import Attachment

State = Literal["new", "working", "waiting", "closed", "withdrawn"]
Urgency = Literal["emergency", "sensitive", "general"]
Role = Literal["officer", "coordinator", "ministry"]
EventKind = Literal[
    "opened",
    "claimed",
    "released",
    "to-person",
    "from-person",
    "note",
    "waiting",
    "closed",
    "reopened",
    "withdrawn",
    "rated",
    "revealed",
]


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody may see. `prefix` is the start of the unit codes in their care ("" is the whole country).

    The official codes nest (35.05.01.2001 lies in 35.05.01), so a scope is a prefix; a case waiting at the district
    ("35.05.01") does not start with a village's code and so is invisible to that village.
    """

    prefix: str

    def sees(self, unit: str) -> bool:
        """Whether a case waiting at this unit is in sight. Dots end a code's part: 35.05.1 does not hold 35.05.10."""
        return self.prefix in ("", unit) or unit.startswith(self.prefix + ".")


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who follows up: a village's officer, a coordinator of a district or regency, or the ministry."""

    id: int
    person: int
    name: str
    role: Role
    unit: str

    @property
    def scope(self) -> Scope:
        """What this officer may see."""
        return Scope(self.unit)


@dataclass(frozen=True, slots=True)
class Case:
    """One registration or complaint. `unit` is where it waits: a village, or a district for what must bypass the village.

    `number` is the sayable one with its check digit. `answers` and `media` are as filled in, by field id. `reachable`: the
    person has a chat in which they have not turned us away, as far as that was asked for.
    """

    number: str
    form: str
    kind: str
    urgency: Urgency
    unit: str
    village: str
    person: int
    opened: datetime
    due: datetime
    state: State = "new"
    officer: int = 0
    officer_name: str = ""
    outcome: str = ""
    version: int = 1
    closed: datetime | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, Attachment] = field(default_factory=dict)
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a case. The book of events only grows; each page holds the hash of the one before."""

    case: str
    kind: EventKind
    at: datetime
    by: int
    by_name: str = ""
    text: str = ""
    attachment: Attachment | None = None
