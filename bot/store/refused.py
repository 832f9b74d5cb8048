"""Officers who ask for cases that are not in their sight: that they did, and when; never for which."""

from datetime import datetime, timedelta

from bot.store.database import Transaction
from bot.store.times import kept

LATELY = timedelta(hours=1)
KEPT = timedelta(days=30)


async def look(tx: Transaction, officer: int, at: datetime) -> int:
    """Write one down; how many there were within the last hour, with this one. What is older than a month goes."""
    await tx.run("tidy_refused_looks", {"before": kept(at - KEPT)})
    await tx.run("refused_look", {"officer": officer, "at": kept(at)})
    row = await tx.row("refused_looks", {"officer": officer, "since": kept(at - LATELY)})
    return int(row["many"]) if row else 0
