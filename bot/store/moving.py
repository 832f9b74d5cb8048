"""A database moves from a file to a server: every table, in one transaction, so that it is there whole or not at all.

What the server would do beside (references held against each other row by row, counts kept by triggers) is taken off first and
put back at the end, which checks all of it at once. Nothing is committed before each table has as many rows as it had, and the
book holds.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from bot.model.server import Server
from bot.store import cases
from bot.store.connection import Unusable
from bot.store.database import Transaction
from bot.store.lock import alone, nobody_serving
from bot.store.migrations import ON_SERVERS, migrate, migrate_server, migrate_there, migrations
from bot.store.postgresql import PostgresConnection, free_schema, open_plain
from bot.store.seal import Seal

BATCH = 5000
_HOURS = 6 * 3600.0
"""For what a large table takes: its rows counted, its references held against each other."""
_OURS = "type = 'table' and name not like 'sqlite_%' and name <> 'migration'"
_REFERENCES = """
select conrelid::regclass::text as place, conname as name, pg_get_constraintdef(oid) as rule
from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2"""
_COUNTERS = """
select table_name as place, pg_get_serial_sequence(quote_ident(table_name), column_name) as counter
from information_schema.columns where table_schema = 'public' and is_identity = 'YES' order by 1"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file: its columns, those of its key in their order, and how many rows it has."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    rows: int


async def move(
    source: Path, server: Server, seal: Seal, told: Callable[[Table], None], *, again: bool = False
) -> list[Table]:
    """Copy all that the file holds into an empty database; `told` hears of each table. Raises `Unusable`: nothing has moved then.

    `again`: what an earlier move brought there is put aside, in a schema of its own. The file stays as it is, but for its
    schema, which is brought up to date. No service may be at work on either.
    """
    uri = _uri(source)
    with alone(source):
        migrate(source)
        async with nobody_serving(server):
            await migrate_server(server)
            with closing(sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)) as file:
                return await _move(file, server, seal, told, again=again)


def _uri(source: Path) -> str:
    if not source.exists():
        raise Unusable(f"there is no database {source}")
    return f"{source.absolute().as_uri()}?mode=ro"


async def _move(
    file: sqlite3.Connection, server: Server, seal: Seal, told: Callable[[Table], None], *, again: bool
) -> list[Table]:
    file.execute("begin")  # what other commands write meanwhile is not seen
    listed, letters = _tables(file), _last_letter(file)
    there = await open_plain(server, answers_within=_HOURS)
    try:
        async with there.transaction():
            await _make_room(there, listed, server, again=again)
            async with unreferenced(there):
                await _triggers(there, listed, "disable")
                for table in listed:
                    await _copy(file, there, table)
                    told(table)
                await _triggers(there, listed, "enable")
            await count_on(there, letters)
            await _weigh(there, listed)
            await _check(there, listed, server, seal)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        raise Unusable(
            f"nothing was moved to {server}: {type(error).__name__}: {getattr(error, 'message', '')}"
        ) from error
    finally:
        await there.close()
    return listed


def _tables(file: sqlite3.Connection) -> list[Table]:
    found = file.execute(f"select name from sqlite_schema where {_OURS} order by name")  # noqa: S608
    return [_table(file, name) for (name,) in found]


def _table(file: sqlite3.Connection, name: str) -> Table:
    columns = file.execute(f'pragma table_info("{name}")').fetchall()
    key = tuple(column[1] for column in sorted(columns, key=lambda one: one[5]) if column[5])
    (rows,) = file.execute(f'select count(*) from "{name}"').fetchone()  # noqa: S608
    return Table(name, tuple(column[1] for column in columns), key or ("rowid",), rows)


def _last_letter(file: sqlite3.Connection) -> int:
    """The highest number a letter ever had, also of those long removed: it is never given out twice."""
    row = file.execute("select seq from sqlite_sequence where name = 'outgoing'").fetchone()
    return int(row[0]) if row else 0


async def _make_room(there: asyncpg.Connection, listed: Sequence[Table], server: Server, *, again: bool) -> None:
    full = await _first_with_rows(there, listed)
    if full and not again:
        raise Unusable(
            f"{server} is not empty (table {full}): name a database that nobody has used, or say --again to put aside"
            " what is there; nothing was moved"
        )
    if full:
        aside = await free_schema(there, "before_move")
        await there.execute(f"alter schema public rename to {aside}; create schema public")
        await migrate_there(there, server, migrations(ON_SERVERS))


async def _first_with_rows(there: asyncpg.Connection, listed: Sequence[Table]) -> str:
    for table in listed:
        if await there.fetchval(f'select exists (select 1 from "{table.name}")'):  # noqa: S608
            return table.name
    return ""


@asynccontextmanager
async def unreferenced(there: asyncpg.Connection) -> AsyncIterator[None]:
    """Within a transaction: references are not held against each other row by row, but all at once at the end."""
    references = await there.fetch(_REFERENCES)
    for one in references:
        await there.execute(f'alter table {one["place"]} drop constraint "{one["name"]}"')
    yield
    for one in references:
        await there.execute(f'alter table {one["place"]} add constraint "{one["name"]}" {one["rule"]}')


async def _triggers(there: asyncpg.Connection, listed: Sequence[Table], how: str) -> None:
    for table in listed:
        await there.execute(f'alter table "{table.name}" {how} trigger user')


async def _copy(file: sqlite3.Connection, there: asyncpg.Connection, table: Table) -> None:
    """In the order of its key, a batch at a time."""
    columns, key = (", ".join(f'"{one}"' for one in names) for names in (table.columns, table.key))
    cursor = await asyncio.to_thread(file.execute, f'select {columns} from "{table.name}" order by {key}')  # noqa: S608
    while rows := await asyncio.to_thread(cursor.fetchmany, BATCH):
        await there.copy_records_to_table(table.name, records=rows, columns=table.columns)


async def count_on(there: asyncpg.Connection, letters: int = 0) -> None:
    """What the server numbers goes on behind the highest number given; to `letters` more were given than are there."""
    for one in await there.fetch(_COUNTERS):
        least = letters if one["place"] == "outgoing" else 0
        query = f'select setval($1, greatest(max(id), $2, 1), greatest(max(id), $2) > 0) from "{one["place"]}"'  # noqa: S608
        await there.execute(query, one["counter"], least)
    await there.execute("select count_cases_on()")


async def _weigh(there: asyncpg.Connection, listed: Sequence[Table]) -> None:
    """The server chooses its ways by what it knows of the rows; by itself it would look at them some minutes later."""
    for table in listed:
        await there.execute(f'analyze "{table.name}"')


async def _check(there: asyncpg.Connection, listed: Sequence[Table], server: Server, seal: Seal) -> None:
    """Each table has its rows, and the book holds."""
    for table in listed:
        found = await there.fetchval(f'select count(*) from "{table.name}"')  # noqa: S608
        if found != table.rows:
            raise Unusable(f"table {table.name} had {table.rows} rows and {found} came to {server}: nothing was moved")
    reads = Transaction(PostgresConnection(server, there, reading=False), seal)
    async for page in cases.verify(reads):
        raise Unusable(f"the book of cases does not hold: event {page.event}: {page.why}; nothing was moved")
