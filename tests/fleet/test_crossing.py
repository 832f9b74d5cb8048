"""What one worker reads and then writes, while another writes just that: nothing is lost, or goes by what was so before."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from bot.delivery import LEASE
from bot.model.effects.cases import GivePaper, LinkCase, TriedPaper
from bot.model.effects.joining import OfferJoining
from bot.model.limits import Limit
from bot.model.messages import Address, Message
from bot.model.templates import NO_TEMPLATES
from bot.store import contact, joining, paces, papers, people, post, window
from bot.store.database import Database, Outrun, Transaction
from bot.store.people import Place
from bot.store.post import Due, Letter
from tests.fakes import FakeClock
from tests.fleet.conftest import Worker
from tests.fleet.test_taking_in import REGISTRATION
from tests.intake.house import BUDI, CITRA, SITI, column, outside, press, text

Workers = tuple[Worker, Worker]
WITHIN = 60
PIN, WRONG = "123456", "000000"
WAITING = "select count(*) from pg_locks where not granted"


@asynccontextmanager
async def crossed(
    workers: Workers, other: Callable[[Transaction], Awaitable[Any]], *, at_once: bool = False
) -> AsyncIterator[tuple[Transaction, asyncio.Task[Any]]]:
    """The first worker's transaction, and what the second does then: it runs into it, and goes on when the first commits.

    `at_once` it begins beside what the first does.
    """
    begun = asyncio.Event()
    if at_once:
        begun.set()
    async with asyncio.timeout(WITHIN), workers[0].database.transaction(beside=True) as tx:
        yield tx, (task := asyncio.create_task(_beside(workers[1].database, other, begun)))
        begun.set()
        await somebody_waits(workers[0].database)
    with suppress(Outrun):
        await task


async def _beside(database: Database, doing: Callable[[Transaction], Awaitable[Any]], begun: asyncio.Event) -> Any:
    await begun.wait()
    async with database.transaction(beside=True) as tx:
        return await doing(tx)


async def somebody_waits(database: Database) -> None:
    with outside(database) as hand:
        while hand.execute(WAITING).fetchone() == (0,):  # noqa: ASYNC110  the server tells nobody
            await asyncio.sleep(0)


async def registered(worker: Worker) -> str:
    """The number of a case Siti has handed in."""
    for one in (press(SITI, "form:ask-officer"), *(text(SITI, said) for said in REGISTRATION)):
        await worker.reception.receive([one])
    return str(column(worker.database, 'select number from "case"')[0])


async def written(worker: Worker, chat: Address, clock: FakeClock, *texts: str) -> Place:
    """A chat with letters that are due."""
    async with worker.database.transaction() as tx:
        place = await people.add(tx, chat, "id", clock())
        await post.send(tx, [Letter(1, 0, n, place.id, Message(one)) for n, one in enumerate(texts)], clock())
    return place


def taking(clock: FakeClock) -> Callable[[Transaction], Awaitable[list[Due]]]:
    """As a worker does that has just taken something in."""
    limits = {"telegram": Limit(10.0, chat_seconds=1.0, burst=6)}
    lease = post.Lease(clock(), clock() + LEASE, worker="other/1", limits=limits)

    async def take(tx: Transaction) -> list[Due]:
        return await post.take_new(tx, [1], post.Room(9, ["telegram"], lease))

    return take


async def test_a_letter_that_is_cancelled_or_sent_elsewhere_while_it_is_taken_is_not_sent(
    workers: Workers, clock: FakeClock
) -> None:
    siti = await written(workers[0], SITI, clock, "one", "two", "three")
    async with workers[0].database.transaction() as tx:
        budi = await people.add(tx, BUDI, "id", clock())
    async with crossed(workers, taking(clock), at_once=True) as (tx, taken):
        await paces.pause(tx, SITI, -60)  # there the other has to wait, with what it has read
        await somebody_waits(workers[0].database)
        with outside(workers[0].database) as hand:
            hand.execute("update outgoing set state = 'cancelled' where n = 0")
            hand.execute("update outgoing set address_id = ? where n = 1", (budi.id,))
    assert [(one.address, one.outgoing.message.text) for one in taken.result()] == [(siti.id, "three")]
    assert column(workers[0].database, "select state from outgoing order by n") == ["cancelled", "waiting", "sending"]


async def test_who_writes_while_a_platform_says_their_day_is_over_is_not_kept_waiting_for_what_is_theirs(
    workers: Workers, clock: FakeClock
) -> None:
    place = await written(workers[0], SITI, clock, "one")
    tried, now = clock(), clock() + timedelta(seconds=2)

    async def refused(tx: Transaction) -> None:
        await window.refused(tx, 1, tried, now, NO_TEMPLATES)

    async with crossed(workers, refused) as (tx, _):
        await window.heard(tx, {place.id: now - timedelta(seconds=1)})
    assert column(workers[0].database, "select state from outgoing") == ["waiting"]
    assert column(workers[0].database, "select heard_at is null from address") == [False]


class Between:
    """A transaction in which, between its reading and its writing, something else happens."""

    def __init__(self, tx: Transaction, happens: Callable[[], Awaitable[object]]) -> None:
        self.seal, self.rows, self._run, self._happens = tx.seal, tx.rows, tx.run, happens

    async def run(self, name: str, values: Any) -> int:
        await self._happens()
        return await self._run(name, values)


async def test_what_is_kept_back_while_somebody_is_shown_what_waits_waits_for_the_next_time(
    workers: Workers, clock: FakeClock
) -> None:
    number, database = await registered(workers[0]), workers[0].database

    async def keep(said: str) -> None:
        async with workers[1].database.transaction(beside=True) as tx:
            await contact.keep_back(tx, number, 1, [Message(said)], clock())

    async def shown() -> list[str]:
        async with database.transaction(beside=True) as tx:
            between: Any = Between(tx, lambda: keep("second") if first else keep_nothing())
            return [one.text for one in (await contact.take_back(between, number, 1)).messages]

    async def keep_nothing() -> None: ...

    first = True
    await keep("first")
    assert await shown() == ["first"]
    first = False
    assert await shown() == ["second"]


async def test_two_workers_do_not_both_let_somebody_try_a_paper_for_the_last_time(
    workers: Workers, clock: FakeClock
) -> None:
    number, now = await registered(workers[0]), clock()
    async with workers[0].database.transaction() as tx:
        await papers.give(tx, GivePaper(number, PIN))
        for _ in range(papers.TRIES - 1):
            await papers.tried(tx, TriedPaper(number, False), now)

    async def tries(tx: Transaction) -> object:
        await papers.alone_at(tx, number)
        return await papers.standing(tx, number, PIN, now)

    async with crossed(workers, tries) as (tx, right):
        await papers.alone_at(tx, number)
        assert await papers.standing(tx, number, WRONG, now) is None
        await papers.tried(tx, TriedPaper(number, False), now)
    assert right.result() is None


async def test_one_paper_is_linked_by_one_of_two_who_hold_it(workers: Workers, clock: FakeClock) -> None:
    number, database = await registered(workers[0]), workers[0].database
    async with database.transaction() as tx:
        nobody = await people.add_without_address(tx, "id", clock())
        await papers.give(tx, GivePaper(number, PIN))
        budi, citra = [(await people.add(tx, one, "id", clock())).person for one in (BUDI, CITRA)]
    with outside(database) as hand:
        hand.execute('update "case" set person_id = ?', (nobody,))
    standing = await papers.standing(database, number, PIN, clock())
    assert standing and standing.free

    async def link(tx: Transaction, person: int) -> None:
        await papers.link(tx, LinkCase(number, standing.id, person), clock())

    async with crossed(workers, lambda tx: link(tx, citra)) as (tx, second):
        await link(tx, budi)
    assert isinstance(second.exception(), Outrun)
    assert column(database, 'select person_id from "case"') == [budi]
    assert column(database, "select by_person from event where kind = 'linked'") == [budi]


async def test_wrong_codes_of_everybody_are_counted_for_all_workers(workers: Workers, clock: FakeClock) -> None:
    database, now = workers[0].database, clock()
    async with database.transaction() as tx:
        siti, budi, citra = [(await people.add(tx, one, "id", now)).person for one in (SITI, BUDI, CITRA)]
        await joining.offer(tx, siti, OfferJoining("K7M4-P2Q9", now + timedelta(minutes=10)))
        for _ in range(joining.MOST_WRONG_OF_ALL - 1):
            await tx.run("tried_joining", {"person": budi, "at": now.isoformat(timespec="microseconds")})

    async def right(tx: Transaction) -> object:
        return await joining.offered(tx, "K7M4-P2Q9", budi, now)

    async with crossed(workers, lambda tx: joining.offered(tx, "K7M4-P2Q9", citra, now)) as (tx, offered):
        assert await joining.offered(tx, "wrong", siti, now) is None
        await joining.tried(tx, siti, now)
    assert offered.result() is None
