"""What happens once in the whole fleet: done by the worker on duty, for as long as it is.

When the duty goes, everything is cancelled where it stands; what it brought by the door in has an id of its own and comes in
once, whoever brings it again.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from bot.store.connection import Unusable
from bot.store.database import Store
from bot.store.lock import on_duty
from bot.store.postgresql import FAULTS

log = logging.getLogger(__name__)
AGAIN = 3.0
"""Who lost it leaves it to the others first."""
STOP_WITHIN = 8.0
Works = Callable[[], Sequence[Coroutine[Any, Any, None]]]


class Duty:
    """Whether it is ours, and what is done then. `run` ends only when cancelled, or with what one of the works raised."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.ours = isinstance(store, Path)

    async def run(self, works: Works) -> None:
        """Do these whenever the duty is ours; each time they are made anew."""
        while True:
            async with AsyncExitStack() as stack:
                gone = await self._taken(stack)
                if gone:
                    await self._do(gone, works)
            await asyncio.sleep(AGAIN)

    async def _taken(self, stack: AsyncExitStack) -> asyncio.Event | None:
        """Wait for it; None when the server cannot be asked now."""
        try:
            return await stack.enter_async_context(on_duty(self._store))
        except (Unusable, *FAULTS) as error:
            log.error("the duty cannot be asked for: %s", type(error).__name__)
            return None

    async def _do(self, gone: asyncio.Event, works: Works) -> None:
        self.ours = True
        log.info("this worker is on duty")
        try:
            await _until(gone, works())
        finally:
            self.ours = isinstance(self._store, Path)
        log.warning("this worker is not on duty any more")


async def _until(gone: asyncio.Event, works: Sequence[Coroutine[Any, Any, None]]) -> None:
    tasks: list[asyncio.Task[Any]] = [asyncio.create_task(one) for one in works]
    ended: asyncio.Task[Any] = asyncio.create_task(gone.wait())
    try:
        done, _ = await asyncio.wait([*tasks, ended], return_when=asyncio.FIRST_COMPLETED)
        for one in done - {ended}:
            one.result()
    finally:
        for one in (*tasks, ended):
            one.cancel()
        await asyncio.wait([*tasks, ended], timeout=STOP_WITHIN)
