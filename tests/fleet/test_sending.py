"""Two workers at one outbox: each letter is sent by one, a chat's in order, and what one left behind goes by the other."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.channel import NotNow
from bot.delivery import LEASE, Delivery
from bot.model.limits import Limit
from bot.model.messages import Address, Message, Outgoing
from bot.pace import Pace
from bot.store import paces, people, post
from bot.store.people import Place
from bot.store.post import Due, Letter
from tests.fakes import FakeChannel, FakeClock
from tests.fleet.conftest import Worker
from tests.intake.house import column, outside

SENT = {"state": "sent", "external_id": "", "sent": None, "due": None, "error": None}
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
    steady: list[float] = field(default_factory=lambda: [1000.0])
    written: int = 0

    async def place(self, chat: str) -> Place:
        async with self.workers[0].database.transaction() as tx:
            return await people.add(tx, Address("street", "bot", chat), "id", self.clock())

    async def write(self, place: Place, *texts: str) -> None:
        self.written += 1
        letters = [Letter(self.written, 0, n, place.id, Message(one)) for n, one in enumerate(texts)]
        async with self.workers[0].database.transaction() as tx:
            await post.send(tx, letters, self.clock())

    async def take(self, n: int, limit: int, ahead: timedelta = timedelta(0)) -> list[Due]:
        """As one of them would, within limits of the street's; its clock may be ahead."""
        now = self.clock() + ahead
        lease = post.Lease(now, now + LEASE, worker=f"place{n}/1", limits=LIMITS)
        return await post.take_due(self.workers[n].database, ["street"], lease, limit)

    def pass_by(self, seconds: float) -> None:
        """So much later, also for the server: what it keeps of its own clock was so much longer ago."""
        self.clock.pass_by(seconds=seconds)
        self.steady[0] += seconds
        with outside(self.workers[0].database) as hand:
            hand.execute("update address set free_at = free_at - ?", (seconds,))
            hand.execute("update pace set free_at = free_at - ?", (seconds,))
            hand.execute("update pace set paused_until = paused_until - ?", (seconds,))
            hand.execute(
                "update outgoing set lease_until = to_char((cast(lease_until as timestamptz) - make_interval(secs => ?))"
                " at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US+00:00')",
                (seconds,),
            )

    def sent(self) -> list[str]:
        return [text for street in self.streets for text in street.texts()]

    def states(self) -> set[object]:
        return set(column(self.workers[0].database, "select state from outgoing"))


@pytest.fixture
def house(workers: tuple[Worker, Worker], clock: FakeClock) -> Senders:
    tried = asyncio.Event()
    streets = Street(tried), FakeChannel("street")
    steady = [1000.0]
    senders = [
        Delivery(
            worker.database,
            [street],
            clock,
            Pace({"street": Limit(1000.0, chat_seconds=0.0, burst=100)}, lambda: steady[0]),
            chance=lambda: 1.0,
            worker=f"place{n}/1",
            steady=lambda: steady[0],
        )
        for n, (worker, street) in enumerate(zip(workers, streets, strict=True))
    ]
    return Senders(workers, clock, streets, senders, tried, steady)


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
    house.pass_by(LEASE.total_seconds() + 1)
    assert await house.senders[1].once() == 1
    before = column(house.workers[0].database, "select sent_at from outgoing")
    house.clock.pass_by(minutes=1)
    house.streets[0].closed["siti"].set()
    await slow
    assert column(house.workers[0].database, "select sent_at from outgoing") == before
    assert house.states() == {"sent"}


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
    ends = []
    for n in (0, 1):
        waits = [one.wait for one in await house.take(n, 3)]
        assert [later - before for before, later in pairwise(waits)] == pytest.approx([0.1, 0.1])
        ends += column(house.workers[0].database, "select free_at from pace")
    assert float(str(ends[1])) - float(str(ends[0])) >= 0.3 - 1e-4


async def test_a_chat_that_one_worker_wrote_to_rests_at_the_other(house: Senders) -> None:
    siti = await house.place("siti")
    await house.write(siti, *"abcd")
    taken = await house.take(0, 9)
    assert [one.outgoing.message.text for one in taken] == ["a", "b"]
    async with house.workers[0].database.transaction() as tx:
        await post.settle(tx, [{**SENT, "id": one.outgoing.id} for one in taken], "place0/1")
    assert await house.take(1, 9) == []
    house.pass_by(3)
    assert [one.outgoing.message.text for one in await house.take(1, 9)] == ["c", "d"]


async def test_a_pause_the_platform_asked_one_worker_for_is_kept_by_all(house: Senders) -> None:
    siti = await house.place("siti")
    await house.write(siti, "one")
    async with house.workers[0].database.transaction() as tx:
        await paces.pause(tx, siti.address, 600)
    assert await house.take(1, 9) == []
    house.pass_by(300)
    assert await house.take(1, 9) == []
    house.pass_by(301)
    assert len(await house.take(1, 9)) == 1


async def test_what_a_worker_has_in_hand_when_another_is_asked_for_quiet_goes_after_it(house: Senders) -> None:
    siti, budi = await house.place("siti"), await house.place("budi")
    await house.write(siti, "one", "two")
    house.streets[0].closed["siti"] = asyncio.Event()
    sending = asyncio.create_task(house.senders[0].once())
    await house.tried.wait()
    await house.write(budi, "three")
    house.streets[1].troubles["budi"] = [NotNow(600.0, everyone=True, flood=True)]
    assert await house.senders[1].once() == 1
    house.streets[0].closed["siti"].set()
    await sending
    assert house.sent() == ["one"]
    assert [await sender.once() for sender in house.senders] == [0, 0]
    house.pass_by(601)
    while sum([await sender.once() for sender in house.senders]):
        house.pass_by(5)
    assert sorted(house.sent()) == ["one", "three", "two"]


async def test_who_comes_to_a_letter_too_late_for_its_lease_leaves_it_to_the_others(house: Senders) -> None:
    siti = await house.place("siti")
    await house.write(siti, "one", "two")
    house.streets[0].closed["siti"] = asyncio.Event()
    sending = asyncio.create_task(house.senders[0].once())
    await house.tried.wait()
    house.steady[0] += LEASE.total_seconds() - 1
    house.streets[0].closed["siti"].set()
    await sending
    assert house.sent() == ["one"]
    assert column(house.workers[0].database, "select state from outgoing order by n") == ["sent", "waiting"]
    assert await house.senders[1].once() == 1


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_a_worker_whose_clock_is_wrong_takes_nothing_from_the_others_nor_out_of_turn(
    house: Senders, minutes: int
) -> None:
    siti, budi = await house.place("siti"), await house.place("budi")
    house.clock.pass_by(minutes=-20)  # due long ago by every clock
    await house.write(siti, "one")
    await house.write(budi, "two")
    house.clock.pass_by(minutes=20)
    wrong = timedelta(minutes=minutes)
    assert [one.outgoing.message.text for one in await house.take(0, 1)] == ["one"]
    [before] = column(house.workers[0].database, "select free_at from pace")
    assert [one.outgoing.message.text for one in await house.take(1, 9, wrong)] == ["two"]
    [after] = column(house.workers[0].database, "select free_at from pace")
    assert 0 < float(str(after)) - float(str(before)) < 60, "its place is behind the other's, not minutes away"
    assert await house.take(0, 9) == [], "what it has in hand is its own"
    house.pass_by(LEASE.total_seconds() + 1)
    assert {one.outgoing.message.text for one in await house.take(0, 9)} == {"one", "two"}
