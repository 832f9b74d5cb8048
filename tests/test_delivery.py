"""The one door out: in order for each chat, at least once, and a chat in trouble holds up nobody else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as some

from bot.channel import Moved, Never, NotNow, Uncertain
from bot.delivery import LEASE, MOST_CHATS, Delivery
from bot.model.messages import Address, Message
from bot.pace import Limit, Pace
from bot.sending import MOST_TRIES, wait_before
from bot.store import people, post
from bot.store.database import Database, NotStored, Store, open_database
from bot.store.people import Place
from bot.store.post import HELP, MOST_OF_A_CHAT, NOTICE, Letter
from bot.store.seal import Seal
from tests.by_hand import begin_to_write, by_hand
from tests.fakes import FakeChannel, FakeClock


@dataclass
class Post:
    """An outbox, a street it goes to, and the clock above."""

    database: Database
    channel: FakeChannel
    clock: FakeClock
    delivery: Delivery
    written: int = 0

    async def place(self, chat: str) -> Place:
        async with self.database.transaction() as tx:
            return await people.add(tx, Address("street", "bot", chat), "id", self.clock())

    async def write(self, place: Place, *texts: str, priority: int = 0) -> None:
        self.written += 1
        letters = [Letter(self.written, 0, n, place.id, Message(one), priority) for n, one in enumerate(texts)]
        async with self.database.transaction() as tx:
            await post.send(tx, letters, self.clock())

    async def rows(self) -> list[tuple[Any, ...]]:
        """Every row as (text, state), in order."""
        with by_hand(self.database.store) as file:
            found = file.execute("select message_sealed, state from outgoing order by id").fetchall()
        return [(self.database.seal.open(Message, sealed).text, state) for sealed, state in found]

    async def send_all(self, rounds: int = 50) -> None:
        """Round after round, an hour between them, until nothing is due."""
        for _ in range(rounds):
            if not await self.delivery.once():
                return
            self.clock.pass_by(hours=1)


@pytest.fixture
async def house(store: Store) -> AsyncIterator[Post]:
    database = await open_database(store, Seal([Fernet.generate_key().decode()]))
    channel, clock = FakeChannel("street"), FakeClock()
    yield Post(database, channel, clock, Delivery(database, [channel], clock, chance=lambda: 1.0))
    await database.close()


async def test_what_waits_is_sent_in_order_and_once(house: Post) -> None:
    siti = await house.place("siti")
    await house.write(siti, "one", "two")
    await house.write(siti, "three")
    await house.send_all()
    assert house.channel.texts() == ["one", "two", "three"]
    assert {state for _, state in await house.rows()} == {"sent"}


async def test_a_chat_that_must_wait_keeps_its_order_and_holds_up_nobody(house: Post) -> None:
    siti, budi = await house.place("siti"), await house.place("budi")
    house.channel.troubles["siti"] = [NotNow(30.0)]
    await house.write(siti, "one", "two")
    await house.write(budi, "for budi")
    await house.delivery.once()
    assert house.channel.texts() == ["for budi"]
    house.clock.pass_by(seconds=29)
    assert await house.delivery.once() == 0
    house.clock.pass_by(seconds=1)
    await house.delivery.once()
    assert house.channel.texts("siti") == ["one", "two"]


async def test_a_row_is_given_up_after_so_many_tries_and_the_next_one_goes(house: Post) -> None:
    siti = await house.place("siti")
    house.channel.troubles["siti"] = [NotNow()] * MOST_TRIES
    await house.write(siti, "one", "two")
    await house.send_all()
    assert await house.rows() == [("one", "dead"), ("two", "sent")]
    assert len(house.channel.tried) == MOST_TRIES + 1


async def test_an_outage_for_everyone_kills_no_row_however_long(house: Post) -> None:
    siti = await house.place("siti")
    house.channel.troubles["siti"] = [NotNow(1.0, everyone=True)] * (MOST_TRIES + 3)
    await house.write(siti, "one")
    await house.send_all()
    assert await house.rows() == [("one", "sent")]


async def test_somebody_who_blocked_us_is_tried_once_and_the_rest_is_cancelled(house: Post) -> None:
    siti, budi = await house.place("siti"), await house.place("budi")
    house.channel.troubles["siti"] = [Never("blocked")] * 9
    await house.write(siti, "one", "two", "three")
    await house.write(budi, "for budi")
    await house.send_all()
    assert house.channel.tried.count("siti") == 1
    assert [state for _, state in await house.rows()] == ["cancelled", "cancelled", "cancelled", "sent"]
    assert await people.places_of(house.database, siti.person) == []


async def test_a_message_the_platform_will_never_take_is_dead_and_the_others_go(house: Post) -> None:
    siti = await house.place("siti")
    house.channel.troubles["siti"] = [Never("too odd", this_one=True)]
    await house.write(siti, "one", "two")
    await house.send_all()
    assert await house.rows() == [("one", "dead"), ("two", "sent")]
    assert len(await people.places_of(house.database, siti.person)) == 1


async def test_a_chat_that_moved_is_written_to_where_it_is_now(house: Post) -> None:
    siti = await house.place("siti")
    house.channel.troubles["siti"] = [Moved("siti-new")]
    await house.write(siti, "one", "two")
    await house.send_all()
    assert house.channel.texts("siti-new") == ["one", "two"]


async def test_a_chat_that_moved_to_where_we_know_it_already_loses_nothing(house: Post) -> None:
    old, new = await house.place("old"), await house.place("new")
    house.channel.troubles["old"] = [Moved("new")]
    await house.write(old, "one", "two")
    await house.write(new, "three")
    await house.send_all()
    assert sorted(house.channel.texts("new")) == ["one", "three", "two"]
    assert {state for _, state in await house.rows()} == {"sent"}


async def test_what_may_have_arrived_is_repeated_once_and_no_more(house: Post) -> None:
    siti = await house.place("siti")
    house.channel.troubles["siti"] = [Uncertain(), Uncertain(), Uncertain()]
    await house.write(siti, "one")
    await house.write(await house.place("budi"), "for budi")
    await house.send_all()
    assert house.channel.tried.count("siti") == 2
    assert await house.rows() == [("one", "uncertain"), ("for budi", "sent")]


async def test_what_may_have_arrived_is_repeated_though_it_was_tried_before_and_only_once_whatever_comes_between(
    house: Post,
) -> None:
    siti, budi = await house.place("siti"), await house.place("budi")
    house.channel.troubles["siti"] = [NotNow(), Uncertain()]
    house.channel.troubles["budi"] = [Uncertain(), NotNow(), Uncertain()]
    await house.write(siti, "one")
    await house.write(budi, "two")
    await house.send_all()
    assert await house.rows() == [("one", "sent"), ("two", "uncertain")]


async def test_a_repeat_that_arrives_ends_it(house: Post) -> None:
    house.channel.troubles["siti"] = [Uncertain()]
    await house.write(await house.place("siti"), "one")
    await house.send_all()
    assert await house.rows() == [("one", "sent")]


async def test_a_fault_of_ours_kills_the_row_and_not_the_loop(house: Post) -> None:
    siti = await house.place("siti")
    house.channel.troubles["siti"] = [KeyError("what Siti wrote")]
    await house.write(siti, "one", "two")
    await house.send_all()
    assert await house.rows() == [("one", "dead"), ("two", "sent")]


async def test_whoever_dies_while_sending_leaves_a_lease_that_runs_out(house: Post) -> None:
    siti = await house.place("siti")
    house.channel.closed["siti"] = asyncio.Event()
    await house.write(siti, "one", "two")
    dying = asyncio.create_task(house.delivery.once())
    while not house.channel.tried:  # noqa: ASYNC110
        await asyncio.sleep(0)
    dying.cancel()
    with suppress(asyncio.CancelledError):
        await dying
    house.channel.closed.clear()
    reborn = Delivery(house.database, [house.channel], house.clock)
    assert await reborn.once() == 0
    house.clock.pass_by(seconds=LEASE.total_seconds() + 1)
    await reborn.once()
    assert house.channel.texts() == ["one", "two"]


async def test_a_reply_overtakes_notices(house: Post) -> None:
    await house.write(await house.place("ratna"), "notice", priority=NOTICE)
    await house.write(await house.place("siti"), "reply")
    await house.delivery.once()
    assert house.channel.texts() == ["reply", "notice"]


async def test_what_is_being_sent_is_not_sent_again_when_the_wall_clock_jumps(house: Post) -> None:
    siti, budi = await house.place("siti"), await house.place("budi")
    house.channel.closed["siti"] = asyncio.Event()
    await house.write(siti, "one")
    running = asyncio.create_task(house.delivery.run())
    async with asyncio.timeout(5):
        await _until(house, lambda: house.channel.tried == ["siti"])
        house.clock.pass_by(days=1)
        await house.write(budi, "two")
        await _until(house, lambda: house.channel.texts() == ["two"])
        house.channel.closed["siti"].set()
        await _until(house, lambda: len(house.channel.sent) == 2)
    running.cancel()
    await asyncio.wait([running])
    assert house.channel.tried == ["siti", "budi"]
    assert await house.rows() == [("one", "sent"), ("two", "sent")]


async def _until(house: Post, come: Callable[[], bool]) -> None:
    while not come():
        house.delivery.wake()
        await asyncio.sleep(0)


async def test_how_a_send_ended_is_kept_until_it_can_be_written_down(
    house: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.database.LAST_PATIENCE", 0.0)
    siti = await house.place("siti")
    await house.write(siti, "one")
    house.channel.closed["siti"] = asyncio.Event()
    sending = asyncio.create_task(house.delivery.once())
    with by_hand(house.database.store) as other:
        async with asyncio.timeout(30):
            await _until(house, lambda: house.channel.tried == ["siti"])
            house.database.hurry()
            begin_to_write(other)
            house.channel.closed["siti"].set()
            await _until(house, lambda: house.channel.sent != [])
            await _refused(house)
            other.execute("rollback")
            await sending
    assert house.channel.tried == ["siti"]
    assert await house.rows() == [("one", "sent")]


async def test_what_was_being_sent_waits_again_as_soon_as_a_database_held_at_the_start_is_free(
    house: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    siti = await house.place("siti")
    house.channel.closed["siti"] = asyncio.Event()
    await house.write(siti, "one")
    dying = asyncio.create_task(house.delivery.once())
    async with asyncio.timeout(30):
        await _until(house, lambda: house.channel.tried == ["siti"])
        dying.cancel()
        await asyncio.wait([dying])
        house.channel.closed.clear()
        monkeypatch.setattr("bot.store.database.LAST_PATIENCE", 0.0)
        house.database.hurry()
        with by_hand(house.database.store) as other:
            begin_to_write(other)
            reborn = asyncio.create_task(Delivery(house.database, [house.channel], house.clock).run())
            await _until(house, lambda: "cannot be read or written" in caplog.text)
            other.execute("rollback")
        await _until(house, lambda: house.channel.texts() == ["one"])
    reborn.cancel()
    await asyncio.wait([reborn])


async def _refused(house: Post) -> None:
    """Returns when the database has refused somebody: the ending before us was refused too."""
    with suppress(NotStored):
        async with house.database.transaction():
            pass


async def test_the_loop_sends_what_it_is_woken_for(house: Post) -> None:
    running = asyncio.create_task(house.delivery.run())
    try:
        siti = await house.place("siti")
        await house.write(siti, "one")
        house.delivery.wake()
        async with asyncio.timeout(5):
            while not house.channel.sent:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
    assert house.channel.texts() == ["one"]


async def test_asked_to_be_quiet_the_whole_account_is_quiet_for_so_long(house: Post) -> None:
    seconds = [100.0]
    pace = Pace({"street": Limit(30.0, 1.0, 6)}, lambda: seconds[0])
    pace.pause(Address("street", "bot", "siti"), 20.0)
    assert pace.delay(Address("street", "bot", "budi")) == pytest.approx(20.0)
    assert pace.delay(Address("street", "other-bot", "budi")) == 0.0


@given(some.integers(1, 1000), some.floats(0, 1))
def test_the_wait_before_a_try_is_within_its_bounds(attempt: int, chance: float) -> None:
    whole = min(300.0, 2.0 ** min(attempt - 1, 30))
    assert whole / 2 <= wait_before(attempt, chance) <= whole


def test_the_wait_grows_from_a_second_to_five_minutes() -> None:
    assert [wait_before(attempt, 1.0) for attempt in (1, 2, 3, 9, 10, 99)] == [1, 2, 4, 256, 300, 300]
    assert timedelta(seconds=wait_before(1, 0.0)) == timedelta(seconds=0.5)


async def test_an_outage_of_hours_kills_no_row(house: Post) -> None:
    siti = await house.place("siti")
    house.channel.troubles["siti"] = [NotNow()] * (2 * MOST_TRIES)
    await house.write(siti, "one")
    for _ in range(2 * MOST_TRIES + 1):
        await house.delivery.once()
        house.clock.pass_by(minutes=5)
    assert await house.rows() == [("one", "sent")]


async def test_chats_that_must_rest_hold_up_nobody_and_send_on_in_order(house: Post) -> None:
    seconds = [100.0]
    pace = Pace({"street": Limit(1000.0, 1.0, 2)}, lambda: seconds[0])
    delivery = Delivery(house.database, [house.channel], house.clock, pace)
    busy = [await house.place(f"busy {n}") for n in range(MOST_CHATS + 8)]
    for place in busy:
        await house.write(place, "1", "2", "3", "4")
    await house.write(await house.place("siti"), "one")
    async with asyncio.timeout(10):
        while not house.channel.texts("siti"):
            await delivery.once()
        assert all(house.channel.texts(f"busy {n}") == ["1", "2"] for n in range(len(busy)))
        for _ in range(2):
            seconds[0] += 1.0
            house.clock.pass_by(seconds=1)
            while await delivery.once():
                pass
    assert all(house.channel.texts(f"busy {n}") == ["1", "2", "3", "4"] for n in range(len(busy)))


async def test_help_overtakes_what_waits_for_the_same_chat(house: Post) -> None:
    pace = Pace({"street": Limit(1000.0, 1.0, 2)}, lambda: 100.0)
    delivery = Delivery(house.database, [house.channel], house.clock, pace)
    siti = await house.place("siti")
    await house.write(siti, *"123456789")
    while await delivery.once():
        pass
    await house.write(siti, "call 110", priority=HELP)
    house.clock.pass_by(seconds=1)
    pace._chat_free.clear()
    await delivery.once()
    assert house.channel.texts()[:3] == ["1", "2", "call 110"]


async def test_of_one_chat_a_few_are_taken_at_a_time(house: Post) -> None:
    await house.write(await house.place("siti"), *"123456789")
    assert await house.delivery.once() == MOST_OF_A_CHAT
    assert house.channel.texts() == list("123456")
