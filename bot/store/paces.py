"""How fast the whole fleet writes to a platform: whoever takes letters takes their places in its line with them.

One place after the other for each account; a chat's allowance grows with time up to its burst, no more.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.model.limits import Limit, Limits
from bot.model.messages import Address
from bot.store.database import Row, Transaction
from bot.store.times import kept

LONGEST_HOLD = timedelta(seconds=0.2)
"""Whoever must rest longer gives up its place."""
LONGEST_LINE = timedelta(seconds=20)
"""Who would stand behind so many waits in the outbox: a lease is no place to wait."""


async def places(tx: Transaction, rows: Sequence[Row], now: datetime, limits: Limits) -> Mapping[int, datetime]:
    """When each of these may go, by its id. Those that are not named wait in the outbox until their time has come."""
    ready = await _rested(tx, rows, now, limits)
    going = {row["id"]: now for row in ready if row["channel"] not in limits}
    for account in sorted({(row["channel"], row["account"]) for row in ready if row["channel"] in limits}):
        some = [row for row in ready if (row["channel"], row["account"]) == account]
        going |= await _in_line(tx, Address(*account, ""), some, now, limits[account[0]])
    return going


async def pause(tx: Transaction, address: Address, until: datetime) -> None:
    """The account was asked to be quiet so long."""
    await tx.run("pause_account", {"channel": address.channel, "account": address.account, "until": until.timestamp()})


async def _rested(tx: Transaction, rows: Sequence[Row], now: datetime, limits: Limits) -> list[Row]:
    """Those whose chats may be written to. The first of the others is put off, and what stands behind it waits for it."""
    free = await _chats(tx, [row["address_id"] for row in rows if row["channel"] in limits])
    used: dict[int, float] = {}
    resting: set[int] = set()
    ready = []
    for row in rows:
        chat, limit = row["address_id"], limits.get(row["channel"])
        if chat in resting:
            continue
        if limit:
            next = _next(used.get(chat, free.get(chat, 0.0)), limit, now.timestamp())
            if next > (now + LONGEST_HOLD).timestamp():
                resting.add(chat)
                await tx.run("rest_until", {"id": row["id"], "due": kept(datetime.fromtimestamp(next, now.tzinfo))})
                continue
            used[chat] = next
        ready.append(row)
    await tx.many("chat_is_free", [{"id": chat, "free": next} for chat, next in used.items()])
    return ready


async def _chats(tx: Transaction, chats: Sequence[int]) -> dict[int, float]:
    rows = await tx.rows("chats_free", {"chats": json.dumps(sorted(set(chats)))}) if chats else []
    return {row["id"]: row["free_at"] for row in rows}


def _next(free: float, limit: Limit, now: float) -> float:
    """When a chat's next message may go; long rest allows a burst, no more."""
    return max(free, now - limit.burst * limit.chat_seconds) + limit.chat_seconds


async def _in_line(
    tx: Transaction, account: Address, some: Sequence[Row], now: datetime, limit: Limit
) -> dict[int, datetime]:
    """Their places in the account's line; where it is too long all wait for its end."""
    asked = {"channel": account.channel, "account": account.account}
    row = await tx.row("account_free", {**asked, "now": now.timestamp()})
    begins = max(now, datetime.fromtimestamp(row["free_at"], now.tzinfo)) if row else now
    if begins > now + LONGEST_LINE:
        await tx.many("rest_until", [{"id": one["id"], "due": kept(begins)} for one in some])
        return {}
    each = timedelta(seconds=1.0 / limit.per_second)
    await tx.run("account_is_free", {**asked, "free": (begins + len(some) * each).timestamp()})
    return {one["id"]: begins + n * each for n, one in enumerate(some)}
