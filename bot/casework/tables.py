"""The statistics as tables of what may be shown: by unit, by month, and how long people waited."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.casework.small_cells import STEP, Cell, cell, climb
from bot.casework.states import OUTCOMES
from bot.model.case import Scope
from bot.model.report import Counted, Waited

URGENCIES = ("emergency", "sensitive", "general")
FATES = (*OUTCOMES, "withdrawn", "open")
OTHERS = "others"
"""The name of the line that stands for all units too small for one of their own."""
_HOUR, _DAY = 60, 24 * 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line: of a unit, a month, or `OTHERS`. Numbers by measure; 0 stands for "under five".

    `half` and `most`: after how many minutes half and nine tenths had a first answer; 0 when too few had one.
    """

    name: str
    numbers: Mapping[str, int]
    half: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Lines and their total. `others` is the line of all that have none of their own, if there are any."""

    lines: Sequence[Line]
    total: Line
    others: Line | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts as they are, by measure and unit, and the cells that follow from them."""

    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def cells(self, measure: str) -> dict[str, Cell]:
        """The cell of every unit."""
        return climb(self.counts.get(measure, {}))

    def own(self, measure: str, unit: str) -> Cell:
        """What waits at a unit itself."""
        return cell(self.counts.get(measure, {}).get(unit, 0))


def measures(kinds: Iterable[str]) -> list[str]:
    """All that is counted, in the order of the tables."""
    by_kind = [f"kind:{one}" for one in kinds]
    by_urgency = [f"urgency:{one}" for one in URGENCIES]
    return ["opened", "open", "overdue", *by_urgency, *(f"fate:{one}" for one in FATES[:-1]), *by_kind]


def tally(counted: Iterable[Counted]) -> Tally:
    """Add up what was counted, for each thing asked of it."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in counted:
        for measure in _measures_of(one):
            counts[measure][one.unit] += one.count
    return Tally(counts)


def by_unit(counted: Sequence[Counted], unit: str, asked: Sequence[str], waited: Mapping[str, Waited]) -> Table:
    """The places one level below a unit, and what waits at the unit itself; those too small for a line stand together."""
    added = tally(counted)
    cells = {measure: added.cells(measure) for measure in asked}
    found = {measure: _rows(added, cells[measure], measure, unit) for measure in asked}
    names = {name for rows in found.values() for name in rows}
    large = {name for name in names if found["opened"].get(name, Cell()).shown}
    lines = [timed(_line(name, found), waited.get(name)) for name in sorted(large)]
    total = Line(unit, {measure: cells[measure].get(unit, Cell()).shown for measure in asked})
    return Table(lines, total, _others(found, names - large) if names - large else None)


def by_month(counted: Sequence[Counted], unit: str, asked: Sequence[str], months: Sequence[str]) -> list[Line]:
    """A unit as a whole, month by month, those without anything too."""
    of_month: dict[str, list[Counted]] = defaultdict(list)
    for one in counted:
        of_month[one.month].append(one)
    lines = []
    for month in months:
        added = tally(of_month[month])
        lines.append(Line(month, {measure: added.cells(measure).get(unit, Cell()).shown for measure in asked}))
    return lines


def below(unit: str, code: str) -> str:
    """The place one level below a unit in which a code lies; the unit itself for its own code."""
    depth = unit.count(".") + 2 if unit else 1
    return ".".join(code.split(".")[:depth])


def timed(line: Line, waited: Waited | None) -> Line:
    """The line with how long people waited."""
    half, most = waiting_time(waited or Waited())
    return replace(line, half=half, most=most)


def waiting_time(waited: Waited) -> tuple[int, int]:
    """The two times as shown, in minutes, rounded up to something one can say; 0 when fewer than five had an answer."""
    return (0, 0) if waited.count < STEP else (_said(waited.half), _said(waited.most))


def _said(minutes: float) -> int:
    """To 5 minutes, from an hour on to the hour, from two days on to the day."""
    unit = 5 if minutes < _HOUR else _HOUR if minutes < 2 * _DAY else _DAY
    return max(unit, math.ceil(minutes / unit) * unit)


def _rows(added: Tally, cells: Mapping[str, Cell], measure: str, unit: str) -> dict[str, Cell]:
    """The cells one level below a unit, and the unit's own."""
    inside, depth = Scope(unit), unit.count(".") + 1 if unit else 0
    children = {
        name: one for name, one in cells.items() if name.count(".") == depth and name != unit and inside.sees(name)
    }
    own = added.own(measure, unit) if not _is_village(unit) else Cell()
    return {**children, **({unit: own} if own.count else {})}


def _is_village(unit: str) -> bool:
    """Below a village there is nothing, and so nothing beside it either."""
    return unit.count(".") == 3


def _line(name: str, found: Mapping[str, Mapping[str, Cell]]) -> Line:
    return Line(name, {measure: cells.get(name, Cell()).shown for measure, cells in found.items()})


def _others(found: Mapping[str, Mapping[str, Cell]], names: Collection[str]) -> Line:
    """All of them as one place."""
    numbers = {}
    for measure, cells in found.items():
        parts = [cells[name] for name in names if name in cells]
        numbers[measure] = cell(sum(part.count for part in parts), parts if len(parts) > 1 else ()).shown
    return Line(OTHERS, numbers)


def _measures_of(one: Counted) -> tuple[str, ...]:
    always = ("opened", f"kind:{one.kind}", f"urgency:{one.urgency}")
    if one.fate != "open":
        return (*always, f"fate:{one.fate}")
    return (*always, "open", "overdue") if one.late else (*always, "open")
