"""How often somebody has tried something lately, counted for all workers on a server: who tries at each of them tries no oftener.

Who it is stands there as a mark, for some minutes. The only process on a file counts in memory, and nothing is kept.
"""

from datetime import timedelta
from pathlib import Path

from bot.store import server_clock
from bot.store.database import Database
from bot.store.times import kept


async def allow(database: Database, what: str, who: str, most: int, within: timedelta) -> bool:
    """Whether one more try is allowed; it counts as made. May raise `NotStored`."""
    if isinstance(database.store, Path):
        return True
    async with database.transaction(beside=True) as tx:
        now = await server_clock.now(tx)
        mark = tx.seal.marks(what, who)[0]
        row = await tx.row("attempt", {"who": mark, "now": kept(now), "since": kept(now - within)})
    return row is not None and int(row["tries"]) <= most
