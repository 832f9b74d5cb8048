"""What came in is taken once; what goes out waits in order, leased to one sender."""

from datetime import timedelta

import pytest

from bot.model.messages import Address, Choice, Incoming, Message
from bot.store import inbox, people, post, spoken
from bot.store.database import Database, Refused
from bot.store.people import Place
from bot.store.post import NOTICE, Letter
from tests.fakes import FakeClock
from tests.store.conftest import SITI

ON = ["telegram"]


def came(id: str, address: Address = SITI, text: str = "halo") -> Incoming:
    return Incoming(address, id, "text", FakeClock()(), text)


def letter(n: int, place: Place, cause: int = 1, priority: int = 0) -> Letter:
    return Letter(cause, 0, n, place.id, Message(f"letter {cause}.{n}"), priority)


async def due(database: Database, clock: FakeClock, limit: int = 9) -> list[str]:
    taken = await post.take_due(database, ON, post.Lease(clock(), clock() + timedelta(seconds=90)), limit)
    return [one.outgoing.message.text for one in taken]


async def test_what_came_before_is_not_fresh_and_of_two_alike_the_first_is(database: Database, siti: Place) -> None:
    async with database.transaction() as tx:
        await inbox.keep(tx, [(1, siti.id, came("a"))])
        b, again, elsewhere = came("b"), came("b", text="again"), came("a", Address("telegram", "other-bot", "siti"))
        assert await inbox.unseen(tx, [came("a"), b, again, elsewhere]) == [b, elsewhere]


async def test_the_database_itself_takes_a_message_only_once(database: Database, siti: Place) -> None:
    with pytest.raises(Refused):
        async with database.transaction() as tx:
            await inbox.keep(tx, [(1, siti.id, came("a")), (2, siti.id, came("a"))])


async def test_a_letter_has_one_row_for_its_cause_step_and_place(database: Database, siti: Place) -> None:
    with pytest.raises(Refused):
        async with database.transaction() as tx:
            await post.send(tx, [letter(0, siti), letter(0, siti)], FakeClock()())


async def test_what_was_set_aside_comes_back_whole_and_counts_its_tries(database: Database, siti: Place) -> None:
    torn = Incoming(SITI, "x", "unreadable", FakeClock()(), raw=b"\x00\xff not json")
    async with database.transaction() as tx:
        await inbox.keep(tx, [(1, siti.id, torn)])
        await inbox.set_aside(tx, 1, torn, "KeyError at step.py:1")
        await inbox.set_aside(tx, 1, torn, "KeyError at step.py:2")
    (found,) = await inbox.all_set_aside(database)
    assert (found.incoming, found.error, found.tries) == (torn, "KeyError at step.py:2", 2)


async def test_what_was_set_aside_may_come_in_again_and_only_once(database: Database, siti: Place) -> None:
    again = inbox.again(came("x"), 1)
    async with database.transaction() as tx:
        await inbox.keep(tx, [(1, siti.id, came("x"))])
        await inbox.set_aside(tx, 1, came("x"), "KeyError")
        assert await inbox.unseen(tx, [came("x"), again]) == [again]
        await inbox.keep(tx, [(2, siti.id, again)])
        await inbox.forget_aside(tx, 1)
        assert await inbox.all_set_aside(tx) == []
        assert await inbox.unseen(tx, [came("x"), again]) == []


async def test_replies_go_before_notices_and_each_in_order(database: Database, siti: Place, clock: FakeClock) -> None:
    async with database.transaction() as tx:
        budi = await people.add(tx, Address("telegram", "bot", "budi"), "id", clock())
        await post.send(tx, [letter(0, budi, 1, NOTICE), letter(0, siti, 2), letter(1, siti, 2)], clock())
    assert await due(database, clock) == ["letter 2.0", "letter 2.1", "letter 1.0"]


async def test_nobody_is_given_a_row_another_has_leased_until_the_lease_is_over(
    database: Database, siti: Place, clock: FakeClock
) -> None:
    async with database.transaction() as tx:
        await post.send(tx, [letter(0, siti), letter(1, siti)], clock())
    assert await due(database, clock, limit=1) == ["letter 1.0"]
    assert await due(database, clock) == []
    clock.pass_by(seconds=91)
    assert await due(database, clock) == ["letter 1.0", "letter 1.1"]


async def test_a_row_that_waits_for_its_time_holds_back_the_later_ones_of_its_chat_only(
    database: Database, siti: Place, clock: FakeClock
) -> None:
    async with database.transaction() as tx:
        budi = await people.add(tx, Address("telegram", "bot", "budi"), "id", clock())
        await post.send(tx, [letter(0, siti), letter(1, siti), letter(0, budi, 2)], clock())
        later = (clock() + timedelta(minutes=5)).isoformat(timespec="microseconds")
        ending = {"id": 1, "state": "waiting", "external_id": "", "sent": None, "due": later, "error": "not now"}
        await post.settle(tx, [ending])
    assert await due(database, clock) == ["letter 2.0"]
    assert await post.next_due(database, ON) == later
    clock.pass_by(minutes=5)
    assert (await due(database, clock))[:2] == ["letter 1.0", "letter 1.1"]


async def test_a_row_put_back_waits_as_if_nothing_had_been(database: Database, siti: Place, clock: FakeClock) -> None:
    async with database.transaction() as tx:
        await post.send(tx, [letter(0, siti)], clock())
    (first,) = await post.take_due(database, ON, post.Lease(clock(), clock()), 1)
    async with database.transaction() as tx:
        await post.put_back(tx, [first.outgoing.id])
    (again,) = await post.take_due(database, ON, post.Lease(clock(), clock()), 1)
    assert again == first


async def test_rows_of_a_channel_that_is_off_stay_where_they_are(database: Database, siti: Place) -> None:
    clock = FakeClock()
    async with database.transaction() as tx:
        await post.send(tx, [letter(0, siti)], clock())
    assert await post.take_due(database, ["web"], post.Lease(clock(), clock()), 9) == []
    assert await post.next_due(database, ["web"]) is None


async def test_a_web_chat_shows_both_sides_in_order_and_only_its_own(database: Database, clock: FakeClock) -> None:
    mine, other = Address("web", "chat", "mine"), Address("web", "chat", "other")
    async with database.transaction() as tx:
        places = [await people.add(tx, one, "id", clock()) for one in (mine, other)]
        for number, (place, word) in enumerate(((places[0], "satu"), (places[1], "rahasia"), (places[0], "dua")), 1):
            await inbox.keep(tx, [(number, place.id, came(str(number), place.address, word))])
            await post.send(tx, [Letter(number, 0, 0, place.id, Message(f"re {word}", (Choice("a", "A"),)))], clock())
    lines = await spoken.chat_lines(database, mine)
    assert [one.text or one.message.text for one in lines if one.message or one.text] == [  # type: ignore[union-attr]
        "satu", "re satu", "dua", "re dua",
    ]  # fmt: skip
    assert [one.message.text for one in await spoken.newer_lines(database, mine, lines[1].id) if one.message] == [
        "re dua"
    ]
    assert [one.text for one in await spoken.last_shown(database, mine)] == ["re dua", "re satu"]
    assert [one.text for one in await spoken.replies_to(database, ("web", "chat", "3"))] == ["re dua"]
