"""Copies what people attached to their cases from platforms that forget it: a photo of a contract must outlast Meta's seven days.

Marked with the case in its own transaction, so that a kill loses none; fetched here, beside everything people wait for.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.channel import Fetch, Never, NotNow, Uncertain
from bot.model.messages import Attachment
from bot.store import files
from bot.store.database import Database, NotStored
from bot.store.files import Wanted

log = logging.getLogger(__name__)
LOOK = 2.0
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
FORGOTTEN = timedelta(days=8)


class Copying:
    """Fetches what is wanted from the channels that are open, one after the other. `run` ends only when cancelled."""

    def __init__(self, database: Database, fetch: Fetch, channels: Sequence[str], now: Callable[[], datetime]) -> None:
        self._database = database
        self._fetch = fetch
        self._channels = channels
        self._now = now

    async def run(self) -> None:
        """Look every two seconds, for ever."""
        while True:
            try:
                await self.once()
            except NotStored as error:
                log.error("copies of files cannot be kept: %s", type(error.__cause__).__name__)
            await asyncio.sleep(LOOK)

    async def once(self) -> None:
        """Fetch what is due now. On a full disk files wait: people's words need the room more."""
        if self._channels and not self._database.disk.low:
            for one in await files.wanted(self._database, self._channels, self._now()):
                await self._copy(one)

    async def _copy(self, one: Wanted) -> None:
        try:
            file = await self._fetch(Attachment("file", one.reference, one.channel))
        except NotNow as error:
            return await self._later(one, timedelta(seconds=error.after))
        except Uncertain:
            return await self._later(one)
        except Exception as error:  # the platform's no, or a fault of ours: neither may stop the others' files
            return await self._lose(one, error)
        sealed = await asyncio.to_thread(self._database.seal.wrap, file.content)
        async with self._database.transaction() as tx:
            await files.keep(tx, one, sealed, file.mime)

    async def _later(self, one: Wanted, wait: timedelta = timedelta(0)) -> None:
        """Longer with each try, until the platform has forgotten it for sure."""
        if self._now() - one.since > FORGOTTEN:
            return await self._lose(one, Never("forgotten"))
        due = self._now() + max(wait, min(FIRST_WAIT * 2**one.tries, LONGEST_WAIT))
        async with self._database.transaction() as tx:
            await files.later(tx, one, due)

    async def _lose(self, one: Wanted, error: Exception) -> None:
        log.error("a file of case %s cannot be copied: %s", one.case, type(error).__name__)
        async with self._database.transaction() as tx:
            await files.lose(tx, one)
