"""Takes messages out of chats again, where the channel can: marked in the outbox first, so that a kill loses none."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Protocol, runtime_checkable

from bot.channel import Channel, Moved, Never, NotNow, Uncertain
from bot.store import clearing
from bot.store.clearing import Shown
from bot.store.database import Database

log = logging.getLogger(__name__)
AGAIN = timedelta(minutes=1)


@runtime_checkable
class TakesAway(Protocol):
    """A channel that can take back what it sent."""

    async def take_away(self, chat: str, ids: Sequence[str]) -> None:
        """Take these messages out of the chat; those that are gone already do no harm. Errors as of `send`."""


async def clear(database: Database, channels: Mapping[str, Channel], now: datetime) -> None:
    """Take away what is due now, chat by chat. What fails for good is given up: it was not ours to take back any more."""
    able = {name: one for name, one in channels.items() if isinstance(one, TakesAway)}
    found = await clearing.to_take_away(database, list(able), now) if able else []
    for (channel, chat), some in groupby(found, key=lambda one: (one.channel, one.chat)):
        await _of_chat(database, able[channel], chat, list(some), now)


async def _of_chat(database: Database, channel: TakesAway, chat: str, some: Sequence[Shown], now: datetime) -> None:
    try:
        await channel.take_away(chat, [id for one in some for id in one.ids])
    except (NotNow, Uncertain):
        async with database.transaction() as tx:
            await clearing.later(tx, some, now + AGAIN)
        return
    except (Never, Moved):
        log.warning("%d messages could not be taken out of a chat", len(some))
    except Exception as error:  # a fault of ours: it must not stop what others wait for
        log.exception("%d messages cannot be taken out of a chat: %s", len(some), type(error).__name__)
    async with database.transaction() as tx:
        await clearing.taken_away(tx, some)
