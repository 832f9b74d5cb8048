"""Copies what people attached to their cases from platforms that forget it: a photo of a contract must outlast Meta's seven days.

Marked with the case in its own transaction, so that a kill loses none; fetched here, beside everything people wait for.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from bot.channel import Channel, Never, NotNow, Uncertain
from bot.store import files
from bot.store.database import Database, NotStored
from bot.store.files import Wanted

log = logging.getLogger(__name__)
LOOK = 2.0
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
FORGOTTEN = timedelta(days=8)


@runtime_checkable
class Fetches(Protocol):
    """A channel that brings what people sent."""

    async def fetch(self, reference: str) -> bytes:
        """The content. Errors as of `send`."""


class Copying:
    """Fetches what is wanted, one after the other. `run` ends only when cancelled."""

    def __init__(self, database: Database, channels: Sequence[Channel], now: Callable[[], datetime]) -> None:
        self._database = database
        self._sources = {channel.name: channel for channel in channels if isinstance(channel, Fetches)}
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
        if self._sources and not self._database.disk.low:
            for one in await files.wanted(self._database, list(self._sources), self._now()):
                await self._fetch(one)

    async def _fetch(self, one: Wanted) -> None:
        try:
            content = await self._sources[one.channel].fetch(one.reference)
        except NotNow as error:
            return await self._later(one, timedelta(seconds=error.after))
        except Uncertain:
            return await self._later(one)
        except Exception as error:  # the platform's no, or a fault of ours: neither may stop the others' files
            return await self._lose(one, error)
        sealed = await asyncio.to_thread(self._database.seal.wrap, content)
        async with self._database.transaction() as tx:
            await files.keep(tx, one, sealed)

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
