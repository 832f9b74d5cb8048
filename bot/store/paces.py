"""How fast the whole fleet writes to a platform: whoever takes letters takes their places in its line with them.

One place after the other for each account; a chat's allowance grows with time up to its burst, no more. All of it by the
server's clock; only when a letter is due is kept by the worker's, which is so much `ahead`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.model.limits import Limit, Limits
from bot.model.messages import Address
from bot.store import server_clock
from bot.store.database import Reads, Row, Transaction
from bot.store.times import kept

LONGEST_HOLD = timedelta(seconds=0.2)
"""Whoever must rest longer gives up its place."""
LONGEST_LINE = timedelta(seconds=20)
"""Who would stand behind so many waits in the outbox: a lease is no place to wait."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A letter whose chat may be written to from then on (seconds of the epoch)."""

    row: Row
    begins: float


async def places(
    tx: Transaction, rows: Sequence[Row], now: datetime, limits: Limits, ahead: timedelta = timedelta(0)
) -> Mapping[int, float]:
    """In how many seconds each of these may go, by its id. Those not named wait in the outbox until their time has come."""
    ready = await _rested(tx, rows, now, limits, ahead)
    going = {one.row["id"]: now for one in ready if one.row["channel"] not in limits}
    for account in sorted({_account(one.row) for one in ready if one.row["channel"] in limits}):
        some = [one for one in ready if _account(one.row) == account]
        going |= await _in_line(tx, Address(*account, ""), some, now, limits[account[0]], ahead)
    return {id: (goes - now).total_seconds() for id, goes in going.items()}


async def pause(tx: Transaction, address: Address, seconds: float) -> None:
    """The account was asked to be quiet so long."""
    until = (await server_clock.now(tx)).timestamp() + seconds
    await tx.run("pause_account", {"channel": address.channel, "account": address.account, "until": until})


async def paused(reads: Reads, address: Address) -> float:
    """Seconds for which the account is still to be left alone, whichever worker was asked so."""
    row = await reads.row("paused", {"channel": address.channel, "account": address.account})
    return max(0.0, float(row["seconds"])) if row else 0.0


def _account(row: Row) -> tuple[str, str]:
    return row["channel"], row["account"]


async def _rested(
    tx: Transaction, rows: Sequence[Row], now: datetime, limits: Limits, ahead: timedelta
) -> list[_Ready]:
    """Those whose chats may be written to. The first of the others is put off, and what stands behind it waits for it."""
    free = await _chats(tx, [row["address_id"] for row in rows if row["channel"] in limits])
    used: dict[int, float] = {}
    resting: set[int] = set()
    ready = []
    for row in rows:
        chat, limit = row["address_id"], limits.get(row["channel"])
        if chat in resting:
            continue
        next = _next(used.get(chat, free.get(chat, 0.0)), limit, now.timestamp()) if limit else 0.0
        if next > (now + LONGEST_HOLD).timestamp():
            resting.add(chat)
            await tx.run("rest_until", {"id": row["id"], "due": kept(_moment(next) + ahead)})
            continue
        if limit:
            used[chat] = next
        ready.append(_Ready(row, next))
    await tx.many("chat_is_free", [{"id": chat, "free": next} for chat, next in used.items()])
    return ready


async def _chats(tx: Transaction, chats: Sequence[int]) -> dict[int, float]:
    rows = await tx.rows("chats_free", {"chats": json.dumps(sorted(set(chats)))}) if chats else []
    return {row["id"]: row["free_at"] for row in rows}


def _next(free: float, limit: Limit, now: float) -> float:
    """When a chat's next message may go; long rest allows a burst, no more."""
    return max(free, now - limit.burst * limit.chat_seconds) + limit.chat_seconds


async def _in_line(
    tx: Transaction, account: Address, some: Sequence[_Ready], now: datetime, limit: Limit, ahead: timedelta
) -> dict[int, datetime]:
    """Their places in the account's line; where it is too long all wait for its end."""
    asked = {"channel": account.channel, "account": account.account}
    row = await tx.row("account_free", {**asked, "now": now.timestamp()})
    begins = max(now, _moment(row["free_at"])) if row else now
    if begins > now + LONGEST_LINE:
        await tx.many("rest_until", [{"id": one.row["id"], "due": kept(begins + ahead)} for one in some])
        return {}
    each = timedelta(seconds=1.0 / limit.per_second)
    await tx.run("account_is_free", {**asked, "free": (begins + len(some) * each).timestamp()})
    return {one.row["id"]: max(begins + n * each, _moment(one.begins)) for n, one in enumerate(some)}


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
