"""A commit whose answer never came: what it leased to us is sent all the same, at once, and once."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from cryptography.fernet import Fernet

from bot.delivery import Delivery
from bot.reception import Reception
from bot.store.database import Database, NotStored, open_database
from bot.store.seal import Seal
from bot.wording import Wording
from tests.fakes import FakeChannel, FakeClock
from tests.intake.house import SITI, column, text
from tests.postgresql import Postgres, new_server

_WAITS = "select pid from pg_stat_activity where wait_event = 'SyncRep'"


@pytest.fixture
def server() -> Iterator[Postgres]:
    """One of its own: its settings are changed."""
    with new_server() as server:
        yield server


@pytest.fixture
async def database(server: Postgres) -> AsyncIterator[Database]:
    opened = await open_database(server.migrated(), Seal([Fernet.generate_key().decode()]))
    yield opened
    await opened.close()


async def committed_and_cut_off(server: Postgres, work: asyncio.Task[None]) -> None:
    """It is committed here, waits for a standby nobody has, and the connection is cut."""
    while not (waiting := await asyncio.to_thread(server.sql, _WAITS)) and not work.done():
        pass
    await asyncio.to_thread(server.sql, *(f"select pg_terminate_backend({one})" for one in waiting.split()))


async def test_what_a_commit_leased_whose_answer_was_lost_goes_out_at_once_and_once(
    server: Postgres, database: Database, wording: Wording
) -> None:
    channel, clock, came = FakeChannel("telegram"), FakeClock(), text(SITI, "menu")
    delivery = Delivery(database, [channel], clock, worker="place/1")
    reception = Reception(database, lambda: wording, delivery.wake, sender=delivery)
    sending = asyncio.create_task(delivery.run())
    async with asyncio.timeout(60):
        while not delivery.room():  # noqa: ASYNC110
            await asyncio.sleep(0)
        server.sql("alter system set synchronous_standby_names = 'nobody'", "select pg_reload_conf()")
        receiving = asyncio.create_task(reception.receive([came]))
        await committed_and_cut_off(server, receiving)
        with pytest.raises(NotStored):
            await receiving
        server.sql("alter system reset synchronous_standby_names", "select pg_reload_conf()")
        await reception.receive([came])
        while column(database, "select distinct state from outgoing") != ["sent"]:  # noqa: ASYNC110
            await asyncio.sleep(0)
    sending.cancel()
    assert column(database, "select count(*) from inbox") == [1]
    assert len(channel.sent) == column(database, "select count(*) from outgoing")[0]
