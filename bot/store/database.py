"""The database: one connection that writes, one that only reads, and transactions that are whole or not at all.

SQLite allows one writer; so do we, and ask everybody else to wait at a lock instead of at the file. Statements of two
coroutines on one connection would commit each other's work: a transaction holds the lock from `begin` to `commit`.
`synchronous=FULL`: what is committed survives a power cut. The page reader is a second connection, so that a page never
shows work half done; it may not write, and leaves checkpoints to the writer (two connections checkpointing at once is
the trigger of SQLite's WAL-reset fault before 3.51.3).
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from bot.store.queries import queries
from bot.store.seal import Seal

_WRITING = ("journal_mode=wal", "synchronous=full", "secure_delete=on", "foreign_keys=on", "busy_timeout=5000")
Values = Mapping[str, Any]
Row = sqlite3.Row


class NotStored(Exception):
    """The database could not take it: nothing was written, nothing may be acknowledged."""


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
            await self._do("rollback to apart")
            await self._do("release apart")
            raise
        await self._do("release apart")

    async def _do(self, statement: str) -> None:
        with _named():
            await self._connection.execute(statement)


class Database:
    """The two connections. Open with `open_database`, close with `close`: an unclosed one keeps the process alive."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection, path: Path, seal: Seal) -> None:
        self.path = path
        self.seal = seal
        self._writer = writer
        self._reader = reader
        self._turn = asyncio.Lock()
        self._reading = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Everything inside is committed at the end, or nothing is. Raises `NotStored` or `Refused`."""
        async with self._turn:
            try:
                with _named():
                    await self._writer.execute("begin immediate")
                yield Transaction(self._writer, self.seal)
                with _named():
                    await self._writer.commit()
            except BaseException:
                await asyncio.shield(self._roll_back())
                raise

    async def rows(self, name: str, values: Values | None = None) -> list[Row]:
        """All rows of a named query, as last committed."""
        async with self._reading:
            with _named():
                return list(await self._reader.execute_fetchall(queries()[name], dict(values or {})))

    async def row(self, name: str, values: Values | None = None) -> Row | None:
        """The first row, or None."""
        found = await self.rows(name, values)
        return found[0] if found else None

    async def copy_to(self, target: Path) -> None:
        """A backup by the database's own means, while it is in use: on a connection of its own, which may write."""
        with _named():
            async with aiosqlite.connect(self.path, isolation_level=None) as own:
                await own.execute("vacuum into ?", (str(target),))

    async def close(self) -> None:
        """Close both; the writer last, so that it tidies the log up."""
        await self._reader.close()
        await self._writer.close()

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
        raise NotStored(str(error)) from error


async def open_database(path: Path, seal: Seal) -> Database:
    """Open (or make) the file and its two connections. Raises `Unusable` with one line; never overwrites anything."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        writer = await _connect(path, _WRITING)
    except (OSError, sqlite3.Error) as error:
        raise Unusable(f"cannot use the database {path}: {_plain(error)}") from error
    try:
        reader = await _connect(path, ("query_only=on", "wal_autocheckpoint=0", "busy_timeout=5000"))
    except sqlite3.Error as error:
        await writer.close()
        raise Unusable(f"cannot read the database {path}: {_plain(error)}") from error
    return Database(writer, reader, path, seal)


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
    return str(error)
