"""Messages that come to two workers at once: each is taken once, one person's one after the other, and the book is one book."""

import asyncio
import random

from bot.model.messages import Address, Incoming
from bot.store import cases, inbox, people
from bot.store.database import Database, NotStored, Outrun
from tests.fleet.conftest import Worker
from tests.intake.house import SITI, answers, column, outside, press, taken, text

REGISTRATION = ("iya", "lantan batukliang utara", "berapa lama paspor jadi?", "081200001111", "kirim")
Workers = tuple[Worker, Worker]
WITHIN = 120


async def received(workers: Workers, *incoming: Incoming) -> None:
    """Each comes to another worker, all at once."""
    await asyncio.gather(*(workers[n % 2].reception.receive([one]) for n, one in enumerate(incoming)))


async def test_an_update_that_comes_to_both_is_taken_and_answered_once(workers: Workers) -> None:
    for n in range(5):
        once = text(Address("telegram", "bot", str(n)), "menu")
        await received(workers, once, once)
    database = workers[0].database
    assert taken(database) == [f"{n}:menu" for n in range(5)]
    alone = text(SITI, "menu")
    await workers[0].reception.receive([alone])
    for n in range(5):
        once = text(Address("telegram", "bot", str(n)), "menu")
        assert await answers(database, once) == await answers(database, alone)


async def test_two_messages_of_one_person_are_handled_one_after_the_other(workers: Workers) -> None:
    for one in (press(SITI, "form:ask-officer"), *(text(SITI, said) for said in REGISTRATION[:2])):
        await workers[0].reception.receive([one])
    first, second = text(SITI, "berapa lama paspor jadi?"), text(SITI, "di mana kantornya?")
    await received(workers, first, second)
    database = workers[0].database
    talk = (await people.talks(database, [1]))[1]
    assert talk.filling and talk.filling.answers["question"] in (first.text, second.text)
    assert await answers(database, first) != await answers(database, second)  # both are not asked the same next


async def test_a_thousand_messages_brought_to_both_in_another_order_are_each_taken_and_answered_once(
    workers: Workers,
) -> None:
    chats = [Address("telegram", "bot", str(chat)) for chat in range(168)]
    chance, database = random.Random(8), workers[0].database
    for said in ("", *REGISTRATION):
        turn = [text(one, said) if said else press(one, "form:ask-officer") for one in chats]
        mixed = [chance.sample(turn, len(turn)) for _ in workers]
        async with asyncio.timeout(WITHIN):
            await asyncio.gather(*(one.reception.receive(some) for one, some in zip(workers, mixed, strict=True)))
    assert column(database, "select count(*) from inbox") == [len(chats) * (1 + len(REGISTRATION))]
    assert column(database, "select count(*) from set_aside") == [0]
    unanswered = "select count(*) from inbox i where not exists (select from outgoing o where o.cause = i.id)"
    assert column(database, unanswered) == [0]
    assert column(database, 'select count(distinct number) from "case"') == [len(chats)]
    assert column(database, "select count(*) from event where kind = 'opened'") == [len(chats)]
    assert [page async for page in cases.verify(database)] == []


async def test_cases_of_many_people_have_numbers_of_their_own_and_one_book(workers: Workers) -> None:
    chats = [Address("telegram", "bot", str(chat)) for chat in range(24)]
    await received(workers, *(press(one, "form:ask-officer") for one in chats))
    for said in REGISTRATION:
        await received(workers, *(text(one, said) for one in chats))
    database = workers[0].database
    assert column(database, 'select count(distinct number) from "case"') == [len(chats)]
    assert column(database, "select count(*) from inbox") == [len(chats) * (1 + len(REGISTRATION))]
    assert column(database, "select count(*) from set_aside") == [0]
    assert [page async for page in cases.verify(database)] == []
    assert column(database, "select count(*) from event where kind = 'opened'") == [len(chats)]


async def test_two_that_wait_for_each_other_are_told_that_one_was_outrun(workers: Workers) -> None:
    one, other = (worker.database for worker in workers)
    met = asyncio.Barrier(2)
    ends = await asyncio.gather(
        crossing(one, met, "first", "second"), crossing(other, met, "second", "first"), return_exceptions=True
    )
    assert [type(end) for end in ends if end] == [Outrun]


async def crossing(database: Database, met: asyncio.Barrier, mine: str, theirs: str) -> None:
    async with database.transaction(beside=True) as tx:
        await tx.hold([mine])
        await met.wait()
        await tx.hold([theirs])


async def test_a_key_somebody_else_took_is_outrun_beside_them(workers: Workers) -> None:
    one, other = (worker.database for worker in workers)
    came = text(SITI, "menu")
    async with one.transaction() as tx:
        await inbox.keep(tx, [(1, 0, came)])
    for beside in (True, False):
        try:
            async with other.transaction(beside=beside) as tx:
                await inbox.keep(tx, [(2, 0, came)])
        except Exception as error:
            assert isinstance(error, Outrun) is beside
        else:
            raise AssertionError("it was taken twice")


async def test_who_is_outrun_again_and_again_gets_the_database_alone_and_nothing_is_set_aside(workers: Workers) -> None:
    """A case number is taken before every try beside others."""
    worker, chat = workers[0], Address("telegram", "bot", "1")
    for one in (press(chat, "form:ask-officer"), *(text(chat, said) for said in REGISTRATION[:-1])):
        await worker.reception.receive([one])
    with outside(worker.database) as hand:
        hand.execute(
            "create function quicker() returns trigger language plpgsql as $$ begin"
            " if exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and mode = 'ShareLock')"
            " then raise unique_violation; end if; return new; end $$"
        )
        hand.execute('create trigger quicker before insert on "case" for each row execute function quicker()')
    await worker.reception.receive([text(chat, "kirim")])
    assert column(worker.database, 'select count(*) from "case"') == [1]
    assert column(worker.database, "select count(*) from set_aside") == [0]


async def test_nobody_writes_beside_who_is_alone(workers: Workers) -> None:
    one, other = (worker.database for worker in workers)
    other.hurry()
    async with one.transaction():
        try:
            async with other.transaction(beside=True):
                raise AssertionError("two at once")
        except NotStored as error:
            assert not isinstance(error, Outrun)
