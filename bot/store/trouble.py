"""What an operator must see: what waits too long, what was given up and may be sent once more."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.model.messages import Message
from bot.store.database import Reads, Transaction
from bot.store.post import NOTICE, UNASKED_FOR
from bot.store.times import kept, moment

Undeliverable = Literal["dead", "uncertain"]
OVERDUE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Found:
    """What a sweep found, each as a number: leases run out, sends due over 5 minutes ago, letters given up, cases past
    their due that nobody has taken on, cases that should have risen or been woken over 5 minutes ago, messages set aside, files
    of which no copy could be made."""

    expired_leases: int = 0
    overdue_sends: int = 0
    dead_sends: int = 0
    unclaimed_cases: int = 0
    overdue_cases: int = 0
    overslept_cases: int = 0
    set_aside: int = 0
    lost_files: int = 0

    def counts(self) -> dict[str, int]:
        """Each by its name."""
        return asdict(self)

    def __str__(self) -> str:
        return ", ".join(f"{many} {name.replace('_', ' ')}" for name, many in self.counts().items() if many)


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A letter given up, or one that may have arrived. `kind` says what it was: reply, notice or news."""

    row: int
    channel: str
    kind: str
    since: datetime
    error: str
    tries: int
    message: Message


async def find(reads: Reads, now: datetime) -> Found:
    """Look for trouble."""
    row = await reads.row("trouble", {"now": kept(now), "overdue": kept(now - OVERDUE)})
    return Found(*(row[name] for name in Found().counts())) if row else Found()


async def undelivered(reads: Reads, state: Undeliverable) -> list[Undelivered]:
    """The letters in this state, oldest first."""
    return [
        Undelivered(
            row["id"],
            row["channel"],
            _kind(row["priority"]),
            moment(row["created_at"]),
            row["error"] or "",
            row["attempts"],
            reads.seal.open(Message, row["message_sealed"]),
        )
        for row in await reads.rows("undelivered", {"state": state})
    ]


async def revive(tx: Transaction, state: Undeliverable, rows: Iterable[int], now: datetime) -> list[int]:
    """Let these wait to be sent again; those that are not in this state."""
    given = {"state": state, "now": kept(now)}
    listed = list(rows)
    await tx.many("unlink_pieces", [{"id": row} for row in listed])
    return [row for row in listed if await tx.run("revive", {**given, "id": row}) != 1]


async def bring_forward(tx: Transaction, now: datetime, after: timedelta, *, tried: bool) -> int:
    """What somebody waits for and is due later than `after` from now becomes due; how many. `tried`: also what was tried."""
    given = {"now": kept(now), "after": kept(now + after), "priority": NOTICE, "tried": int(tried)}
    return await tx.run("bring_forward", given)


def _kind(priority: int) -> str:
    return "news" if priority >= UNASKED_FOR else "notice" if priority >= NOTICE else "reply"
