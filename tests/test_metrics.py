"""The page of figures, and whether we are ready: true, cheap, and never kept waiting by a file another program holds."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from prometheus_client.parser import text_string_to_metric_families

from bot.casework.arrivals import Arrival
from bot.metrics import Readiness, Watched, page
from bot.model.messages import Address, Message
from bot.model.templates import NO_TEMPLATES
from bot.releases import Releases
from bot.store import arrivals, people, post
from bot.store.arrivals import Sent
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.post import NOTICE, UNASKED_FOR, Letter
from bot.store.seal import Seal
from bot.tally import new_tally
from bot.understanding.release import Release
from tests.conftest import CONTENT
from tests.fakes import FakeClock

SITI = Address("telegram", "bot", "siti")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    migrate(tmp_path / "a.db")
    opened = await open_database(tmp_path / "a.db", Seal([Fernet.generate_key().decode()]))
    yield opened
    await opened.close()


@pytest.fixture
def watched(database: Database, release: Release, clock: FakeClock, tmp_path: Path) -> Watched:
    releases = Releases(database, CONTENT, release, clock, tmp_path)
    return Watched(database, releases, new_tally(), clock, lambda: None)


async def figures(watched: Watched) -> dict[str, float]:
    """The page as a machine reads it: names, with labels where there are any."""
    families = text_string_to_metric_families(await page(watched))
    samples = [sample for family in families for sample in family.samples]
    return {"".join((one.name.removeprefix("desmigratif_"), *one.labels.values())): one.value for one in samples}


async def test_it_says_whether_this_worker_is_on_duty_and_how_wrong_its_clock_is(
    watched: Watched, clock: FakeClock
) -> None:
    clock.now = datetime.now(UTC) + timedelta(hours=1)
    assert 3590 < (await figures(watched))["clock_ahead_seconds"] <= 3600
    for ours in (True, False):
        assert (await figures(replace(watched, on_duty=lambda ours=ours: ours)))["on_duty"] == ours


async def test_an_empty_house_has_figures_too(watched: Watched) -> None:
    found = await figures(watched)
    names = ("people", "open_cases", "set_aside", "outbox_waiting", "outbox_dead", "oldest_unsent_seconds")
    assert {found[name] for name in names} == {0}
    assert (found["last_backup_timestamp_seconds"], found["answered_total"], found["content_faults"]) == (0, 0, 0)
    assert found["disk_free_bytes"] > 0


async def test_the_oldest_unsent_is_what_somebody_waits_for_and_not_news_held_until_the_morning(
    watched: Watched, database: Database, clock: FakeClock
) -> None:
    async with database.transaction() as tx:
        place = await people.add(tx, SITI, "id", clock())
        morning = clock() + timedelta(hours=9)
        await post.send(tx, [Letter(1, 0, 0, place.id, Message("news"), UNASKED_FOR, morning)], clock())
    clock.pass_by(minutes=4)
    assert (await figures(watched))["oldest_unsent_seconds"] == 0
    async with database.transaction() as tx:
        await post.send(tx, [Letter(2, 1, 0, place.id, Message("notice"), NOTICE)], clock())
        await post.send(tx, [Letter(3, 0, 0, place.id, Message("reply"))], clock())
    clock.pass_by(seconds=30)
    found = await figures(watched)
    assert (found["oldest_unsent_seconds"], found["outbox_waiting"], found["people"]) == (30, 3, 1)
    clock.pass_by(days=-1)
    assert (await figures(watched))["oldest_unsent_seconds"] == 0


async def test_what_this_process_counts_and_the_last_backup_are_on_the_page(watched: Watched, clock: FakeClock) -> None:
    def last_backup() -> datetime:
        return clock()

    watched.tally.floods.labels("telegram").inc(2)
    watched.tally.handling.observe(0.2)
    made = Watched(watched.database, watched.releases, watched.tally, clock, last_backup)
    found = await figures(made)
    assert found["flood_limits_totaltelegram"] == 2
    assert (found["handling_seconds_bucket0.1"], found["handling_seconds_bucket0.25"]) == (0, 1)
    assert found["last_backup_timestamp_seconds"] == clock().timestamp()


async def test_ready_says_no_while_another_program_holds_the_file_and_yes_afterwards(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.metrics.PATIENCE", 0.05)
    ready = Readiness(database)
    assert await ready()
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        assert [await ready() for _ in range(3)] == [False] * 3
        other.execute("rollback")
    monkeypatch.setattr("bot.metrics.PATIENCE", 60)
    assert await ready()


async def test_ready_says_no_when_nothing_can_be_written(database: Database) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("alter table person rename to away")
        assert not await Readiness(database)()
        other.execute("alter table away rename to person")
    assert await Readiness(database)()


async def test_messages_that_are_charged_are_counted_as_the_platform_counts_them(
    watched: Watched, database: Database, clock: FakeClock
) -> None:
    async with database.transaction() as tx:
        place = await people.add(tx, Address("whatsapp", "1", "ID.siti"), "id", clock())
        await post.send(tx, [Letter(1, 0, n, place.id, Message("halo")) for n in range(2)], clock())
        letters = [Sent(1, ("wamid.a",), "service"), Sent(2, ("wamid.b", "wamid.c"), "utility")]
        await arrivals.sent(tx, letters, clock(), NO_TEMPLATES)
        await arrivals.take(tx, [Arrival("wamid.b", "delivered", 0, "utility", "regular")], clock(), NO_TEMPLATES)
    found = await figures(watched)
    assert found["messages_sentservice"] == 1
    assert (found["messages_sentregularutility"], found["messages_sentutility"]) == (1, 1)
