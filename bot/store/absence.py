"""Officers who are away, or in office no more: their cases wait for others, and those over them hear of it once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.case import Event, Scope
from bot.model.messages import THE_CLOCK
from bot.model.officers import Behind, Gone
from bot.store import cases
from bot.store.database import Reads, Row, Transaction
from bot.store.times import kept, moment

_LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Left:
    """An officer who left cases behind, and when."""

    officer: int
    at: str


async def leave(tx: Transaction, officer: int, until: datetime | None, at: datetime) -> bool:
    """Away until a moment, and what they hold goes back; None for back again. False when they are not in office."""
    changed = await tx.run("be_away", {"id": officer, "until": kept(until) if until else None})
    if changed and until:
        await give_back(tx, officer, at)
    return changed == 1


async def give_back(tx: Transaction, officer: int, at: datetime) -> None:
    """All they hold waits for others again; the clock takes up what waited for its person."""
    given = await tx.rows("give_back", {"id": officer})
    for row in given:
        await cases.write(tx, Event(row["number"], "released", at, 0))
    if given:
        await tx.run("gave_back", {"id": officer, "many": len(given), "at": kept(at)})


async def gone_lately(reads: Reads, now: datetime) -> Sequence[Left]:
    """Those of whom nobody has been told yet."""
    by_the_clock = {"channel": THE_CLOCK.channel, "account": THE_CLOCK.account}
    rows = await reads.rows("gone_lately", {"since": kept(now - _LATELY), "now": kept(now), **by_the_clock})
    return [Left(row["id"], row["left_at"]) for row in rows]


async def gone(reads: Reads, officer: int) -> Gone | None:
    """Who left cases behind; None when they did not."""
    row = await reads.row("gone", {"id": officer})
    if row is None:
        return None
    away = moment(row["away_until"]) if row["away_until"] and not row["revoked_at"] else None
    given = {"at": row["left_at"], **cases.sight(Scope(row["unit"]))}
    behind = tuple(_behind(one) for one in await reads.rows("left_behind", given))
    return Gone(row["name"], row["unit"], row["gave_back"], away, behind)


def _behind(row: Row) -> Behind:
    return Behind(row["number"], row["person_id"], row["worker_id"] or 0, row["urgency"], row["village"])
