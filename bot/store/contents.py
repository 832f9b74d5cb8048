"""What a copy of the database holds, as it is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contents:
    """How many events the book has, and the numbers of the migrations the copy has seen."""

    events: int
    schema: tuple[int, ...]
