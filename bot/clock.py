"""Time at work: what must happen although nobody writes. The clock comes in as an argument everywhere else."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from bot.store import retention
from bot.store.database import Database, NotStored

log = logging.getLogger(__name__)
SWEEP = 60.0


def now() -> datetime:
    """The wall clock, with its zone."""
    return datetime.now(UTC)


async def sweep(database: Database, keep_months: Mapping[str, int], moment: datetime) -> None:
    """Remove what has outlived its purpose, cases by what their forms promised."""
    async with database.transaction() as tx:
        await retention.tidy(tx, moment, keep_months)


async def run(
    database: Database,
    keep_months: Callable[[], Mapping[str, int]],
    clock: Callable[[], datetime] = now,
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Sweep each minute, until cancelled."""
    while True:
        await rest(SWEEP)
        try:
            await sweep(database, keep_months(), clock())
        except NotStored as error:
            log.error("the sweep could not write: %s", type(error.__cause__).__name__)
