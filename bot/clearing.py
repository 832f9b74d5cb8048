"""Takes messages out of chats again, where the channel can: marked in the outbox first, so that a kill loses none.

A loop of its own beside the door out, so that no letter waits for it. Chats are served side by side, so many at once, each in
its own order; one that is slow, or must wait, holds up nobody else.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from bot.channel import Channel, Moved, Never, NotNow, Uncertain
from bot.store import clearing
from bot.store.clearing import Shown
from bot.store.database import Database, NotStored

log = logging.getLogger(__name__)
LOOK = 1.0
MOST_CHATS = 8
AGAIN = timedelta(minutes=1)


@runtime_checkable
class TakesAway(Protocol):
    """A channel that can take back what it sent."""

    async def take_away(self, chat: str, ids: Sequence[str]) -> None:
        """Take these messages out of the chat; those that are gone already do no harm. Errors as of `send`."""


class Clearing:
    """Takes away what is due. `run` ends only when cancelled; what was being taken away then is found by the next start."""

    def __init__(self, database: Database, channels: Sequence[Channel], now: Callable[[], datetime]) -> None:
        self._database = database
        self._able = {channel.name: channel for channel in channels if isinstance(channel, TakesAway)}
        self._now = now
        self._at_work: dict[asyncio.Task[None], int] = {}

    async def run(self) -> None:
        """Look each second, for ever."""
        try:
            while True:
                await self._as_long_as_stored(self._begin())
                await asyncio.sleep(LOOK)
        finally:
            await self._leave()

    async def once(self) -> None:
        """Take away what is due now, to the end."""
        await self._begin()
        if self._at_work:
            await asyncio.gather(*self._at_work)

    async def _begin(self) -> None:
        """Serve the chats with something due; one being served is not taken again, nor more than so many at once."""
        room = MOST_CHATS - len(self._at_work)
        if not self._able or room <= 0:
            return
        busy = list(self._at_work.values())
        by_chat: dict[int, list[Shown]] = defaultdict(list)
        for one in await clearing.to_take_away(self._database, list(self._able), self._now(), busy):
            by_chat[one.address].append(one)
        for address, some in list(by_chat.items())[:room]:
            task = asyncio.create_task(self._as_long_as_stored(self._serve(some)))
            self._at_work[task] = address
            task.add_done_callback(self._at_work.pop)

    async def _serve(self, some: Sequence[Shown]) -> None:
        """One chat. What fails for good is given up: it was not ours to take back any more."""
        try:
            await self._able[some[0].channel].take_away(some[0].chat, [id for one in some for id in one.ids])
        except NotNow as error:
            return await self._later(some, max(AGAIN, timedelta(seconds=error.after)))
        except Uncertain:
            return await self._later(some, AGAIN)
        except (Never, Moved):
            log.warning("%d messages could not be taken out of a chat", len(some))
        except Exception as error:  # a fault of ours: it must not stop what others wait for
            log.exception("%d messages cannot be taken out of a chat: %s", len(some), type(error).__name__)
        async with self._database.transaction() as tx:
            await clearing.taken_away(tx, some)

    async def _later(self, some: Sequence[Shown], wait: timedelta) -> None:
        async with self._database.transaction() as tx:
            await clearing.later(tx, some, self._now() + wait)

    async def _as_long_as_stored(self, work: Coroutine[Any, Any, None]) -> None:
        """What cannot be read or written is still marked, and found again."""
        try:
            await work
        except NotStored as error:
            log.error("what is to be taken away cannot be read or written: %s", type(error.__cause__).__name__)

    async def _leave(self) -> None:
        """To take something away twice does no harm, so what is at work is let go of."""
        at_work = list(self._at_work)
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)
