"""What the workers on one database call out to each other: letters wait, a web chat has news, another release is in use.

A call that is lost costs seconds: everybody looks by themselves too. On a file there is nobody to call, and through a pooler
nobody would hear.
"""

import asyncio
import logging
from collections.abc import Callable

from bot.model.server import Server
from bot.store.connection import Unusable
from bot.store.database import Store
from bot.store.postgresql import FAULTS, open_plain

log = logging.getLogger(__name__)
CHANNEL = "desmigratif"
ANYTHING = ""
"""Heard after a time in which nothing could be heard."""
_AGAIN = 1.0
_CALL = "select pg_notify($1, one) from unnest($2::text[]) one"
Heard = Callable[[str], None]


class Calls:
    """`say` never waits; `run` calls out what was said, and ends only when cancelled."""

    def __init__(self, store: Store) -> None:
        self._server = store if isinstance(store, Server) and not store.pooled else None
        self._said: set[str] = set()
        self._any = asyncio.Event()

    def say(self, what: str) -> None:
        """To all others. What was committed before is there when they hear it."""
        if self._server:
            self._said.add(what)
            self._any.set()

    async def run(self, heard: Heard) -> None:
        """`heard` is told each call of the others."""
        while self._server:
            try:
                await self._listen(self._server, heard)
            except (Unusable, *FAULTS) as error:
                log.warning("the other workers are not heard: %s", type(error).__name__)
            await asyncio.sleep(_AGAIN)
        await asyncio.Event().wait()

    async def _listen(self, server: Server, heard: Heard) -> None:
        connection = await open_plain(server)
        own = connection.get_server_pid()

        def hear(_: object, by: int, __: str, what: str) -> None:
            if by != own:
                heard(what)

        try:
            connection.add_termination_listener(lambda _: self._any.set())
            await connection.add_listener(CHANNEL, hear)
            heard(ANYTHING)
            while not connection.is_closed():
                await self._any.wait()
                self._any.clear()
                said, self._said = sorted(self._said), set()
                await connection.execute(_CALL, CHANNEL, said)
        finally:
            connection.terminate()
