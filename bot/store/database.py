"""The database: one connection that writes, one that only reads, and transactions that are whole or not at all.

SQLite allows one writer; so do we, and ask everybody else to wait at a lock instead of at the file. Statements of two
coroutines on one connection would commit each other's work: a transaction holds the lock from `begin` to `commit`.
`synchronous=FULL`: what is committed survives a power cut. The page reader is a second connection, so that a page never
shows work half done; it may not write, and leaves checkpoints to the writer (two connections checkpointing at once is
the trigger of SQLite's WAL-reset fault before 3.51.3).
"""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from bot.durable import make_folder
from bot.store.disk import Disk
from bot.store.queries import queries
from bot.store.seal import Seal

FULL = "the disk is full, or refuses to be written: make room on it; nothing was changed"
_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE")
_WRITING = ("journal_mode=wal", "synchronous=full", "secure_delete=on", "foreign_keys=on", "busy_timeout=200")
PATIENCE = 40.0
LAST_PATIENCE = 2.0
Values = Mapping[str, Any]
Row = sqlite3.Row


class NotStored(Exception):
    """The database could not take it: nothing was written, nothing may be acknowledged."""


class NoRoom(NotStored):
    """The disk is full, or takes nothing more: nothing was written."""


class Refused(Exception):
    """One of the rows breaks a rule of the schema: nothing of the transaction was written."""


class Unusable(Exception):
    """The database cannot be opened at all; the message is one line for the operator."""


class Transaction:
    """Statements that are committed together; made by `Database.transaction` only."""

    def __init__(self, connection: aiosqlite.Connection, seal: Seal) -> None:
        self._connection = connection
        self.seal = seal

    async def rows(self, name: str, values: Values | None = None) -> list[Row]:
        """All rows of a named query."""
        with _named():
            return list(await self._connection.execute_fetchall(queries()[name], dict(values or {})))

    async def row(self, name: str, values: Values | None = None) -> Row | None:
        """The first row, or None."""
        found = await self.rows(name, values)
        return found[0] if found else None

    async def run(self, name: str, values: Values | None = None) -> int:
        """Run one statement; how many rows it changed."""
        with _named():
            async with self._connection.execute(queries()[name], dict(values or {})) as cursor:
                return cursor.rowcount

    async def many(self, name: str, values: Iterable[Values]) -> None:
        """Run one statement for each set of values, in one go; nothing to do is nothing done."""
        rows = [dict(one) for one in values]
        if rows:
            with _named():
                await self._connection.executemany(queries()[name], rows)

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[None]:
        """A part that can fail alone: what it wrote is taken back, the rest of the transaction stands."""
        await self._do("savepoint apart")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # a full disk has taken the whole of it back
                await self._do("rollback to apart")
                await self._do("release apart")
            raise
        await self._do("release apart")

    async def _do(self, statement: str) -> None:
        with _named():
            await self._connection.execute(statement)


class Database:
    """The two connections. Open with `open_database`, close with `close`: an unclosed one keeps the process alive."""

    def __init__(
        self, writer: aiosqlite.Connection, reader: aiosqlite.Connection, path: Path, seal: Seal, disk: Disk
    ) -> None:
        self.path = path
        self.seal = seal
        self.disk = disk
        self._writer = writer
        self._reader = reader
        self._turn = asyncio.Lock()
        self._reading = asyncio.Lock()
        self._patience = PATIENCE

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Everything inside is committed at the end, or nothing is. Raises `NotStored` or `Refused`."""
        asked = time.monotonic()
        async with self._turn:
            try:
                with _named():
                    await self._begin(asked)
                yield Transaction(self._writer, self.seal)
                with _named():
                    await self._writer.commit()
            except BaseException as error:
                await asyncio.shield(self._roll_back())
                if isinstance(error, NoRoom):
                    self.disk.give_up()
                raise

    def hurry(self) -> None:
        """We are about to close: who waits for a file that another program holds gives up after `LAST_PATIENCE` seconds."""
        self._patience = LAST_PATIENCE

    async def rows(self, name: str, values: Values | None = None) -> list[Row]:
        """All rows of a named query, as last committed."""
        async with self._reading:
            with _named():
                return list(await self._reader.execute_fetchall(queries()[name], dict(values or {})))

    async def row(self, name: str, values: Values | None = None) -> Row | None:
        """The first row, or None."""
        found = await self.rows(name, values)
        return found[0] if found else None

    async def close(self) -> None:
        """Close both, after whoever is at work; the writer last, so that it tidies the log up."""
        async with self._turn, self._reading:
            await self._reader.close()
            await self._writer.close()

    async def _begin(self, asked: float) -> None:
        """While another program holds the file (a copy being made, a look at it), wait `PATIENCE` seconds since `asked`.

        In short tries: a wait inside SQLite could not be ended by whoever wants to close.
        """
        while True:
            try:
                await self._writer.execute("begin immediate")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() - asked > self._patience:
                    raise

    async def _roll_back(self) -> None:
        """Behind whatever the connection's thread still has to do (a cancelled `begin`, say); else it does nothing."""
        await self._writer.rollback()


@contextmanager
def _named() -> Iterator[None]:
    """SQLite's errors under our names, by who must act: a broken rule is the message's fault, the rest the database's."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Refused(str(error)) from error
    except sqlite3.Error as error:
        raise (NoRoom if is_full(error) else NotStored)(str(error)) from error


def is_full(error: Exception) -> bool:
    """Whether it says that the disk takes nothing more."""
    return getattr(error, "sqlite_errorname", "") in _FULL


async def open_database(path: Path, seal: Seal, disk: Disk | None = None) -> Database:
    """Open (or make) the file and its two connections. Raises `Unusable` with one line; never overwrites anything.

    Without a `disk` there is neither floor nor ballast.
    """
    try:
        make_folder(path.parent)
        writer = await _connect(path, _WRITING)
    except (OSError, sqlite3.Error) as error:
        raise Unusable(f"cannot use the database {path}: {_plain(error)}") from error
    try:
        reader = await _connect(path, ("query_only=on", "wal_autocheckpoint=0", "busy_timeout=5000"))
    except sqlite3.Error as error:
        await writer.close()
        raise Unusable(f"cannot read the database {path}: {_plain(error)}") from error
    return Database(writer, reader, path, seal, disk or Disk(path))


Reads = Transaction | Database


async def _connect(path: Path, pragmas: Sequence[str]) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        for pragma in pragmas:
            await connection.execute(f"pragma {pragma}")
        await connection.execute_fetchall("select count(*) from sqlite_schema")
    except BaseException:
        await connection.close()
        raise
    return connection


def _plain(error: Exception) -> str:
    if isinstance(error, sqlite3.DatabaseError) and "not a database" in str(error):
        return "the file is damaged or is no SQLite database; it was left untouched (restore a backup: desmigratif restore)"
    return FULL if is_full(error) else str(error)
