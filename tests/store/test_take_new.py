"""A reply that may go at once is leased by the transaction that writes it: never before what would go first."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.model.messages import Address, Message
from bot.store import people, post
from bot.store.database import Database, Transaction
from bot.store.people import Place
from bot.store.post import HELP, MOST_OF_A_CHAT, NOTICE, REPLY, UNASKED_FOR, Lease, Letter, Room
from tests.fakes import FakeClock

NOW = FakeClock()()
SOON = NOW + timedelta(seconds=30)


@pytest.fixture
async def budi(database: Database) -> Place:
    """Somebody else."""
    async with database.transaction() as tx:
        return await people.add(tx, Address("telegram", "bot", "budi"), "id", NOW)


def letters(cause: int, place: Place, number: int = 1, priority: int = REPLY) -> list[Letter]:
    return [Letter(cause, 0, n, place.id, Message(f"{cause}.{n}"), priority) for n in range(number)]


def room(chats: int = 9, channels: Sequence[str] = ("telegram",)) -> Room:
    return Room(chats, channels, Lease(NOW, NOW + timedelta(seconds=90)))


async def new(tx: Transaction, *written: Letter, into: Room | None = None) -> list[str]:
    """What is leased of these, written just now."""
    await post.send(tx, written, NOW)
    taken = await post.take_new(tx, range(2, 9), into or room())
    return [one.outgoing.message.text for one in taken]


async def waits(tx: Transaction, place: Place, priority: int = REPLY) -> None:
    """Something older waits for its time."""
    await post.send(tx, [Letter(1, 0, 0, place.id, Message("older"), priority, SOON)], NOW)


async def test_replies_go_in_order_and_are_ours_for_as_long_as_the_lease(
    database: Database, siti: Place, budi: Place
) -> None:
    async with database.transaction() as tx:
        await post.send(tx, [*letters(2, siti, 2), *letters(3, budi)], NOW)
        taken = await post.take_new(tx, [2, 3], room())
    assert [one.outgoing.message.text for one in taken] == ["2.0", "2.1", "3.0"]
    assert [(one.outgoing.address, one.attempts) for one in taken] == [(siti.address, 1)] * 2 + [(budi.address, 1)]
    again = await post.take_due(database, ["telegram"], Lease(NOW, NOW), 9)
    assert again == []
    late = NOW + timedelta(seconds=91)
    again = await post.take_due(database, ["telegram"], Lease(late, late), 9)
    assert [(one.outgoing, one.attempts) for one in again] == [(one.outgoing, 2) for one in taken]


async def test_nothing_goes_before_what_waits_for_the_same_chat(database: Database, siti: Place, budi: Place) -> None:
    async with database.transaction() as tx:
        await waits(tx, siti)
        assert await new(tx, *letters(2, siti), *letters(3, budi)) == ["3.0"]


async def test_nothing_goes_before_what_is_due_and_nobody_has_taken_yet(database: Database, siti: Place) -> None:
    async with database.transaction() as tx:
        assert await new(tx, *letters(1, siti), *letters(2, siti)) == []


async def test_nothing_goes_beside_what_is_being_sent_to_the_same_chat(database: Database, siti: Place) -> None:
    async with database.transaction() as tx:
        await post.send(tx, letters(1, siti, priority=NOTICE), NOW)
    await post.take_due(database, ["telegram"], Lease(NOW, SOON), 9)
    async with database.transaction() as tx:
        assert await new(tx, *letters(2, siti, priority=HELP)) == []


async def test_what_waits_does_not_go_beside_a_reply_that_has_overtaken_it(database: Database, siti: Place) -> None:
    async with database.transaction() as tx:
        await post.send(tx, letters(1, siti, priority=NOTICE), NOW)
        assert await new(tx, *letters(2, siti)) == ["2.0"]
    assert await post.take_due(database, ["telegram"], Lease(NOW, SOON), 9) == []
    assert not await post.is_any_due(database, ["telegram"], Lease(NOW, SOON))


async def test_help_overtakes_what_waits_and_what_was_written_beside_it(
    database: Database, siti: Place, budi: Place
) -> None:
    async with database.transaction() as tx:
        await waits(tx, siti)
        written = (*letters(2, siti), *letters(3, budi), *letters(4, siti, priority=HELP), *letters(5, budi, 1, HELP))
        assert await new(tx, *written) == ["4.0", "5.0", "3.0"]


async def test_a_reply_overtakes_what_nobody_asked_for(database: Database, siti: Place) -> None:
    async with database.transaction() as tx:
        await waits(tx, siti, UNASKED_FOR)
        assert await new(tx, *letters(2, siti)) == ["2.0"]


async def test_notices_and_what_waits_for_the_morning_are_left_to_be_found(
    database: Database, siti: Place, budi: Place
) -> None:
    async with database.transaction() as tx:
        held = Letter(3, 0, 0, budi.id, Message("good morning"), REPLY, SOON)
        assert await new(tx, *letters(2, siti, priority=NOTICE), held) == []


async def test_of_one_chat_a_few_and_of_all_chats_as_many_as_there_is_room_for(
    database: Database, siti: Place, budi: Place
) -> None:
    async with database.transaction() as tx:
        written = (*letters(2, siti, MOST_OF_A_CHAT + 2), *letters(3, budi))
        assert await new(tx, *written, into=room(chats=1)) == [f"2.{n}" for n in range(MOST_OF_A_CHAT)]


async def test_a_channel_that_nobody_serves_keeps_its_letters(database: Database, siti: Place) -> None:
    async with database.transaction() as tx:
        assert await new(tx, *letters(2, siti), into=room(channels=("web",))) == []
