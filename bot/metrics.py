"""What an operator watches, in Prometheus' text format, and whether we can store.

What this process counts comes from its tally; what stands in the database is read by queries that read no long table
through, so that the page may be asked for as often as one likes.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.releases import Releases
from bot.store import arrivals, server_clock, statistics
from bot.store.database import Database, NotStored
from bot.store.times import moment
from bot.tally import Tally

PATIENCE = 1.5
_LATELY = timedelta(days=30)
_MEANS = {
    "people": "people we have met",
    "open_cases": "cases not yet closed",
    "raised_cases": "open cases that nobody answered in time, and so rose to a higher level",
    "set_aside": "messages that could not be handled and wait for `retry`",
    "outbox_waiting": "messages waiting to be sent",
    "outbox_sending": "messages being sent",
    "outbox_uncertain": "messages that may or may not have arrived",
    "outbox_dead": "messages given up",
}


@dataclass(frozen=True, slots=True)
class Watched:
    """What the page looks at; `last_backup` is when the newest good one was made, `on_duty` whether this process does what is
    done once however many serve."""

    database: Database
    releases: Releases
    tally: Tally
    now: Callable[[], datetime]
    last_backup: Callable[[], datetime | None]
    on_duty: Callable[[], bool] = lambda: True


async def page(watched: Watched) -> str:
    """The metrics page."""
    registry = CollectorRegistry()
    totals = await statistics.totals(watched.database)
    for name, means in _MEANS.items():
        _gauge(registry, name, means, totals.get(name, 0))
    oldest = await statistics.oldest_waiting(watched.database)
    age = max(0.0, (watched.now() - moment(oldest)).total_seconds()) if oldest else 0.0
    _gauge(registry, "oldest_unsent_seconds", "age of the oldest reply or notice not yet sent", age)
    await _fleet(registry, watched)
    await _machine(registry, watched)
    await _messages(registry, watched)
    await _content(registry, watched)
    return (generate_latest(registry) + generate_latest(watched.tally.registry)).decode()


async def _fleet(registry: CollectorRegistry, watched: Watched) -> None:
    """This worker among the others: of several one is on duty."""
    means = "whether this worker is on duty: the sweep and backups are its own figures"
    _gauge(registry, "on_duty", means, float(watched.on_duty()))
    ahead = watched.now() - await server_clock.now(watched.database)
    _gauge(registry, "clock_ahead_seconds", "this machine's clock against the database server's", ahead.total_seconds())


async def _machine(registry: CollectorRegistry, watched: Watched) -> None:
    _gauge(registry, "disk_free_bytes", "space left", await asyncio.to_thread(watched.database.disk.left))
    _gauge(registry, "disk_floor_bytes", "below this nothing is taken in from people", watched.database.disk.floor)
    _gauge(registry, "ballast_bytes", "held back for a full disk; 0 when given up", watched.database.disk.held)
    made = await asyncio.to_thread(watched.last_backup)
    means = "when the last good backup was made, 0 for never"
    _gauge(registry, "last_backup_timestamp_seconds", means, made.timestamp() if made else 0.0)


async def _messages(registry: CollectorRegistry, watched: Watched) -> None:
    """What was sent where messages are charged: the category, and as what the platform says it counts it."""
    means = "messages sent on WhatsApp; billing is empty until the platform names it"
    gauge = Gauge("desmigratif_messages_sent", means, ["category", "billing"], registry=registry)
    for one in await arrivals.counted(watched.database):
        gauge.labels(category=one.category, billing=one.billing).inc(one.many)


async def _content(registry: CollectorRegistry, watched: Watched) -> None:
    """Which release is in use, whether the folder holds a faulty one, how far corrections have come."""
    content = watched.releases.wording().release.content
    names = {"version": content.version, "digest": content.digest}
    info = Gauge("desmigratif_release_info", "the content in use", list(names), registry=registry)
    info.labels(**names).set(1)
    _gauge(registry, "content_faults", "faults that keep the content folder from being used", watched.releases.faults)
    means = "people with an answer that changed in 30 days"
    corrections = Gauge("desmigratif_corrections", means, ["state"], registry=registry)
    for state, many in (await statistics.corrections(watched.database, watched.now() - _LATELY)).items():
        corrections.labels(state=state).set(many)


def _gauge(registry: CollectorRegistry, name: str, means: str, value: float) -> None:
    Gauge(f"desmigratif_{name}", means, registry=registry).set(value)


class Readiness:
    """Whether a row can be committed, said within 2 seconds: a file that another program holds may keep us longer.

    The try that did not come back in time goes on, and whoever asks next waits for the same one.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._try: asyncio.Task[bool] | None = None

    async def __call__(self) -> bool:
        """Ask."""
        if self._try is None or self._try.done():
            self._try = asyncio.create_task(_can_store(self._database))
        done, _ = await asyncio.wait([self._try], timeout=PATIENCE)
        return bool(done) and self._try.result()


async def _can_store(database: Database) -> bool:
    if database.disk.low:
        return False
    try:
        async with database.transaction(beside=True) as tx:
            await tx.run("probe")
    except NotStored:
        return False
    return True
