"""What happens once in the fleet: by one worker, and by another when its connection is cut."""

import asyncio

import pytest

from bot.duty import Duty
from bot.model.server import Server
from bot.store.calls import ANYTHING, Calls
from bot.store.connection import Unusable
from bot.store.lock import _ON_DUTY, nobody_serving, serving
from tests.postgresql import Postgres

WITHIN = 60


class Shift:
    """A worker's duties, as they come and go."""

    def __init__(self, store: Server) -> None:
        self.duty = Duty(store)
        self.begun, self.ended = asyncio.Event(), asyncio.Event()

    async def work(self) -> None:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.set()

    async def run(self) -> None:
        await self.duty.run(lambda: [self.work()])


def holder(postgres: Postgres, store: Server) -> str:
    return postgres.sql(
        f"select pid from pg_locks where locktype = 'advisory' and objid = {_ON_DUTY} and granted", database=store.name
    ).strip()


async def test_the_duty_moves_when_its_holders_connection_is_cut(postgres: Postgres) -> None:
    store = postgres.migrated()
    one, other = Shift(store), Shift(store)
    async with asyncio.timeout(WITHIN), asyncio.TaskGroup() as group:
        running = [group.create_task(one.run())]
        await one.begun.wait()
        running.append(group.create_task(other.run()))
        assert one.duty.ours and not other.duty.ours
        postgres.sql(f"select pg_terminate_backend({holder(postgres, store)})")
        await one.ended.wait()
        await other.begun.wait()
        assert other.duty.ours and not one.duty.ours
        for task in running:
            task.cancel()
    assert other.ended.is_set()


async def test_what_fails_on_duty_is_heard_by_whoever_serves(postgres: Postgres) -> None:
    async def breaks() -> None:
        raise LookupError("a fault of ours")

    duty = Duty(postgres.migrated())
    try:
        async with asyncio.timeout(WITHIN):
            await duty.run(lambda: [breaks()])
    except LookupError:
        assert not duty.ours
    else:
        raise AssertionError("it was swallowed")


async def test_a_call_is_heard_by_the_others_and_not_by_whoever_said_it(postgres: Postgres) -> None:
    store = postgres.migrated()
    calls, heard = (Calls(store), Calls(store)), (asyncio.Queue[str](), asyncio.Queue[str]())
    async with asyncio.timeout(WITHIN), asyncio.TaskGroup() as group:
        running = [group.create_task(one.run(into.put_nowait)) for one, into in zip(calls, heard, strict=True)]
        assert [await one.get() for one in heard] == [ANYTHING, ANYTHING]
        calls[0].say("outbox")
        assert await heard[1].get() == "outbox"
        assert heard[0].empty()
        for task in running:
            task.cancel()


async def test_another_release_is_called_out_by_the_database(postgres: Postgres) -> None:
    store = postgres.migrated()
    calls, heard = Calls(store), asyncio.Queue[str]()
    async with asyncio.timeout(WITHIN), asyncio.TaskGroup() as group:
        running = group.create_task(calls.run(heard.put_nowait))
        assert await heard.get() == ANYTHING
        postgres.sql(
            "insert into release (digest, version, dated, published_at, files) values ('d', '1', '2026-01-01', '2026', '{}')",
            "insert into release_use (digest, at, because) values ('d', '2026', 'published')",
            database=store.name,
        )
        assert await heard.get() == "release"
        running.cancel()


async def test_many_serve_a_server_and_whoever_restores_it_wants_nobody_to(postgres: Postgres) -> None:
    store = postgres.migrated()
    async with serving(store), serving(store):
        with pytest.raises(Unusable, match="another serve works on"):
            async with nobody_serving(store):
                pytest.fail("it is served")
    async with nobody_serving(store):
        with pytest.raises(Unusable, match="another serve works on"):
            async with serving(store):
                pytest.fail("it is being restored")
