"""An officer's day: the parts of the list, which of it is looked at, and a page of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.model.case import Case

Part = Literal["emergency", "raised", "overdue", "today", "new", "working", "waiting", "practice"]
PAGE = 8
"""Cases on a page of the list in a chat."""
PARTS: tuple[Part, ...] = ("emergency", "raised", "overdue", "today", "new", "working", "waiting", "practice")


@dataclass(frozen=True, slots=True)
class View:
    """What of the day is looked at: one's own only (`mine`), one part or all, which page from 0 on."""

    mine: bool = False
    part: Part | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class OfVillage:
    """How much is open in a village (its code), and how much of it is late."""

    village: str
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What an officer's morning begins with beside the day's counts: what is open longest, and how the villages stand."""

    oldest: tuple[str, ...] = ()
    villages: tuple[OfVillage, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedPart:
    """A part of a case another office has shown to the officer's; `unit` is where the case is looked after, `answered` whether
    somebody has written to them about it."""

    id: int
    number: str
    form: str
    unit: str
    since: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A page of the list in the order of work, how many stand in each part, whether a page follows; and what others share.

    Pretend cases are a part of their own at the end, and are in no number of what waits (`waits`).
    """

    counts: Mapping[Part, int] = field(default_factory=dict)
    listed: tuple[tuple[Part, Case], ...] = ()
    more: bool = False
    shared: tuple[SharedPart, ...] = ()

    @property
    def waits(self) -> int:
        """How many real cases are open."""
        return sum(many for part, many in self.counts.items() if part != "practice")
