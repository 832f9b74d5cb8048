"""A case: what a person handed in, who looks after it, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.model.contact import Contact
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
    "warned",
    "raised",
    "snoozed",
    "woken",
    "transferred",
    "referred",
    "referral-answered",
    "merged",
    "unmerged",
    "asked-help",
    "asked-who-read",
    "entered",
    "paper",
    "linked",
    "from-worker",
    "to-worker",
    "exported",
    "contact",
    "joined",
    "parted",
    "number-changed",
]
Clock = Literal["running", "paused", "stopped"]
Delivery = Literal["sent", "delivered", "read", "waiting", "announced", "kept", "uncertain", "dead"]
"""What became of the letters that went out with an event."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody may see. `prefix` is the start of the unit codes in their care ("" is the whole country).

    The official codes nest (35.05.01.2001 lies in 35.05.01), so a scope is a prefix; a case waiting at the district
    ("35.05.01") does not start with a village's code and so is invisible to that village. `officer` is who looks: a
    pretend case is seen by its own officer alone.
    """

    prefix: str
    officer: int = 0

    @property
    def beyond(self) -> str:
        """The first text after all codes in sight: "/" follows "." and comes before every digit."""
        return f"{self.prefix}/" if self.prefix else "~"

    def sees(self, unit: str) -> bool:
        """Whether a case waiting at this unit is in sight. Dots end a code's part: 35.05.1 does not hold 35.05.10."""
        return self.prefix in ("", unit) or unit.startswith(self.prefix + ".")


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who follows up: a village's officer, a coordinator of a district or regency, or the ministry.

    `away`: absent today. `cap`: how many open cases they take on at most; None for as many as the rules say.
    """

    id: int
    person: int
    name: str
    role: Role
    unit: str
    away: bool = False
    cap: int | None = None

    @property
    def scope(self) -> Scope:
        """What this officer may see."""
        return Scope(self.unit, self.id)


@dataclass(frozen=True, slots=True)
class Case:
    """One registration or complaint. `unit` is where it waits: a village, or a district for what must bypass the village.

    `number` is the sayable one with its check digit. `answers` and `media` are as filled in, by field id. `reachable`: the
    person has a chat in which they have not turned us away, as far as that was asked for.

    `due` is by when somebody must act while the `clock` runs; `left` are the minutes of the limit that remain while it is
    paused; `warn` is when three quarters are over, None once told. `raised_to` is the unit that must act since a limit
    passed; while somebody has answered since the person wrote (`answered`) the longer limit runs. The unit `barred` may never
    get it. `worker` is who it is about when somebody else reports and both write;
    `entered_by` the officer who wrote it down; `practice_of` whose pretend case it is; `merged_into` where the work goes on.
    `plan` is how its person may be written to, `worker_plan` how the worker; `code_word` and `pin`: whether
    one is asked for (only hashes are kept).
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
    clock: Clock = "running"
    warn: datetime | None = None
    left: int = 0
    raised_to: str | None = None
    snoozed: datetime | None = None
    answered: bool = False
    barred: str = ""
    worker: int = 0
    entered_by: int = 0
    practice_of: int = 0
    merged_into: str = ""
    plan: Contact | None = None
    worker_plan: Contact | None = None
    code_word: bool = False
    pin: bool = False


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
