"""What the statistics are made of: counts as they are. They are not for showing: `casework/small_cells.py` says what is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counted:
    """So many cases alike. `month` is when they were handed in ("2026-11"), `fate` an outcome, "withdrawn" or "open".

    `late`: open, and the limit has passed.
    """

    unit: str
    month: str
    kind: str
    urgency: str
    fate: str
    late: bool
    count: int


@dataclass(frozen=True, slots=True)
class Waited:
    """How long people waited for a first answer: of so many, half and nine tenths waited this long at most, in minutes."""

    count: int = 0
    half: float = 0.0
    most: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a topic was answered, and how often that helped or did not."""

    topic: str
    answered: int
    helped: int
    not_helped: int


@dataclass(frozen=True, slots=True)
class Messages:
    """So many messages of a month ("2026-11"), by category and by how the platform charges them ("" while it has not said so)."""

    month: str
    category: str
    billing: str
    many: int
