"""What we sent and is to go out of the chat again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.database import Reads, Row, Transaction
from bot.store.people import Place
from bot.store.times import kept

AS_LONG_AS_CHANNELS_DO = timedelta(hours=47)
"""Telegram takes nothing away that is older than 48 hours."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that stands in a chat (`address` of ours): its row, and the platform's ids of its pieces."""

    row: int
    address: int
    channel: str
    chat: str
    ids: tuple[str, ...]


async def clear(tx: Transaction, place: Place, cause: int, now: datetime) -> None:
    """Everything we lately sent there goes, but for the answer to this message."""
    what = {"address": place.id, "cause": cause}
    if place.address.channel == "web":
        await tx.run("clear_page", what)
        await tx.run("clear_page_said", {"address": place.id})
    else:
        since = kept(now - AS_LONG_AS_CHANNELS_DO)
        await tx.run("clear_chat", {**what, "at": kept(now), "since": since})


async def to_take_away(reads: Reads, channels: Sequence[str], now: datetime, busy: Sequence[int]) -> list[Shown]:
    """What is due, of these channels, a chat's together and in order; none of the chats (addresses of ours) that are `busy`."""
    asked = {"now": kept(now), "channels": json.dumps(list(channels)), "busy": json.dumps(list(busy))}
    return [_shown(row) for row in await reads.rows("to_take_away", asked)]


def _shown(row: Row) -> Shown:
    ids = tuple(filter(None, (row["external_id"] or "").split(",")))
    return Shown(row["id"], row["address_id"], row["channel"], row["chat"], ids)


async def taken_away(tx: Transaction, gone: Sequence[Shown]) -> None:
    """They stand there no more; nor do we keep what they said."""
    await tx.many("taken_away", [{"id": one.row} for one in gone])


async def later(tx: Transaction, some: Sequence[Shown], at: datetime) -> None:
    """The channel could not be reached: again then."""
    await tx.many("take_away_later", [{"id": one.row, "at": kept(at)} for one in some])
