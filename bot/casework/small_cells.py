"""Counts that may be published: nobody can be found in them, not even by taking one table from another.

The rule, for everybody who reads a table: **no exact count leaves the house. Each is rounded down to a multiple of five, and
what is under five, also none at all, is shown by one and the same mark.** A total is rounded from the true sum, not summed
up from what is shown, so the difference of two numbers always leaves several counts possible. One corner remains, where
all parts of a total stand at the very top of their steps (five villages of four are twenty): there the total is shown one
step lower. A cell is rounded alike wherever it stands: as a row, as a total, in this month's report and in the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

STEP = 5
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, and what is shown of it: a multiple of `STEP`; 0 stands for the mark."""

    count: int = 0
    shown: int = 0

    @property
    def topped(self) -> bool:
        """Whether it is as large as what is shown allows."""
        return self.count - self.shown >= STEP - 1


def cell(count: int, parts: Sequence[Cell] = ()) -> Cell:
    """The cell of a count; `parts` are those of its parts that are published too and are not empty."""
    down = count - count % STEP
    told = bool(parts) and down == count and all(part.topped for part in parts)
    return Cell(count, max(0, down - STEP) if told else down)


def climb(counts: Mapping[str, int]) -> dict[str, Cell]:
    """The cell of every unit down to those counted, from their own counts by code; "" is the whole country.

    What waits at a district itself is a part of the district beside its villages.
    """
    levels: list[dict[str, list[Cell]]] = [{} for _ in range(_DEEPEST + 1)]
    for unit, count in counts.items():
        if count:
            levels[_depth(unit)][unit] = [cell(count)]
    found: dict[str, Cell] = {}
    for depth in range(_DEEPEST, -1, -1):
        for unit, parts in levels[depth].items():
            found[unit] = cell(sum(part.count for part in parts), _more_than_one(parts))
            if unit:
                levels[depth - 1].setdefault(unit.rpartition(".")[0], []).append(found[unit])
    return found


def _more_than_one(parts: Sequence[Cell]) -> Sequence[Cell]:
    """A unit with a single part is that part, and is rounded like it."""
    return parts if len(parts) > 1 else ()


def _depth(unit: str) -> int:
    """A village lies four deep, the country at none."""
    return unit.count(".") + 1 if unit else 0
