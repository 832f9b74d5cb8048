"""How fast a server forgets: one sweep after the other over a land that nobody ever tidied, and what clears away behind them.

    python -m benchmarks.generate 1000000 postgresql://user@host/land
    python -m benchmarks.sweeping postgresql://user@host/land 120

Each half minute, until so many seconds are over, a row: how many rows went, how many a second, how many dead ones lie about, and
how often the server's own vacuum has come by. The database loses what is old.
"""

import asyncio
import sys
import time
from datetime import UTC, datetime

import asyncpg

from bot.config import read_config
from bot.model.server import Server, read_server
from bot.store import retention
from bot.store.database import open_database
from bot.store.postgresql import open_plain
from bot.store.seal import Seal

_ROW = 30.0
_SEEN = """
select sum(n_tup_del)::bigint as gone, sum(n_dead_tup)::bigint as dead, sum(autovacuum_count)::bigint as cleared
from pg_stat_user_tables"""


async def measure(server: Server, seconds: float) -> None:
    """Print a row each half minute."""
    database, watching = await open_database(server, Seal(read_config().keys)), await open_plain(server)
    try:
        print(f"{'seconds':>7} {'rows gone':>10} {'a second':>9} {'dead':>9} {'vacuums':>8}")
        before, began = await watching.fetchrow(_SEEN), time.perf_counter()
        while time.perf_counter() - began < seconds:
            until = time.perf_counter() + _ROW
            while time.perf_counter() < until:
                await retention.tidy(database, datetime.now(UTC), {})
            await _tell(watching, before, time.perf_counter() - began)
    finally:
        await watching.close()
        await database.close()


async def _tell(watching: asyncpg.Connection, before: asyncpg.Record, passed: float) -> None:
    seen = await watching.fetchrow(_SEEN)
    gone = seen["gone"] - before["gone"]
    print(
        f"{passed:7.0f} {gone:10,} {gone / passed:9,.0f} {seen['dead']:9,} {seen['cleared'] - before['cleared']:8}",
        flush=True,
    )


if __name__ == "__main__":
    asyncio.run(measure(read_server(sys.argv[1]), float(sys.argv[2])))
