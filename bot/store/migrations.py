"""The schema's history: numbered files, each applied once, in order, in a transaction of its own.

The database remembers each file's digest: a migration that was changed after it was released is a fault, said at the start.
There is one history: each step stands in SQLite's words and, under the same number and name, in PostgreSQL's.
"""

import hashlib
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from bot.durable import make_folder
from bot.model.server import Server
from bot.store import postgresql
from bot.store.connection import Unusable
from bot.store.queries import FOLDER
from bot.store.sqlite import FULL, is_full

ON_SERVERS = FOLDER / "migrations" / "postgresql"
_BOOK = (
    "create table if not exists migration (number integer primary key, name text not null, digest text not null) strict"
)
_BOOK_ON_SERVER = (
    "create table if not exists migration (number bigint primary key, name text not null, digest text not null)"
)
_MIGRATING = 7_305_827
"""The advisory lock of whoever changes the schema: several may start at once."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema: its number, name and SQL."""

    number: int
    name: str
    sql: str

    @property
    def digest(self) -> str:
        """What the file was when it was applied."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(folder: Path = FOLDER / "migrations") -> list[Migration]:
    """All of them, in order."""
    files = sorted(folder.glob("[0-9]*.sql"))
    return [Migration(int(file.name.split("_")[0]), file.stem, file.read_text("utf-8")) for file in files]


def migrate(path: Path, wanted: list[Migration] | None = None) -> list[str]:
    """Bring the file up to date; the names of what was applied. Raises `Unusable` and leaves the file as it was."""
    try:
        make_folder(path.parent)
        connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    except (OSError, sqlite3.Error) as error:
        raise Unusable(f"cannot use the database {path}: {error}") from error
    try:
        return _apply(connection, wanted if wanted is not None else migrations(), path)
    except sqlite3.DatabaseError as error:
        if is_full(error):
            raise Unusable(f"cannot use the database {path}: {FULL}") from error
        raise Unusable(
            f"cannot use the database {path}: {error}; it was left as it was (restore a backup: desmigratif restore)"
        ) from error
    finally:
        connection.close()


def _apply(connection: sqlite3.Connection, wanted: list[Migration], path: Path) -> list[str]:
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute(_BOOK)
    done = dict(connection.execute("select number, digest from migration").fetchall())
    _hold_against(done, wanted, path)
    fresh = [one for one in wanted if one.number not in done]
    for one in fresh:
        _run(connection, one)
    return [one.name for one in fresh]


async def migrate_server(server: Server, wanted: list[Migration] | None = None) -> list[str]:
    """The same of a database on a server: all that is new in one transaction. Raises `Unusable` and leaves it as it was."""
    connection = await postgresql.open_plain(server)
    try:
        async with connection.transaction():
            return await migrate_there(connection, server, wanted if wanted is not None else migrations(ON_SERVERS))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        raise Unusable(f"cannot use the database {server}: {error}; it was left as it was") from error
    finally:
        await connection.close()


async def migrate_there(connection: asyncpg.Connection, server: Server, wanted: list[Migration]) -> list[str]:
    """What is new of these, within a transaction of whoever asks. Raises `Unusable`, or an error of the server."""
    await connection.execute(f"select pg_advisory_xact_lock({_MIGRATING})")
    await connection.execute(_BOOK_ON_SERVER)
    done = {row["number"]: row["digest"] for row in await connection.fetch("select number, digest from migration")}
    _hold_against(done, wanted, server)
    fresh = [one for one in wanted if one.number not in done]
    for one in fresh:
        await connection.execute(one.sql)
        await connection.execute("insert into migration values ($1, $2, $3)", one.number, one.name, one.digest)
    return [one.name for one in fresh]


async def bring_up_to_date(store: Path | Server) -> list[str]:
    """A file, or a database on a server: the names of what was applied. Raises `Unusable`."""
    return migrate(store) if isinstance(store, Path) else await migrate_server(store)


def _hold_against(done: Mapping[int, str], wanted: list[Migration], store: Path | Server) -> None:
    known = {one.number: one.digest for one in wanted}
    for number, digest in done.items():
        if number not in known:
            raise Unusable(f"the database {store} is newer than this program (migration {number}): upgrade the program")
        if known[number] != digest:
            raise Unusable(
                f"migration {number} was changed after it was applied to {store}: put the released file back"
            )


def _run(connection: sqlite3.Connection, one: Migration) -> None:
    connection.execute("begin immediate")
    try:
        for statement in _statements(one.sql):
            connection.execute(statement)
        connection.execute(
            "insert into migration (number, name, digest) values (?, ?, ?)", (one.number, one.name, one.digest)
        )
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:  # a full disk has taken it back already
            connection.execute("rollback")
        raise


def _statements(sql: str) -> list[str]:
    """Cut at the semicolons that end a statement (a trigger's body has inner ones: SQLite itself knows).

    What stands last without a semicolon is a statement too, so that nothing is left out unsaid.
    """
    found, begun = [], ""
    for line in sql.splitlines(keepends=True):
        begun += line
        if sqlite3.complete_statement(begun):
            found.append(begun)
            begun = ""
    return [*found, begun]
