"""A database with a history moves from a file to a server: all of it or nothing, and there it goes on where it stood."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.model.messages import Address, Message
from bot.model.server import Server
from bot.store import cases, numbers, people, post
from bot.store.database import Unusable, open_database
from bot.store.lock import alone, serving
from bot.store.moving import Table, move
from bot.store.seal import Seal
from bot.wording import Wording
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.postgresql import Postgres
from tests.replay import KEY, play, read

TALKS = Path(__file__).parents[1] / "conversations"
SEAL = Seal([KEY])


@pytest.fixture
async def file(tmp_path: Path, wording: Wording) -> Path:
    """A village in which an officer has worked: cases, their book, letters, a consent."""
    await play(read(TALKS / "officers-whole-job.yaml"), tmp_path, wording)
    return tmp_path / "talk.db"


@pytest.fixture
async def server(postgres: Postgres) -> AsyncIterator[Server]:
    yield postgres.new_database()


def rows(store: Path | Server, table: Table) -> list[Any]:
    """Everything in a table."""
    with by_hand(store) as other:
        columns = ", ".join(f'"{one}"' for one in table.columns)
        return sorted((tuple(row) for row in other.execute(f'select {columns} from "{table.name}"')), key=repr)


def heard(table: Table) -> None:
    """Nobody listens."""


async def moved(file: Path, server: Server) -> list[Table]:
    return await move(file, server, SEAL, heard)


def is_empty(server: Server) -> bool:
    with by_hand(server) as other:
        return other.execute("select (select count(*) from person) + (select count(*) from event)").fetchone() == (0,)


async def test_all_that_the_file_holds_is_on_the_server(file: Path, server: Server) -> None:
    told: list[Table] = []
    tables = await move(file, server, SEAL, told.append)
    assert told == tables
    held = {table.name: table.rows for table in tables}
    assert min(held[name] for name in ("person", "case", "event", "outgoing", "consent", "officer")) > 0
    for table in tables:
        assert rows(server, table) == rows(file, table), table.name


async def test_what_came_is_weighed_before_anybody_is_served_from_it(file: Path, server: Server) -> None:
    await moved(file, server)
    with by_hand(server) as other:
        known = other.execute("select distinct tablename from pg_stats where schemaname = 'public'").fetchall()
    assert {("person",), ("address",), ("case",), ("event",), ("outgoing",)} <= set(known)


async def test_there_it_goes_on_where_it_stood(file: Path, server: Server) -> None:
    clock = FakeClock()
    with by_hand(file) as other:
        (last,) = other.execute("select max(id) from outgoing").fetchone() or (0,)
        other.execute("delete from outgoing where id = ?", (last,))
    await moved(file, server)
    database = await open_database(server, SEAL)
    async with database.transaction() as tx:
        place = await people.add(tx, Address("telegram", "bot", "new"), "id", clock())
        (number,) = await numbers.new(tx, "new_messages")
        await post.send(tx, [post.Letter(number, 0, 0, place.id, Message("halo"))], clock())
        assert [page async for page in cases.verify(tx)] == []
    with by_hand(server) as other:
        assert other.execute("select max(id) from outgoing").fetchone() == (last + 1,)
        assert other.execute(
            "select count(*) from pg_trigger where not tgisinternal and tgenabled <> 'O'"
        ).fetchone() == (0,)
        with pytest.raises(Exception, match="only grows"):
            other.execute("delete from event")
        with pytest.raises(Exception, match="foreign key"):
            other.execute("update address set person_id = 999999")
    await database.close()


async def test_a_second_time_it_is_refused_and_nothing_is_changed(file: Path, server: Server) -> None:
    tables = await moved(file, server)
    before = [rows(server, table) for table in tables]
    with pytest.raises(Unusable, match="is not empty"):
        await moved(file, server)
    assert [rows(server, table) for table in tables] == before


async def test_after_a_rehearsal_it_is_moved_again_and_what_was_there_is_kept_aside(file: Path, server: Server) -> None:
    await moved(file, server)
    with by_hand(file) as other:
        other.execute("update person set language = 'su' where id = 1")
    tables = await move(file, server, SEAL, heard, again=True)
    for table in tables:
        assert rows(server, table) == rows(file, table), table.name
    with by_hand(server) as other:
        assert other.execute("select language from before_move_1.person where id = 1").fetchone() != ("su",)
        with pytest.raises(Exception, match="only grows"):
            other.execute("delete from event")
    database = await open_database(server, SEAL)
    async with database.transaction() as tx:
        assert [page async for page in cases.verify(tx)] == []
        await people.add(tx, Address("telegram", "bot", "new"), "id", FakeClock()())
    await database.close()


async def test_again_and_cut_off_what_was_there_stays(file: Path, server: Server) -> None:
    tables = await moved(file, server)
    before = [rows(server, table) for table in tables]
    with by_hand(file) as other:
        other.execute("update address set person_id = 999999 where id = 1")
    with pytest.raises(Unusable, match="nothing was moved"):
        await move(file, server, SEAL, heard, again=True)
    assert [rows(server, table) for table in tables] == before


async def test_a_server_that_is_served_gets_nothing(file: Path, server: Server) -> None:
    async with serving(server):
        with pytest.raises(Unusable, match="another serve works on"):
            await moved(file, server)
    assert await moved(file, server)


async def test_a_book_that_does_not_hold_does_not_move_until_it_is_mended(file: Path, server: Server) -> None:
    with by_hand(file) as other:
        other.execute("drop trigger event_is_never_changed")
        (before,) = other.execute("select by_name from event where id = 1").fetchone() or ("",)
        other.execute("update event set by_name = 'x' where id = 1")
    with pytest.raises(Unusable, match="event 1"):
        await moved(file, server)
    assert is_empty(server)
    with by_hand(file) as other:
        other.execute("update event set by_name = ? where id = 1", (before,))
    assert await moved(file, server)


async def test_cut_off_in_the_middle_nothing_is_there_and_it_can_be_done_again(file: Path, server: Server) -> None:
    class Cut(Exception):
        pass

    def cut(table: Table) -> None:
        if table.name == "person":
            raise Cut

    with pytest.raises(Cut):
        await move(file, server, SEAL, cut)
    assert is_empty(server)
    assert await moved(file, server)


async def test_a_row_that_refers_to_none_is_found_before_anything_is_there(file: Path, server: Server) -> None:
    with sqlite3.connect(file) as other:
        other.execute("update address set person_id = 999999 where id = 1")
    with pytest.raises(Unusable, match="nothing was moved"):
        await moved(file, server)
    assert is_empty(server)


async def test_what_is_being_served_does_not_move(file: Path, server: Server) -> None:
    with alone(file), pytest.raises(Unusable, match="another serve works on"):
        await moved(file, server)
