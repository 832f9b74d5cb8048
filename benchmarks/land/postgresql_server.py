"""Writes the rows of a made-up land into a database on a PostgreSQL server that has its schema: in bulk, whole or not at all."""

from collections.abc import Iterable, Iterator

import asyncpg

from benchmarks.land.rows import Row, Table
from benchmarks.land.sqlite_file import Told
from bot.model.server import Server
from bot.store.moving import count_on, unreferenced
from bot.store.postgresql import open_plain

_PIECE = 50_000
_HOURS = 6 * 3600.0


async def pour(server: Server, tables: Iterable[Table], told: Told = lambda *_: None) -> None:
    """Write all of them. A database in which there is a case is somebody's: `ValueError`, and nothing is written."""
    connection = await open_plain(server, answers_within=_HOURS)
    try:
        async with connection.transaction():
            if await connection.fetchval('select exists (select 1 from "case")'):
                raise ValueError(f"{server} has cases in it: take an empty database")
            async with unreferenced(connection):
                for table in tables:
                    await _fill(connection, table, told)
            await count_on(connection)
        await connection.execute("vacuum analyze")  # as the server itself would have done over two years
    finally:
        await connection.close()


async def _fill(connection: asyncpg.Connection, table: Table, told: Told) -> None:
    await connection.copy_records_to_table(table.name, records=_counted(table, told), columns=table.columns)


def _counted(table: Table, told: Told) -> Iterator[Row]:
    """The rows; each `_PIECE` of them, and the end, is told."""
    written = 0
    for written, row in enumerate(table.rows, 1):
        yield row
        if written % _PIECE == 0:
            told(table.name, written, table.many)
    if written % _PIECE:
        told(table.name, written, table.many)
