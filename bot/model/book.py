"""What people may ask of the book of cases: whether a code printed on paper is ours, and who opened a case."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import EventKind


@dataclass(frozen=True, slots=True)
class Leaf:
    """The page of the book a printed code stands for: the number of its event, and when that happened."""

    event: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """Somebody saw what stands in a case: who and of which office (a unit's code), when, and the reason they gave."""

    case: str
    kind: EventKind
    at: datetime
    name: str
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class Look:
    """A case was opened: whose it is, when, and whether whoever looked had it in hand."""

    case: str
    person: int
    at: datetime
    held: bool
