"""What an operator watches: counts of the database and the disk, in Prometheus' text format; and whether we can store."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.store import statistics
from bot.store.database import Database, NotStored
from bot.store.times import moment

_MEANS = {
    "people": "people we have met",
    "handled": "incoming messages taken",
    "answered": "questions answered",
    "unanswered": "questions nobody could answer",
    "open_cases": "cases not yet closed",
    "set_aside": "messages that could not be handled and wait for `retry`",
    "outbox_waiting": "messages waiting to be sent",
    "outbox_sending": "messages being sent",
    "outbox_uncertain": "messages that may or may not have arrived",
    "outbox_dead": "messages given up",
}


async def page(database: Database, path: Path, now: Callable[[], datetime]) -> str:
    """The metrics page."""
    registry = CollectorRegistry()
    totals = await statistics.totals(database)
    for name, means in _MEANS.items():
        Gauge(f"desmigratif_{name}", means, registry=registry).set(totals.get(name, 0))
    oldest = await statistics.oldest_waiting(database)
    age = (now() - moment(oldest)).total_seconds() if oldest else 0.0
    Gauge("desmigratif_oldest_unsent_seconds", "age of the oldest unsent message", registry=registry).set(age)
    Gauge("desmigratif_disk_free_bytes", "space left", registry=registry).set(shutil.disk_usage(path.parent).free)
    return generate_latest(registry).decode()


async def ready(database: Database) -> bool:
    """Whether a row can be committed."""
    try:
        async with database.transaction() as tx:
            await tx.run("probe")
    except NotStored:
        return False
    return True
