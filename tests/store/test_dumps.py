"""Copies of a database on a server: whole, sound, or not there at all; put back whole, with what was there kept beside it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.model.messages import Address, Message
from bot.model.server import Server
from bot.store import cases, dumps, people, post
from bot.store.copies import copy
from bot.store.database import Database, NotStored, Store, Unusable, open_database
from bot.store.migrations import ON_SERVERS, migrations
from bot.store.seal import Seal
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.postgresql import Postgres
from tests.store.conftest import KEY, GivenCase


@pytest.fixture
def store(postgres: Postgres) -> Store:
    """On a server; a dump is put back in place of all that is there."""
    return postgres.migrated()


async def test_a_copy_holds_what_is_committed_and_says_what_it_holds(
    database: Database, given_case: GivenCase, tmp_path: Path
) -> None:
    for seq in (100_001, 100_002, 100_003):
        await given_case(seq)
    found = await copy(database, tmp_path / "a.dump")
    assert (found.events, found.schema) == (3, tuple(one.number for one in migrations(ON_SERVERS)))
    assert await dumps.look_through(tmp_path / "a.dump") == found
    assert (tmp_path / "a.dump").stat().st_mode & 0o777 == 0o600
    assert left_in(tmp_path) == ["a.dump"]


async def test_pages_that_lie_in_another_order_are_the_same_book(
    database: Database, given_case: GivenCase, tmp_path: Path
) -> None:
    """What was erased lies behind the rest on a server's disk."""
    for seq in (100_001, 100_002, 100_003):
        case = await given_case(seq)
        if seq == 100_001:
            first = case.number
    async with database.transaction() as tx:
        await cases.erase(tx, first)
    assert (await copy(database, tmp_path / "a.dump")).events == 3


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        ("update event set by_name = 'x' where id = 2", "event 2: it was changed"),
        ("delete from event where id = 2", "event 3: a page before it is missing"),
        ("delete from event where id = 1", "event 2: a page before it is missing"),
        ("update event set id = 9 where id = 3", "event 9"),
    ],
)
async def test_a_copy_of_a_broken_book_is_none(
    harm: str, why: str, database: Database, given_case: GivenCase, tmp_path: Path
) -> None:
    for seq in (100_001, 100_002, 100_003):
        await given_case(seq)
    with by_hand(database.store) as other:
        other.execute("alter table event disable trigger user")
        other.execute(harm)
        other.execute("alter table event enable trigger user")
    with pytest.raises(Unusable, match=why):
        await copy(database, tmp_path / "a.dump")
    assert left_in(tmp_path) == []


async def test_half_a_dump_is_none(database: Database, given_case: GivenCase, tmp_path: Path) -> None:
    await given_case()
    await copy(database, tmp_path / "a.dump")
    whole = (tmp_path / "a.dump").read_bytes()
    (tmp_path / "a.dump").write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(Unusable, match=r"a\.dump"):
        await dumps.look_through(tmp_path / "a.dump")


async def test_put_back_it_is_what_was_and_what_came_since_is_kept_aside(
    database: Database, given_case: GivenCase, clock: FakeClock, tmp_path: Path, postgres: Postgres
) -> None:
    before = await given_case()
    async with database.transaction() as tx:
        place = await people.add(tx, Address("telegram", "bot", "budi"), "id", clock())
        letters = [post.Letter(1, 0, n, place.id, Message(f"{n}"), due=due) for n, due in enumerate(due_times(clock))]
        await post.send(tx, letters, clock())
    await copy(database, tmp_path / "a.dump")
    await given_case(100_002)
    await database.close()
    server = database.store
    assert isinstance(server, Server)
    try:
        doubtful, aside = await dumps.restore(tmp_path / "a.dump", server, clock() + timedelta(hours=1))
        again = await open_database(server, Seal([KEY]))
        assert [one.number for one in await cases.all_of_person(again, before.person)] == [before.number]
        assert [page async for page in cases.verify(again)] == []
        assert doubtful == 1
        with by_hand(server) as other:
            assert other.execute(f"select count(*) from {aside}.event").fetchone() == (2,)
            assert other.execute("select state from outgoing order by id").fetchall() == [("uncertain",), ("waiting",)]
        async with again.transaction() as tx:
            await people.add(tx, Address("telegram", "bot", "citra"), "id", clock())
            await post.send(tx, [post.Letter(2, 0, 0, place.id, Message("baru"))], clock())
        await again.close()
    finally:
        postgres.forget()


def left_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


def due_times(clock: FakeClock) -> tuple[datetime, datetime]:
    return clock(), clock() + timedelta(days=1)


async def test_what_cannot_be_put_back_leaves_everything_as_it_was(
    database: Database, given_case: GivenCase, clock: FakeClock, tmp_path: Path
) -> None:
    case = await given_case()
    (tmp_path / "a.dump").write_bytes(dumps.MAGIC + b"torn")
    assert isinstance(database.store, Server)
    with pytest.raises(NotStored):
        await dumps.restore(tmp_path / "a.dump", database.store, clock())
    assert [one.number for one in await cases.all_of_person(database, case.person)] == [case.number]
