"""What an officer's morning digest counts, beside the parts of their day."""

from collections.abc import Sequence
from datetime import datetime

from bot.model.case import Officer, Scope
from bot.model.day import OfVillage
from bot.store.cases import sight
from bot.store.database import Reads
from bot.store.times import kept

OLDEST, VILLAGES = 3, 6


async def oldest(reads: Reads, scope: Scope) -> tuple[str, ...]:
    """The numbers of the three cases that have been open longest."""
    rows = await reads.rows("oldest_open", {**sight(scope), "limit": OLDEST})
    return tuple(row["number"] for row in rows)


async def by_village(reads: Reads, scope: Scope, now: datetime) -> tuple[OfVillage, ...]:
    """How much is open in each village, and how much of it is late; the six worst."""
    rows = await reads.rows("open_by_village", {**sight(scope), "now": kept(now), "limit": VILLAGES})
    return tuple(OfVillage(row["village"], row["open"], row["late"]) for row in rows)


async def to_brief(reads: Reads, now: datetime) -> Sequence[Officer]:
    """Every officer who is not away."""
    rows = await reads.rows("officers_to_brief", {"now": kept(now)})
    return [Officer(row["id"], row["person_id"], row["name"], row["role"], row["unit"]) for row in rows]
