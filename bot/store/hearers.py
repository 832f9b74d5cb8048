"""Who hears of a case: of those who see it the nearest level that has somebody there. The others find it in their lists."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from bot.casework.routing import lineage
from bot.model.case import Officer
from bot.store import people
from bot.store.cases import sight
from bot.store.database import Reads
from bot.store.people import Place
from bot.store.times import kept

Hearer = tuple[Officer, Place]


async def of_case(
    reads: Reads, number: str, unit: str, now: datetime, but: int = 0, holder: int = 0
) -> Sequence[Hearer]:
    """Who is told something of a case that waits at a unit: its `holder`, else the nearest level; never the person `but`.

    Who may not see the case hears nothing of it, whatever unit is named: it was moved on, or it is about them. Whom no chat
    reaches is not there; who is away is told only when nobody else is. Without a `number` it is no case's matter.
    """
    over = await _nearest(reads, unit, now, but)
    levels = [list(level) for _, level in groupby(over, key=lambda one: (one.away, one.unit))]
    for level in ([one for one in over if one.id == holder], *levels):
        if heard := await reached(reads, [one for one in level if await _sees(reads, number, one)]):
            return heard
    return ()


async def seeing(reads: Reads, number: str, unit: str, now: datetime) -> tuple[Officer, ...]:
    """Everybody at work who may see the case and can be told of it."""
    over = [one for one in await _nearest(reads, unit, now, but=0) if not one.away]
    return tuple(one for one, _ in await reached(reads, [one for one in over if await _sees(reads, number, one)]))


async def overseeing(reads: Reads, unit: str, now: datetime, but: int) -> tuple[Officer, ...]:
    """The nearest level over a unit where somebody who oversees others is at work and can be told; never the person `but`."""
    over = [one for one in await _nearest(reads, unit, now, but) if one.role != "officer" and not one.away]
    for _, level in groupby(over, key=lambda one: one.unit):
        if heard := await reached(reads, level):
            return tuple(one for one, _ in heard)
    return ()


async def _nearest(reads: Reads, unit: str, now: datetime, but: int) -> list[Officer]:
    rows = await reads.rows("officers_nearest", {"units": json.dumps(lineage(unit)), "now": kept(now), "but": but})
    return [
        Officer(row["id"], row["person_id"], row["name"], row["role"], row["unit"], bool(row["away"])) for row in rows
    ]


async def reached(reads: Reads, level: Iterable[Officer]) -> list[Hearer]:
    """Those some chat reaches, each with where they last wrote from."""
    found = [(one, await people.places_of_chat(reads, one.person)) for one in level]
    return [(one, places[0]) for one, places in found if places]


async def _sees(reads: Reads, number: str, officer: Officer) -> bool:
    return not number or await reads.row("sees_case", {"number": number, **sight(officer.scope)}) is not None
