"""Fills an empty database with a made-up land: so many people, five messages of each, one case of every five.

The same seed and day make the same people, cases and book. Everything is sealed with SECRET_KEYS, so that the service can be
started on it. Nobody in it exists.

    python -m benchmarks.generate 1000000 var/land.db
    python -m benchmarks.generate 1000000 postgresql://user:password@host/land
"""

import argparse
import asyncio
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.data import HOUSE
from benchmarks.land import postgresql_server, sqlite_file
from benchmarks.land.ground import Ground, settle
from benchmarks.land.rows import tables
from benchmarks.land.sqlite_file import Told
from bot.config import read_config
from bot.library.load import read_villages
from bot.model.server import read_server
from bot.store.database import Store
from bot.store.migrations import bring_up_to_date
from bot.store.postgresql import open_plain
from bot.store.seal import Seal

_BAR = 30


def land(people: int, now: datetime, seed: int = 35) -> Ground:
    """So many people in the villages of the official list."""
    return settle(people, [one.code for one in read_villages(HOUSE / "content").under("")], now, seed)


async def make(store: Store, ground: Ground, seal: Seal, told: Told = lambda *_: None, at_work: int = 0) -> None:
    """A file, or a database on a server, with all of it; one that has the schema already is filled."""
    await bring_up_to_date(store)
    made = tables(ground, seal, at_work)
    if isinstance(store, Path):
        sqlite_file.pour(store, made, told)
    else:
        await postgresql_server.pour(store, made, told)


async def size_of(store: Store) -> int:
    """Bytes, with all indexes."""
    if isinstance(store, Path):
        return store.stat().st_size
    connection = await open_plain(store)
    try:
        return int(await connection.fetchval("select pg_database_size(current_database())"))
    finally:
        await connection.close()


class Bar:
    """How far it is, on a terminal as a bar that grows, elsewhere a line for each table that is done."""

    def __init__(self) -> None:
        self._began, self._done, self._table = time.perf_counter(), 0, ""

    def __call__(self, table: str, written: int, many: int) -> None:
        """Show it."""
        if sys.stdout.isatty():
            part = min(1.0, written / many) if many else 1.0
            bar = "#" * int(part * _BAR)
            seconds = time.perf_counter() - self._began
            print(f"\r{table:12} [{bar:{_BAR}}] {written:>10,} rows {seconds:6.0f} s", end="", flush=True)
            if part == 1.0:
                print()
        else:
            print(f"{table:12} {written:>10,} rows {time.perf_counter() - self._began:6.0f} s", flush=True)


def main() -> None:
    """Read what is asked for and make it."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    asked.add_argument("people", type=int)
    asked.add_argument("store", type=_store, help="a file, or postgresql://...")
    asked.add_argument("--seed", type=int, default=35)
    asked.add_argument("--until", type=lambda day: datetime.fromisoformat(day).replace(tzinfo=UTC), default=None)
    given = asked.parse_args()
    now = given.until or datetime.now(UTC).replace(microsecond=0)
    began = time.perf_counter()
    asyncio.run(make(given.store, land(given.people, now, given.seed), Seal(read_config().keys), Bar()))
    size = asyncio.run(size_of(given.store)) / 2**20
    print(f"{given.people:,} people, {size:,.0f} MB, {time.perf_counter() - began:.0f} s")


def _store(named: str) -> Store:
    return read_server(named) if named.startswith("postgresql://") else Path(named)


if __name__ == "__main__":
    main()
