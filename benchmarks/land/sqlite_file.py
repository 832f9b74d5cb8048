"""Writes the rows of a made-up land into a SQLite file that has its schema: each table in bulk, a commit after each piece."""

import sqlite3
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from benchmarks.land.rows import Table

Told = Callable[[str, int, int], None]
"""Called as it goes with a table's name, how many of its rows are written, and about how many there will be."""
_PIECE = 50_000
_FAST = ("synchronous=off", "cache_size=-400000", "temp_store=memory")


def pour(path: Path, tables: Iterable[Table], told: Told = lambda *_: None) -> None:
    """Write all of them. A file in which there is a case is somebody's: `ValueError`, and nothing is written."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        if connection.execute('select count(*) from (select 1 from "case" limit 1)').fetchone() != (0,):
            raise ValueError(f"{path} has cases in it: take an empty database")
        for pragma in _FAST:
            connection.execute(f"pragma {pragma}")
        for table in tables:
            _fill(connection, table, told)
        connection.execute("pragma wal_checkpoint(truncate)")
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, table: Table, told: Told) -> None:
    places = ", ".join("?" * len(table.columns))
    insert = f'insert into "{table.name}" ({", ".join(table.columns)}) values ({places})'  # noqa: S608 - our own names
    rows, written = iter(table.rows), 0
    while piece := list(islice(rows, _PIECE)):
        connection.execute("begin immediate")
        connection.executemany(insert, piece)
        connection.execute("commit")
        written += len(piece)
        told(table.name, written, table.many)
