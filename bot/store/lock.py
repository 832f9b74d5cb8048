"""One `serve` on a database at a time: two would take the same updates and send the same letters.

The lock of a file is the operating system's, on another file beside it; that of a database on a server is an advisory lock of
the server's, on a connection of its own: either is gone with the process however it ended. Only `serve` holds it: other commands
work beside it, and wait for their turn to write like everybody.
"""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg

from bot.durable import make_folder
from bot.model.server import Server
from bot.store.connection import Unusable
from bot.store.postgresql import FAULTS, open_plain

if sys.platform != "win32":
    import fcntl

log = logging.getLogger(__name__)
_SERVING = 7_305_828
_LOOK = 5.0


@asynccontextmanager
async def serving(store: Path | Server) -> AsyncIterator[None]:
    """Hold the lock of this database. Raises `Unusable` when another process does."""
    if isinstance(store, Path):
        with alone(store):
            yield
        return
    held = [await _held(store)]
    keeping = asyncio.create_task(_keep(store, held))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])
        held[0].terminate()


async def _held(server: Server) -> asyncpg.Connection:
    """A connection that holds the lock: within a transaction, so that it is ours behind a pooler too."""
    connection = await open_plain(server)
    try:
        await connection.execute("begin")
        if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _SERVING):
            raise Unusable(f"another serve works on {server}: stop it first, or give this one a DATABASE_URL")
    except BaseException:
        connection.terminate()
        raise
    return connection


async def _keep(server: Server, held: list[asyncpg.Connection]) -> None:
    """Take the lock again when the server was away. Whoever holds it then is logged, until they let it go."""
    while True:
        await asyncio.sleep(_LOOK)
        try:
            if held[0].is_closed():
                held[0] = await _held(server)
            await held[0].fetchval("select 1")
        except (Unusable, *FAULTS) as error:
            held[0].terminate()
            why = error if isinstance(error, Unusable) else type(error).__name__
            log.error("the lock of the service is not held: %s", why)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """The same of a file."""
    file = path.with_name(f"{path.name}.lock")
    try:
        make_folder(file.parent)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unusable(f"cannot use the lock {file}: {error.strerror}") from error
    try:
        _take(handle, path)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Unusable(f"another serve works on {path}: stop it first, or give this one a DATABASE_URL") from error
