"""A reply goes from the commit that wrote it to the sender: never before the commit, never twice, and never lost between."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from bot.channel import NotNow
from bot.delivery import LEASE, MOST_CHATS, Delivery
from bot.model.messages import Address
from bot.pace import Pace
from bot.reception import Reception
from bot.store import inbox, post
from bot.store.database import Database, Store
from bot.wording import Wording
from tests.by_hand import refuse
from tests.fakes import FakeChannel, FakeClock
from tests.intake.house import BUDI, SITI, Words, column, new_database, outside, text

CRY = "tolong saya dipukul majikan"


@dataclass
class Hand:
    """Delivery as the door in knows it; whoever is `deaf` dies before what is handed over reaches them."""

    delivery: Delivery
    deaf: bool = False
    handed: list[post.Due] = field(default_factory=list)

    def room(self) -> post.Room | None:
        return self.delivery.room()

    def take(self, leased: Sequence[post.Due]) -> None:
        self.handed += leased
        if not self.deaf:
            self.delivery.take(leased)

    def doubt(self) -> None:
        self.delivery.doubt()


@dataclass
class House:
    """Both doors on one database."""

    database: Database
    channel: FakeChannel
    clock: FakeClock
    words: Words
    hand: Hand
    reception: Reception

    async def sent(self, number: int) -> None:
        await self.until(lambda: len(self.channel.sent) >= number)

    async def until(self, come: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not come():  # noqa: ASYNC110
                await asyncio.sleep(0)

    async def settled(self) -> None:
        """Until nothing waits, and nothing is being sent."""
        self.hand.delivery.wake()
        await self.until(lambda: set(self.states()) == {"sent"})

    def states(self) -> list[object]:
        return column(self.database, "select state from outgoing order by id")

    def in_order(self, chat: str) -> bool:
        """Whether a chat was sent its letters in the order they were written."""
        sent = [one.id for one in self.channel.sent if one.address.chat == chat]
        return sent == sorted(sent)

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """Delivery runs."""
        running = asyncio.create_task(self.hand.delivery.run())
        await self.until(lambda: self.hand.room() is not None)
        yield
        running.cancel()
        await asyncio.wait([running])


@pytest.fixture
async def house(store: Store, wording: Wording) -> AsyncIterator[House]:
    async with new_database(store) as database:
        channel, clock, words = FakeChannel("telegram"), FakeClock(), Words(wording)
        hand = Hand(Delivery(database, [channel], clock, Pace({}), lambda: 1.0))
        reception = Reception(database, lambda: words, words.wake, sender=hand)  # type: ignore[arg-type, return-value]
        yield House(database, channel, clock, words, hand, reception)


async def test_a_reply_is_being_sent_as_soon_as_it_is_stored_and_nobody_has_to_look_for_it(house: House) -> None:
    house.channel.closed["siti"] = asyncio.Event()
    async with house.sending():
        await house.reception.receive([text(SITI, "menu")])
        await house.until(lambda: house.channel.tried == ["siti"])
        assert set(house.states()) == {"sending"} and house.words.wakes == 0
        house.channel.closed["siti"].set()
        await house.sent(len(house.states()))
        await house.settled()
    assert house.in_order("siti")


async def test_while_nobody_sends_replies_wait_in_the_outbox(house: House) -> None:
    await house.reception.receive([text(SITI, "menu")])
    async with house.sending():
        await house.settled()
    await house.reception.receive([text(BUDI, "menu")])
    assert set(house.states()) == {"sent", "waiting"} and house.hand.handed == []


async def test_who_dies_after_the_commit_and_before_the_hand_over_leaves_it_to_the_next_start(house: House) -> None:
    house.hand.deaf = True
    async with house.sending():
        await house.reception.receive([text(SITI, "menu")])
        assert set(house.states()) == {"sending"} and house.hand.handed
    assert house.channel.tried == []
    house.hand.delivery = Delivery(house.database, [house.channel], house.clock, Pace({}))
    async with house.sending():
        await house.settled()
    assert len(house.channel.sent) == len(house.hand.handed)


async def test_what_was_leased_and_never_handed_over_goes_when_the_lease_has_run_out(house: House) -> None:
    house.hand.deaf = True
    async with house.sending():
        await house.reception.receive([text(SITI, "menu")])
    other = Delivery(house.database, [house.channel], house.clock, Pace({}))
    assert await other.once() == 0
    house.clock.pass_by(seconds=LEASE.total_seconds() + 1)
    assert await other.once() == len(house.hand.handed)
    assert set(house.states()) == {"sent"}


async def test_handed_over_to_who_was_told_to_stop_meanwhile_it_is_left_to_the_next_start(house: House) -> None:
    async with house.sending():
        house.hand.deaf = True
        await house.reception.receive([text(SITI, "menu")])
    house.hand.delivery.take(house.hand.handed)
    await asyncio.sleep(0)
    assert house.channel.tried == [] and set(house.states()) == {"sending"}


async def test_what_was_rolled_back_is_handed_to_nobody_and_what_stands_once(house: House) -> None:
    with outside(house.database) as file:
        refuse(file, "update on outgoing", "(select chat from address where id = new.address_id) = 'budi'")
    others = [text(Address("telegram", "bot", f"p{n}"), "menu") for n in range(5)]
    async with house.sending():
        await house.reception.receive([*others[:2], text(BUDI, "menu"), *others[2:]])
        await house.sent(len(house.states()))
        await house.settled()
    assert [one.incoming for one in await inbox.all_set_aside(house.database)] == [text(BUDI, "menu")]
    handed = [one.outgoing.id for one in house.hand.handed]
    assert sorted(handed) == column(house.database, "select id from outgoing order by id")
    assert sorted(one.id for one in house.channel.sent) == sorted(handed)


async def test_a_chat_with_something_waiting_keeps_its_order(house: House) -> None:
    house.channel.troubles["siti"] = [NotNow(30.0)]
    async with house.sending():
        await house.reception.receive([text(SITI, "menu", "a")])
        await house.until(lambda: set(house.states()) == {"waiting"})
        first = len(house.states())
        await house.reception.receive([text(SITI, "bahasa", "b"), text(BUDI, "menu")])
        await house.until(lambda: house.channel.texts("budi") != [])
        assert house.channel.texts("siti") == [] and len(house.states()) > first
        house.clock.pass_by(seconds=31)
        await house.settled()
    assert house.in_order("siti")


async def test_what_comes_while_a_chat_is_being_served_keeps_its_order(house: House) -> None:
    house.channel.closed["siti"] = asyncio.Event()
    async with house.sending():
        await house.reception.receive([text(SITI, "menu", "a")])
        await house.until(lambda: house.channel.tried == ["siti"])
        await house.reception.receive([text(SITI, "bahasa", "b")])
        house.channel.closed["siti"].set()
        await house.settled()
    assert house.in_order("siti") and len(house.channel.sent) == len(house.states())


async def test_help_goes_at_once_past_what_waits_for_the_same_chat(house: House) -> None:
    house.channel.troubles["siti"] = [NotNow(30.0)]
    async with house.sending():
        await house.reception.receive([text(SITI, "menu", "a")])
        await house.until(lambda: set(house.states()) == {"waiting"})
        before = len(house.states())
        await house.reception.receive([text(SITI, CRY)])
        await house.sent(len(house.states()) - before)
        assert house.states()[:before] == ["waiting"] * before
    assert all(one.id > before for one in house.channel.sent)
    assert any(one.startswith("danger/") for one in house.words.asked)


async def test_of_many_at_once_as_many_are_handed_over_as_can_be_served(house: House) -> None:
    many = [Address("telegram", "bot", str(n)) for n in range(MOST_CHATS + 8)]
    for one in many:
        house.channel.closed[one.chat] = asyncio.Event()
    async with house.sending():
        await house.reception.receive([text(one, "menu") for one in many])
        assert len({one.address for one in house.hand.handed}) == MOST_CHATS
        assert house.words.wakes == 1
        await house.reception.receive([text(BUDI, "menu")])
        assert len({one.address for one in house.hand.handed}) == MOST_CHATS
        for event in house.channel.closed.values():
            event.set()
        await house.settled()
    assert {one.address for one in house.channel.sent} == {*many, BUDI}
