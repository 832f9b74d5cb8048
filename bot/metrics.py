"""What an operator watches: counts of the database and the disk, in Prometheus' text format; and whether we can store."""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.releases import Releases
from bot.store import editions, statistics
from bot.store.database import Database, NotStored
from bot.store.times import moment

_LATELY = timedelta(days=30)
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


async def page(database: Database, path: Path, current: Releases, now: Callable[[], datetime]) -> str:
    """The metrics page."""
    registry = CollectorRegistry()
    totals = await statistics.totals(database)
    for name, means in _MEANS.items():
        Gauge(f"desmigratif_{name}", means, registry=registry).set(totals.get(name, 0))
    oldest = await statistics.oldest_waiting(database)
    age = (now() - moment(oldest)).total_seconds() if oldest else 0.0
    Gauge("desmigratif_oldest_unsent_seconds", "age of the oldest unsent message", registry=registry).set(age)
    Gauge("desmigratif_disk_free_bytes", "space left", registry=registry).set(shutil.disk_usage(path.parent).free)
    await _content(registry, database, current, now())
    return generate_latest(registry).decode()


async def _content(registry: CollectorRegistry, database: Database, current: Releases, now: datetime) -> None:
    """Which release is in use, whether the folder holds a faulty one, how far corrections have come."""
    content = current.wording().release.content
    names = {"version": content.version, "digest": content.digest}
    info = Gauge("desmigratif_release_info", "the content in use", list(names), registry=registry)
    info.labels(**names).set(1)
    means = "faults that keep the content folder from being used"
    Gauge("desmigratif_content_faults", means, registry=registry).set(current.faults)
    found = await editions.corrections(database, now - _LATELY)
    sums = {"had": sum(one.had for one in found), "told": sum(one.told for one in found)}
    sums |= {"owed": sum(one.owed for one in found), "unreachable": sum(one.unreachable for one in found)}
    corrections = Gauge(
        "desmigratif_corrections", "people with an answer that changed in 30 days", ["state"], registry=registry
    )
    for state, many in sums.items():
        corrections.labels(state=state).set(many)


async def ready(database: Database) -> bool:
    """Whether a row can be committed."""
    try:
        async with database.transaction() as tx:
            await tx.run("probe")
    except NotStored:
        return False
    return True
