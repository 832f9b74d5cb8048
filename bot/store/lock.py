"""Who may serve: of a file one process, of a database on a server as many as will, of which one is on duty.

The lock of a file is the operating system's, on another file beside it; those of a database on a server are advisory locks of
the server's, on a connection of their own: they are gone with the process however it ended. Only `serve` holds them: other
commands work beside it, and wait for their turn to write like everybody. What may happen once only (asking Telegram for
updates, the clock, backups) is done by the worker on duty; a server that does not hear from its machine any more lets another
have the duty after some 25 seconds, and a worker that does not hear from the server gives it up before that.
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
_ON_DUTY = 7_305_829
_LOOK = 5.0
_LOOK_FOR_DUTY = 1.0


@asynccontextmanager
async def serving(store: Path | Server) -> AsyncIterator[None]:
    """Serve this database: of a file, alone. Raises `Unusable` when another process must not be served beside."""
    if isinstance(store, Path):
        with alone(store):
            yield
        return
    held = [await _held(store, shared=True)]
    keeping = asyncio.create_task(_keep(store, held))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])
        held[0].terminate()


@asynccontextmanager
async def nobody_serving(server: Server) -> AsyncIterator[None]:
    """Keep everybody from serving a database on a server. Raises `Unusable` when somebody does."""
    connection = await _held(server, shared=False)
    try:
        yield
    finally:
        connection.terminate()


async def _held(server: Server, *, shared: bool) -> asyncpg.Connection:
    """A connection that holds the lock: within a transaction, so that it is ours behind a pooler too."""
    connection = await open_plain(server.direct)
    try:
        if not await _taken(connection, _SERVING, "_shared" if shared else ""):
            raise Unusable(f"another serve works on {server}: stop it first, or give this one a DATABASE_URL")
    except BaseException:
        connection.terminate()
        raise
    return connection


async def _taken(connection: asyncpg.Connection, lock: int, how: str = "") -> bool:
    """Whether a lock is ours, in a transaction that stays open for as long as its connection."""
    if not connection.is_in_transaction():
        await connection.execute("begin; set local idle_in_transaction_session_timeout = 0")
    return bool(await connection.fetchval(f"select pg_try_advisory_xact_lock{how}($1)", lock))


@asynccontextmanager
async def on_duty(store: Path | Server) -> AsyncIterator[asyncio.Event]:
    """Wait until the duty is ours, and keep it; the event says that it has gone: whoever does something then must stop at once.

    The only process on a file has it always. May raise `Unusable`, or an error of the connection, while the server is away.
    """
    gone = asyncio.Event()
    if isinstance(store, Path):
        yield gone
        return
    connection = await open_plain(store.direct)
    connection.add_termination_listener(lambda _: gone.set())
    try:
        await _wait_for_duty(connection)
        watching = asyncio.create_task(_watch(connection, gone))
        try:
            yield gone
        finally:
            watching.cancel()
            await asyncio.wait([watching])
    finally:
        connection.terminate()


async def _wait_for_duty(connection: asyncpg.Connection) -> None:
    while True:
        if await _taken(connection, _ON_DUTY):
            return
        await asyncio.sleep(_LOOK_FOR_DUTY)


async def _watch(connection: asyncpg.Connection, gone: asyncio.Event) -> None:
    """Whether the server still hears us."""
    try:
        while True:
            await asyncio.sleep(_LOOK_FOR_DUTY)
            await connection.fetchval("select 1", timeout=_LOOK)
    except FAULTS:
        gone.set()


async def _keep(server: Server, held: list[asyncpg.Connection]) -> None:
    """Take the lock again when the server was away. Whoever holds it then is logged, until they let it go."""
    while True:
        await asyncio.sleep(_LOOK)
        try:
            if held[0].is_closed():
                held[0] = await _held(server, shared=True)
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
