"""Two workers at one outbox: each letter is sent by one, a chat's in order, and what one left behind goes by the other."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.channel import NotNow
from bot.delivery import LEASE, Delivery
from bot.model.limits import Limit
from bot.model.messages import Address, Message, Outgoing
from bot.pace import Pace
from bot.store import paces, people, post
from bot.store.people import Place
from bot.store.post import Due, Letter
from bot.store.times import kept
from tests.fakes import FakeChannel, FakeClock
from tests.fleet.conftest import Worker
from tests.intake.house import column

SENT = {"worker": "place0/1", "state": "sent", "external_id": "", "sent": None, "due": None, "error": None}
LIMITS = {"street": Limit(10.0, chat_seconds=1.0, burst=2)}


class Street(FakeChannel):
    """Says when it is tried."""

    def __init__(self, begun: asyncio.Event) -> None:
        super().__init__("street")
        self.begun = begun

    async def send(self, outgoing: Outgoing) -> str:
        """As any other."""
        self.begun.set()
        return await super().send(outgoing)


@dataclass(slots=True)
class Senders:
    """Two workers, each with a street of its own, and what waits for them."""

    workers: tuple[Worker, Worker]
    clock: FakeClock
    streets: tuple[FakeChannel, FakeChannel]
    senders: list[Delivery]
    tried: asyncio.Event
    written: int = 0

    async def place(self, chat: str) -> Place:
        async with self.workers[0].database.transaction() as tx:
            return await people.add(tx, Address("street", "bot", chat), "id", self.clock())

    async def write(self, place: Place, *texts: str) -> None:
        self.written += 1
        letters = [Letter(self.written, 0, n, place.id, Message(one)) for n, one in enumerate(texts)]
        async with self.workers[0].database.transaction() as tx:
            await post.send(tx, letters, self.clock())

    async def take(self, n: int, limit: int) -> list[Due]:
        """As one of them would, within limits of the street's."""
        lease = post.Lease(self.clock(), self.clock() + LEASE, worker=f"place{n}/1", limits=LIMITS)
        return await post.take_due(self.workers[n].database, ["street"], lease, limit)

    def sent(self) -> list[str]:
        return [text for street in self.streets for text in street.texts()]

    def states(self) -> set[object]:
        return set(column(self.workers[0].database, "select state from outgoing"))


@pytest.fixture
def house(workers: tuple[Worker, Worker], clock: FakeClock) -> Senders:
    tried = asyncio.Event()
    streets = Street(tried), FakeChannel("street")
    senders = [
        Delivery(worker.database, [street], clock, chance=lambda: 1.0, worker=f"place{n}/1")
        for n, (worker, street) in enumerate(zip(workers, streets, strict=True))
    ]
    return Senders(workers, clock, streets, senders, tried)


async def test_both_at_once_send_each_letter_once_and_a_chats_in_order(house: Senders) -> None:
    places = [await house.place(str(chat)) for chat in range(12)]
    for one in places:
        await house.write(one, *(f"{one.address.chat}.{n}" for n in range(4)))
    while sum(await asyncio.gather(*(sender.once() for sender in house.senders))):
        pass
    assert sorted(house.sent()) == sorted(f"{one.address.chat}.{n}" for one in places for n in range(4))
    for one in places:
        by_worker = [street.texts(one.address.chat) for street in house.streets]
        assert all(texts == sorted(texts) for texts in by_worker)
    assert house.states() == {"sent"}


async def test_while_one_sends_to_a_chat_the_other_leaves_it_alone(house: Senders) -> None:
    siti = await house.place("siti")
    await house.write(siti, "one")
    house.streets[0].closed["siti"] = asyncio.Event()
    sending = asyncio.create_task(house.senders[0].once())
    await house.tried.wait()
    await house.write(siti, "two")
    assert await house.senders[1].once() == 0
    house.streets[0].closed["siti"].set()
    await sending
    assert await house.senders[1].once() == 1
    assert house.sent() == ["one", "two"]


async def test_what_a_worker_left_behind_is_sent_by_the_other_when_its_lease_is_over_and_is_once_in_the_record(
    house: Senders,
) -> None:
    siti = await house.place("siti")
    await house.write(siti, "one")
    house.streets[0].closed["siti"] = asyncio.Event()
    slow = asyncio.create_task(house.senders[0].once())
    await house.tried.wait()
    assert await house.senders[1].once() == 0
    house.clock.now += LEASE + timedelta(seconds=1)
    assert await house.senders[1].once() == 1
    before = column(house.workers[0].database, "select sent_at from outgoing")
    house.clock.pass_by(minutes=1)
    house.streets[0].closed["siti"].set()
    await slow
    assert column(house.workers[0].database, "select sent_at from outgoing") == before
    assert house.states() == {"sent"}


async def test_what_a_worker_held_for_too_long_it_leaves_to_the_others(house: Senders) -> None:
    siti = await house.place("siti")
    await house.write(siti, "one")
    held = await house.take(0, 1)
    house.clock.now += LEASE + timedelta(seconds=1)
    house.senders[0]._begin(held)
    await asyncio.gather(*house.senders[0]._at_work)
    assert house.sent() == []
    assert await house.senders[1].once() == 1
    assert house.sent() == ["one"]


async def test_at_its_place_a_worker_takes_up_what_the_one_before_it_left_and_nothing_of_others(house: Senders) -> None:
    siti, budi = await house.place("siti"), await house.place("budi")
    for place, sender in zip((siti, budi), house.senders, strict=True):
        await house.write(place, place.address.chat)
        await post.take_due(
            house.workers[0].database,
            ["street"],
            sender._lease(),
            1,
        )
    async with house.workers[0].database.transaction() as tx:
        await post.reclaim(tx, "place0/2")
    assert column(house.workers[0].database, "select state from outgoing order by id") == ["waiting", "sending"]


async def test_places_in_an_accounts_line_are_the_fleets(house: Senders) -> None:
    for chat in range(6):
        await house.write(await house.place(str(chat)), "one")
    goes = [one.goes for n in (0, 1) for one in await house.take(n, 3)]
    assert [one - house.clock() for one in goes if one] == [timedelta(seconds=n / 10) for n in range(6)]


async def test_a_chat_that_one_worker_wrote_to_rests_at_the_other(house: Senders) -> None:
    siti = await house.place("siti")
    await house.write(siti, *"abcd")
    taken = await house.take(0, 9)
    assert [one.outgoing.message.text for one in taken] == ["a", "b"]
    async with house.workers[0].database.transaction() as tx:
        await post.settle(tx, [{**SENT, "id": one.outgoing.id} for one in taken])
    assert await house.take(1, 9) == []
    house.clock.pass_by(seconds=2)
    assert [one.outgoing.message.text for one in await house.take(1, 9)] == ["c", "d"]


async def test_a_pause_the_platform_asked_one_worker_for_is_kept_by_all(house: Senders) -> None:
    siti = await house.place("siti")
    await house.write(siti, "one")
    async with house.workers[0].database.transaction() as tx:
        await paces.pause(tx, siti.address, house.clock() + timedelta(seconds=60))
    assert await house.take(1, 9) == []
    house.clock.pass_by(seconds=59)
    assert await house.take(1, 9) == []
    house.clock.pass_by(seconds=2)
    assert len(await house.take(1, 9)) == 1


async def test_asked_to_be_quiet_by_another_a_worker_keeps_what_it_holds(house: Senders) -> None:
    pace = Pace(LIMITS)
    sender = Delivery(house.workers[0].database, [house.streets[0]], house.clock, pace, worker="place0/1")
    places = [await house.place(str(chat)) for chat in range(9)]
    for one in places:
        await house.write(one, "one")
    sending = asyncio.create_task(sender.once())
    await house.tried.wait()
    sender.quiet(places[0].address, house.clock() + timedelta(minutes=5))
    await sending
    assert house.states() == {"sent", "waiting"}
    later = {
        str(due) for due in column(house.workers[0].database, "select due_at from outgoing where state = 'waiting'")
    }
    assert all(due > kept(house.clock() + timedelta(minutes=4)) for due in later)


async def test_who_is_asked_to_be_quiet_tells_the_others(house: Senders) -> None:
    told = list[tuple[Address, datetime]]()
    sender = Delivery(
        house.workers[0].database,
        [house.streets[0]],
        house.clock,
        worker="place0/1",
        tell=lambda address, until: told.append((address, until)),
    )
    siti = await house.place("siti")
    house.streets[0].troubles["siti"] = [NotNow(60.0, everyone=True)]
    await house.write(siti, "one")
    await sender.once()
    assert told == [(siti.address, house.clock() + timedelta(seconds=60))]
