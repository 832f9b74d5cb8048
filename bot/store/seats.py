"""An officer's own seat, as they see it: each open session and how it is ended from elsewhere, and whether they are away."""

from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Reads, Transaction
from bot.store.officers import IDLE, LONGEST, hashed
from bot.store.times import kept, moment

_SHORT = 16


@dataclass(frozen=True, slots=True)
class Session:
    """An open session. `id` names it to its owner and opens nothing; `here` is the one that asks."""

    id: str
    begun: datetime
    seen: datetime
    here: bool


async def sessions(reads: Reads, officer: int, session: str, now: datetime) -> list[Session]:
    """An officer's open sessions, the last used first; `session` is the secret of the one that asks."""
    asked = {"officer": officer, "idle_since": kept(now - IDLE), "begun_since": kept(now - LONGEST)}
    here = hashed(session)
    return [
        Session(row["id_hash"][:_SHORT], moment(row["created_at"]), moment(row["seen_at"]), row["id_hash"] == here)
        for row in await reads.rows("sessions_of", asked)
    ]


async def end(tx: Transaction, officer: int, id: str, now: datetime) -> None:
    """End one of an officer's sessions; of somebody else's the id ends nothing."""
    await tx.run("end_session_of", {"officer": officer, "id": id, "now": kept(now)})


async def end_all(tx: Transaction, officer: int, now: datetime) -> None:
    """End all of an officer's sessions."""
    await tx.run("end_sessions_of", {"officer": officer, "now": kept(now)})


async def away_until(reads: Reads, officer: int, now: datetime) -> datetime | None:
    """When an officer who is away is back; None of one who is there."""
    row = await reads.row("away_until", {"officer": officer, "now": kept(now)})
    return moment(row["away_until"]) if row else None
