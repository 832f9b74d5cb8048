"""An officer's list in the order of work: each case stands in one part, the most pressing that fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.model.case import Case
from bot.understanding.release import Release

Part = Literal["emergency", "overdue", "today", "new", "working", "waiting"]
PARTS: tuple[Part, ...] = ("emergency", "overdue", "today", "new", "working", "waiting")


@dataclass(frozen=True, slots=True)
class Row:
    """A case as listed: nothing of what was filled in."""

    case: Case
    title: str
    place: str
    zone: str


def part_of(case: Case, now: datetime, zone: str) -> Part:
    """Where in the list a case stands. While the person is waited for the clock does not run."""
    if case.urgency == "emergency":
        return "emergency"
    if case.state == "waiting":
        return "waiting"
    if case.due < now:
        return "overdue"
    if case.due.astimezone(ZoneInfo(zone)).date() == now.astimezone(ZoneInfo(zone)).date():
        return "today"
    return "new" if case.state == "new" else "working"


def parts(rows: Sequence[Row], now: datetime) -> list[tuple[Part, list[Row]]]:
    """The list in its parts, in order, the empty ones too: their count says that nothing is there."""
    found: dict[Part, list[Row]] = {part: [] for part in PARTS}
    for row in rows:
        found[part_of(row.case, now, row.zone)].append(row)
    return list(found.items())


def listed(cases: Iterable[Case], release: Release, language: str) -> list[Row]:
    """The cases as rows, in the order given."""
    return [row(case, release, language) for case in cases]


def row(case: Case, release: Release, language: str) -> Row:
    """A case with its form's name and its village, and the zone its clock runs in."""
    place = place_of(case.village or case.unit, release)
    return Row(case, release.title_of_form(case.form, language), place, release.zone(case.village))


def place_of(unit: str, release: Release) -> str:
    """A unit's name, short enough for a phone: a village with its district."""
    village = release.villages.get(unit)
    return f"{village.village}, {village.district}" if village else release.place(unit)
