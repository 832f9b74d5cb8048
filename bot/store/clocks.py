"""Cases whose time has come: which, and to what; nothing of what they say."""

from dataclasses import dataclass
from datetime import datetime

from bot.casework.clocks import Stage
from bot.model.case import Urgency
from bot.store.database import Reads
from bot.store.times import kept


@dataclass(frozen=True, slots=True)
class Passed:
    """A case and what its time has brought it to. `version` makes it one and the same: the next act is another."""

    number: str
    stage: Stage
    unit: str
    urgency: Urgency
    officer: int
    raised_to: str | None
    version: int


async def passed(reads: Reads, now: datetime, beyond: datetime) -> tuple[Passed, ...]:
    """All of them, emergencies first. No emergency can be due after `beyond`: one that is rises at once."""
    rows = await reads.rows("passed", {"now": kept(now), "beyond": kept(beyond)})
    return tuple(
        Passed(
            row["number"], row["stage"], row["unit"], row["urgency"], row["officer"], row["raised_to"], row["version"]
        )
        for row in rows
    )
