"""An officer's day as the pages list it: cases in the order of work, a page at a time; and what became of what was sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.case import Case, Delivery, EventKind, Officer
from bot.model.day import PARTS, Part, SharedPart
from bot.store.cases import case_of_row, sight
from bot.store.database import Reads, Row
from bot.store.times import kept, moment

_ALL = -1
_WORST: Mapping[str, Delivery] = {
    "dead": "dead",
    "cancelled": "dead",
    "uncertain": "uncertain",
    "kept": "kept",
    "waiting": "waiting",
    "sending": "waiting",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
}
"""Of several letters the worst counts, in this order."""
_SENT_BY_US: tuple[EventKind, ...] = (
    "claimed",
    "released",
    "to-person",
    "to-worker",
    "waiting",
    "closed",
    "reopened",
    "transferred",
    "referred",
    "raised",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the day is asked for: whose (`officer`, their own only with `mine`), one part or all, which page from 0 on.

    `midnights` says by province when today ends there, `midnight` elsewhere.
    """

    officer: Officer
    now: datetime
    midnight: datetime
    midnights: Mapping[str, datetime] = field(default_factory=dict)
    mine: bool = False
    part: Part | None = None
    page: int = 0


async def page(reads: Reads, asked: Asked, size: int) -> tuple[tuple[Part, Case], ...]:
    """One page of the list, each case with its part; one more than `size` when there is a page after it."""
    part = PARTS.index(asked.part) if asked.part else _ALL
    cut = {"part": part, "limit": size + 1, "offset": asked.page * size}
    rows = await reads.rows("day", {**_asked(asked), **cut})
    return tuple((PARTS[row["part"]], case_of_row(reads, row)) for row in rows)


async def counts(reads: Reads, asked: Asked) -> dict[Part, int]:
    """How many stand in each part, the empty ones too."""
    found = {PARTS[row["part"]]: row["many"] for row in await reads.rows("day_counts", _asked(asked))}
    return {part: found.get(part, 0) for part in PARTS}


async def shared(reads: Reads, officer: Officer) -> tuple[SharedPart, ...]:
    """What other offices share with this officer's: what waits for an answer first, the oldest before the others."""
    return tuple(_shared(row) for row in await reads.rows("shared_with_unit", sight(officer.scope)))


def _shared(row: Row) -> SharedPart:
    since, answered = moment(row["changed_at"]), row["state"] == "answered"
    return SharedPart(row["id"], row["case_number"], row["form"], row["unit"], since, answered)


async def deliveries(reads: Reads, number: str, officer: Officer) -> dict[int, Delivery]:
    """What became of the letters that went out with an event, by its place in the case's book; the worst where there are several.

    What was sent long ago is not remembered any more, and stands for nothing here.
    """
    asked = {"number": number, "kinds": json.dumps(_SENT_BY_US), **sight(officer.scope)}
    found: dict[int, list[str]] = {}
    for row in await reads.rows("deliveries", asked):
        found.setdefault(row["place"], []).append(row["state"])
    return {place: _worst(states) for place, states in found.items()}


def _worst(states: list[str]) -> Delivery:
    """Of a template only that it went counts, while something waits that it announced."""
    letters = [one for one in states if one in _WORST]
    found: list[Delivery] = [worst for state, worst in _WORST.items() if state in letters]
    worst: Delivery = found[0] if found else "sent"
    return "announced" if worst == "kept" and "announced" in states else worst


def _asked(asked: Asked) -> dict[str, object]:
    ends = (asked.midnight, *asked.midnights.values())
    return {
        **sight(asked.officer.scope),
        "unit": asked.officer.unit,
        "now": kept(asked.now),
        "first_midnight": kept(min(ends)),
        "last_midnight": kept(max(ends)),
        "midnight": kept(asked.midnight),
        "midnights": json.dumps({province: kept(end) for province, end in asked.midnights.items()}),
        "mine": asked.mine,
    }
