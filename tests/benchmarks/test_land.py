"""The made-up land is one the service could have come to by itself: the book holds, everything can be opened, nothing dangles."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from benchmarks.generate import make
from benchmarks.land.ground import FIRST, SPAN, Ground, address_of, settle
from benchmarks.land.rows import tables
from bot.model.case import Scope
from bot.store import cases, people
from bot.store.database import Database, Store, open_database
from bot.store.seal import Seal
from bot.store.times import kept
from tests.by_hand import by_hand as by_hand_of
from tests.postgresql import Postgres

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PEOPLE = 600
OFFICIAL = tuple(f"35.{r:02}.{d:02}.{v}" for r in range(1, 4) for d in range(1, 5) for v in range(2001, 2011))
SEAL = Seal([Fernet.generate_key().decode()])


def a_land(seed: int = 35) -> Ground:
    return settle(PEOPLE, OFFICIAL, NOW, seed)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("land") / "land.db"
    asyncio.run(make(made, a_land(), SEAL, at_work=7))
    return made


@pytest.fixture
def by_hand(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    opened = await open_database(path, SEAL)
    yield opened
    await opened.close()


def count(by_hand: sqlite3.Connection, what: str) -> int:
    return int(by_hand.execute(f"select count(*) from {what}").fetchone()[0])


def test_there_are_as_many_people_messages_and_cases_as_asked_for(by_hand: sqlite3.Connection) -> None:
    assert count(by_hand, "person") == count(by_hand, "address") == PEOPLE
    assert count(by_hand, "inbox") + count(by_hand, "outgoing") == 5 * PEOPLE
    assert count(by_hand, '"case"') == count(by_hand, "consent") == PEOPLE // 5
    assert count(by_hand, "outgoing where state = 'sending'") == 7


async def test_the_book_holds(database: Database, by_hand: sqlite3.Connection) -> None:
    assert [one async for one in cases.verify(database)] == []
    assert count(by_hand, "event") > 2 * count(by_hand, '"case"')


async def test_the_book_would_not_hold_with_a_page_changed(path: Path, tmp_path: Path) -> None:
    with sqlite3.connect(path) as whole, sqlite3.connect(tmp_path / "other.db") as other:
        whole.backup(other)
        other.execute("drop trigger event_is_never_changed")
        other.execute("update event set kind = 'note' where id = 5")
    other.close()
    whole.close()
    database = await open_database(tmp_path / "other.db", SEAL)
    assert [one.event async for one in cases.verify(database)] == [5]
    await database.close()


def test_nothing_speaks_of_what_is_not_there(by_hand: sqlite3.Connection) -> None:
    assert by_hand.execute("pragma foreign_key_check").fetchall() == []
    assert by_hand.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert count(by_hand, "outgoing o left join inbox i on i.id = o.cause where i.id is null") == 0
    assert count(by_hand, "piece p left join outgoing o on o.id = p.outgoing_id where o.id is null") == 0


async def test_every_talk_opens_and_is_its_own_persons(database: Database) -> None:
    talks = await people.talks(database, range(FIRST, FIRST + PEOPLE))
    assert {person: talk.person for person, talk in talks.items()} == {one: one for one in range(FIRST, FIRST + PEOPLE)}


async def test_everybody_is_found_by_their_address(database: Database) -> None:
    async with database.transaction() as tx:
        rows = [await people.places_of(tx, FIRST + person) for person in range(0, PEOPLE, 50)]
    found = [place.address for places in rows for place in places]
    assert found == [address_of(place.person - FIRST) for places in rows for place in places] and len(found) > 8


async def test_every_case_opens_and_its_events_tell_how_it_came_to_stand_there(database: Database) -> None:
    found = await cases.queue(database, Scope(""), limit=PEOPLE)
    assert {case.state for case in found} == {"new", "working", "waiting"}
    for case in found:
        kinds = [event.kind for event in await cases.events(database, case.number, Scope(""))]
        assert kinds[0] == "opened" and "closed" not in kinds
        assert (case.state == "new") == (kinds == ["opened"]) == (case.officer == 0)


def test_everything_happened_within_two_years_in_the_order_of_its_numbers(by_hand: sqlite3.Connection) -> None:
    for table, column in (
        ("person", "created_at"),
        ("inbox", "arrived_at"),
        ("event", "at"),
        ("outgoing", "created_at"),
    ):
        times = [at for (at,) in by_hand.execute(f"select {column} from {table} order by id")]
        assert times == sorted(times) and kept(NOW - SPAN) <= times[0] and times[-1] <= kept(NOW)
        assert times[len(times) // 2] < kept(NOW - SPAN / 3)


def test_a_few_villages_are_large_and_many_small() -> None:
    ground = settle(20_000, OFFICIAL, NOW)
    homes = sorted((list(ground.homes).count(n) for n in range(len(ground.villages))), reverse=True)
    assert len(homes) == 80 and min(homes) > 0
    assert sum(homes[:20]) > sum(homes[20:])


def test_whole_districts_are_settled_as_many_as_the_people_fill() -> None:
    few, many = settle(250, OFFICIAL, NOW), settle(5_000, OFFICIAL, NOW)
    assert len(few.villages) == 10 and len({code[:8] for code in few.villages}) == 1
    assert len(many.villages) == 20


def _unsealed(ground: Ground) -> list[object]:
    """All rows, without what is sealed: a seal has chance in it."""
    made = [(table.name, row) for table in tables(ground, SEAL) for row in table.rows]
    return [(name, tuple(cell for cell in row if not isinstance(cell, bytes))) for name, row in made]


def test_the_same_seed_makes_the_same_land_another_seed_another() -> None:
    first = _unsealed(a_land())
    assert first == _unsealed(a_land())
    assert first != _unsealed(a_land(seed=36))


def test_a_table_names_as_many_columns_as_its_rows_have() -> None:
    for table in tables(a_land(), SEAL):
        assert {len(row) for row in table.rows} <= {len(table.columns)}, table.name


async def test_somebodys_database_is_left_alone(store: Store) -> None:
    await make(store, settle(50, OFFICIAL, NOW), SEAL)
    with pytest.raises(ValueError, match="has cases in it"):
        await make(store, a_land(), SEAL)


async def test_on_a_server_lies_the_same_land_and_new_numbers_go_on_behind_it(path: Path, postgres: Postgres) -> None:
    server = postgres.migrated()
    await make(server, a_land(), SEAL, at_work=7)
    with by_hand_of(server) as there, by_hand_of(path) as here:
        for table in tables(a_land(), SEAL):
            asked = f'select count(*), max({table.columns[0]}), min({table.columns[-1]}) from "{table.name}"'
            assert there.execute(asked).fetchall() == here.execute(asked).fetchall(), table.name
        assert there.execute("select * from message_count order by 1, 2, 3").fetchall() == (
            here.execute("select * from message_count order by 1, 2, 3").fetchall()
        )
        assert there.execute("select count(*) from pg_constraint where contype = 'f'").fetchone() > (20,)
        for table in ("person", "address", "inbox", "consent", "outgoing"):
            (last,) = here.execute(f"select max(id) from {table}").fetchone() or (0,)
            assert there.execute(f"select nextval('{table}_id_seq')").fetchone() == (last + 1,)
        (cases_there,) = here.execute('select count(*) from "case"').fetchone() or (0,)
        assert there.execute("select nextval('case_number')").fetchone() == (cases_there + 1,)


async def test_it_is_told_how_far_it_is(store: Store) -> None:
    told: list[tuple[str, int, int]] = []
    await make(store, settle(50, OFFICIAL, NOW), SEAL, lambda *one: told.append(one))
    assert ("person", 50, 50) in told and ("case", 10, 10) in told
