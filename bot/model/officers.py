"""What is known of officers beyond their office."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.case import Urgency


@dataclass(frozen=True, slots=True)
class Behind:
    """A case that was left behind and waits for somebody still; `worker` 0 for none."""

    number: str
    person: int
    worker: int
    urgency: Urgency
    village: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An officer who left `many` cases behind in their unit; away until a moment, or None for good. `behind` are those that
    nobody has taken on since."""

    name: str
    unit: str
    many: int
    until: datetime | None = None
    behind: tuple[Behind, ...] = ()
