"""The database: one connection that writes, one that only reads, and transactions that are whole or not at all.

One at a time writes: we ask everybody else to wait at a lock. On PostgreSQL those that are begun `beside` others are at work
with them, those of other processes: they hold what they read in order to change it, and begin again when somebody was quicker
(`Outrun`). Statements of two coroutines on one connection would commit each other's work: a transaction holds the lock from
`begin` to `commit`. The page reader is a second connection, so that a page never shows work half done; it may not write. What
differs between SQLite and PostgreSQL stands in `sqlite.py` and `postgresql.py`, and in the queries, side by side.
"""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.model.server import Server
from bot.store import postgresql, sqlite
from bot.store.connection import Connection, NoRoom, NotStored, Outrun, Refused, Row, Unusable, Values
from bot.store.disk import Disk
from bot.store.seal import Seal

__all__ = [
    "Database",
    "NoRoom",
    "NotStored",
    "Outrun",
    "Reads",
    "Refused",
    "Row",
    "Transaction",
    "Unusable",
    "Values",
    "open_database",
]
PATIENCE = 40.0
LAST_PATIENCE = 2.0
Store = Path | Server
"""Where a database is: a file, or on a server."""


class Transaction:
    """Statements that are committed together; made by `Database.transaction` only."""

    def __init__(self, connection: Connection, seal: Seal, drawn: dict[str, int] | None = None) -> None:
        self._connection = connection
        self.seal = seal
        self.drawn = {} if drawn is None else drawn

    @property
    def beside(self) -> bool:
        """Whether others may be writing at the same time."""
        return self._connection.beside

    async def hold(self, names: Iterable[str]) -> None:
        """From here to its end no other transaction holds anything of one of these names; what is read from now on stays so.

        All that a transaction holds of one kind it must ask for at once, or two could wait for each other. May raise `Outrun`.
        """
        if self.beside:
            await self._connection.hold(sorted({_key(name) for name in names}))

    async def rows(self, name: str, values: Values | None = None) -> list[Row]:
        """All rows of a named query."""
        return list(await self._connection.rows(name, values or {}))

    async def row(self, name: str, values: Values | None = None) -> Row | None:
        """The first row, or None."""
        found = await self.rows(name, values)
        return found[0] if found else None

    async def run(self, name: str, values: Values | None = None) -> int:
        """Run one statement; how many rows it changed."""
        return await self._connection.run(name, values or {})

    async def many(self, name: str, values: Iterable[Values]) -> None:
        """Run one statement for each set of values, in one go; nothing to do is nothing done."""
        rows = list(values)
        if rows:
            await self._connection.many(name, rows)

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[None]:
        """A part that can fail alone: what it wrote is taken back, the rest of the transaction stands.

        Whoever is cancelled in it is not taken back here: then the whole transaction is.
        """
        await self._connection.do("savepoint apart")
        try:
            yield
        except Exception:
            if self._connection.in_transaction:
                await self._connection.do("rollback to apart")
                await self._connection.do("release apart")
            raise
        await self._connection.do("release apart")


class Database:
    """The two connections. Open with `open_database`, close with `close`: an unclosed one keeps the process alive."""

    def __init__(self, writer: Connection, reader: Connection, store: Store, seal: Seal, disk: Disk) -> None:
        self.store = store
        self.seal = seal
        self.disk = disk
        self._writer = writer
        self._reader = reader
        self._turn = asyncio.Lock()
        self._reading = asyncio.Lock()
        self._patience = PATIENCE
        self._drawn: dict[str, int] = {}

    @asynccontextmanager
    async def transaction(self, *, beside: bool = False) -> AsyncIterator[Transaction]:
        """Everything inside is committed at the end, or nothing is. Raises `NotStored` or `Refused`.

        Alone, unless it may be `beside` others: then it may raise `Outrun`, and is to be begun again from its first reading.
        """
        asked = time.monotonic()
        async with self._turn:
            try:
                await self._begin(asked, beside=beside)
                yield Transaction(self._writer, self.seal, self._drawn)
                await self._writer.commit()
            except BaseException as error:
                await asyncio.shield(self._writer.roll_back())
                if isinstance(error, NoRoom):
                    self.disk.give_up()
                raise

    @property
    def path(self) -> Path:
        """The file it is. Raises LookupError when it lies on a server."""
        if isinstance(self.store, Server):
            raise LookupError(f"{self.store} is no file")
        return self.store

    def hurry(self) -> None:
        """We are about to close: who waits for another program to end its writing gives up after `LAST_PATIENCE` seconds."""
        self._patience = LAST_PATIENCE

    async def rows(self, name: str, values: Values | None = None) -> list[Row]:
        """All rows of a named query, as last committed."""
        async with self._reading:
            return list(await self._reader.rows(name, values or {}))

    async def row(self, name: str, values: Values | None = None) -> Row | None:
        """The first row, or None."""
        found = await self.rows(name, values)
        return found[0] if found else None

    async def close(self) -> None:
        """Close both, after whoever is at work; the writer last, so that it tidies up."""
        async with self._turn, self._reading:
            await self._reader.close()
            await self._writer.close()

    async def _begin(self, asked: float, *, beside: bool) -> None:
        """While another program writes (a command beside us, a copy being made), wait `PATIENCE` seconds since `asked`."""
        while not await self._writer.begin(beside=beside):
            if time.monotonic() - asked > self._patience:
                raise NotStored("another program holds the database")


def _key(name: str) -> int:
    """A name as the number of a lock. Two names of one number would only wait for each other."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)


async def open_database(store: Store, seal: Seal, disk: Disk | None = None) -> Database:
    """Open (a file: or make) it and its two connections. Raises `Unusable` with one line; never overwrites anything.

    Without a `disk` there is neither floor nor ballast.
    """
    if isinstance(store, Path):
        writer, reader = await sqlite.connect(store)
        return Database(writer, reader, store, seal, disk or Disk(store))
    writing, reading = await postgresql.connect(store)
    return Database(writing, reading, store, seal, disk or Disk(Path.cwd()))


Reads = Transaction | Database
