"""An officer's day: the parts of the list, which of it is looked at, and a page of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.model.case import Case

Part = Literal["emergency", "raised", "overdue", "today", "new", "working", "waiting"]
PAGE = 8
"""Cases on a page of the list in a chat."""
PARTS: tuple[Part, ...] = ("emergency", "raised", "overdue", "today", "new", "working", "waiting")


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
class Day:
    """A page of the list in the order of work, how many stand in each part, and whether a page follows."""

    counts: Mapping[Part, int] = field(default_factory=dict)
    listed: tuple[tuple[Part, Case], ...] = ()
    more: bool = False
