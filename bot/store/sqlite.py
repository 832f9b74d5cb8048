"""SQLite: a file, a connection that writes it, and one that only reads.

`synchronous=FULL`: what is committed survives a power cut. The reader leaves checkpoints to the writer (two connections
checkpointing at once is the trigger of SQLite's WAL-reset fault before 3.51.3).
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import aiosqlite

from bot.durable import make_folder
from bot.store.connection import NoRoom, NotStored, Refused, Row, Unusable, Values
from bot.store.queries import queries

FULL = "the disk is full, or refuses to be written: make room on it; nothing was changed"
_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE")
_WRITING = ("journal_mode=wal", "synchronous=full", "secure_delete=on", "foreign_keys=on", "busy_timeout=200")
_READING = ("query_only=on", "wal_autocheckpoint=0", "busy_timeout=5000")


class SqliteConnection:
    """One connection to the file. What another program does to it meanwhile is waited for as its pragmas say."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    @property
    def beside(self) -> bool:
        """Never: one at a time writes a file."""
        return False

    @property
    def in_transaction(self) -> bool:
        """Whether there is something to take back: a full disk has taken the whole of it back."""
        return self._connection.in_transaction

    async def rows(self, name: str, values: Values) -> Sequence[Row]:
        """All rows of a named query."""
        with _named():
            return list(await self._connection.execute_fetchall(queries()[name], dict(values)))

    async def run(self, name: str, values: Values) -> int:
        """Run one statement; how many rows it changed."""
        with _named():
            async with self._connection.execute(queries()[name], dict(values)) as cursor:
                return cursor.rowcount

    async def many(self, name: str, values: Sequence[Values]) -> None:
        """Run one statement for each set of values."""
        with _named():
            await self._connection.executemany(queries()[name], [dict(one) for one in values])

    async def do(self, statement: str) -> None:
        """What stands in no file."""
        with _named():
            await self._connection.execute(statement)

    async def begin(self, *, beside: bool) -> bool:
        """In short tries: a wait inside SQLite could not be ended by whoever wants to close."""
        try:
            await self._connection.execute("begin immediate")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                return False
            with _named():
                raise
        return True

    async def hold(self, keys: Sequence[int]) -> None:
        """All of it is ours already."""

    async def commit(self) -> None:
        """To the disk."""
        await self.do("commit")

    async def roll_back(self) -> None:
        """Behind whatever the connection's thread still has to do (a cancelled `begin`, say); else it does nothing."""
        await self._connection.rollback()

    async def close(self) -> None:
        """Close it."""
        await self._connection.close()


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


async def connect(path: Path) -> tuple[SqliteConnection, SqliteConnection]:
    """Open (or make) the file: the connection that writes, and the one that reads. Raises `Unusable`."""
    try:
        make_folder(path.parent)
        writer = await _connect(path, _WRITING)
    except (OSError, sqlite3.Error) as error:
        raise Unusable(f"cannot use the database {path}: {_plain(error)}") from error
    try:
        reader = await _connect(path, _READING)
    except sqlite3.Error as error:
        await writer.close()
        raise Unusable(f"cannot read the database {path}: {_plain(error)}") from error
    return SqliteConnection(writer), SqliteConnection(reader)


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
