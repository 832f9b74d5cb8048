"""The schema's history: applied once, in order, each whole or not at all."""

from pathlib import Path

import pytest

from bot.store import editions, people, statistics
from bot.store.database import Unusable, open_database
from bot.store.migrations import Migration, migrate, migrations
from bot.store.seal import Seal
from tests.by_hand import by_hand
from tests.store.conftest import KEY

OLD_TALK = {
    "person": 1,
    "language": "id",
    "greeted": True,
    "subject": {"topic": "jobs/taiwan", "country": "taiwan", "sector": ""},
    "shown": ["helped:jobs/taiwan"],
    "remembered": {"village": "52.02.12.2001"},
}

FIRST = Migration(1, "0001_first", "create table one (id integer primary key) strict;\n")
SECOND = Migration(2, "0002_second", "create table two (id integer primary key) strict;\ninsert into one values (7);\n")
TORN = Migration(2, "0002_torn", "create table two (id integer primary key);\ninsert into nowhere values (1);\n")
TRIGGER = """
-- a comment; with a semicolon
create table one (id integer primary key, word text);   -- after; a statement
create trigger one_stays before delete on one
begin
    select raise(abort, 'stays; for ever');
    select 1;
end;
insert into one values (1, 'a;b')"""


def tables(path: Path) -> set[str]:
    with by_hand(path) as file:
        return {row[0] for row in file.execute("select name from sqlite_schema where type in ('table', 'trigger')")}


def test_from_nothing_all_are_applied_in_order(tmp_path: Path) -> None:
    assert migrate(tmp_path / "deep" / "new.db", [FIRST, SECOND]) == ["0001_first", "0002_second"]
    assert {"one", "two"} <= tables(tmp_path / "deep" / "new.db")


def test_the_second_time_nothing_is_done(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db", [FIRST])
    assert migrate(tmp_path / "a.db", [FIRST]) == []
    assert migrate(tmp_path / "a.db", [FIRST, SECOND]) == ["0002_second"]


def test_the_shipped_ones_are_numbered_without_gaps_and_apply_twice(tmp_path: Path) -> None:
    shipped = migrations()
    assert [one.number for one in shipped] == list(range(1, len(shipped) + 1))
    assert migrate(tmp_path / "a.db") == [one.name for one in shipped]
    assert migrate(tmp_path / "a.db") == []


def test_a_file_changed_after_its_release_stops_the_start(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db", [FIRST])
    with pytest.raises(Unusable, match="changed"):
        migrate(tmp_path / "a.db", [Migration(1, "0001_first", FIRST.sql + "-- better\n"), SECOND])
    assert "two" not in tables(tmp_path / "a.db")


def test_a_database_newer_than_the_program_is_left_alone(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db", [FIRST, SECOND])
    with pytest.raises(Unusable, match="newer"):
        migrate(tmp_path / "a.db", [FIRST])


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db", [FIRST])
    before = tables(tmp_path / "a.db")
    with pytest.raises(Unusable) as error:
        migrate(tmp_path / "a.db", [FIRST, TORN])
    assert "\n" not in str(error.value)
    assert tables(tmp_path / "a.db") == before
    assert migrate(tmp_path / "a.db", [FIRST, SECOND]) == ["0002_second"]


def test_statements_end_where_sqlite_says_so(tmp_path: Path) -> None:
    migrate(tmp_path / "a.db", [Migration(1, "0001_trigger", TRIGGER)])
    assert "one_stays" in tables(tmp_path / "a.db")
    with by_hand(tmp_path / "a.db") as file:
        assert file.execute("select word from one").fetchall() == [("a;b",)]
        with pytest.raises(Exception, match="for ever"):
            file.execute("delete from one")


def test_a_file_that_is_no_database_is_left_untouched(tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_bytes(b"Dear database, " * 500)
    before = file.read_bytes()
    with pytest.raises(Unusable) as error:
        migrate(file)
    assert "\n" not in str(error.value) and "letter.db" in str(error.value)
    assert file.read_bytes() == before


async def test_the_first_released_schema_goes_on_with_the_people_in_it(tmp_path: Path) -> None:
    """A talk of 2026.11.1 had no debts, ticks or searches; what was answered then has no code."""
    path, seal = tmp_path / "a.db", Seal([KEY])
    migrate(path, migrations()[:1])
    with by_hand(path) as file:
        file.execute(
            "insert into person (id, created_at, seen_at, language, talk_sealed) values (1, ?, ?, 'id', ?)",
            ("2026-11-20", "2026-11-20", seal.close(dict[str, object], OLD_TALK)),
        )
        file.execute(
            "insert into address (id, person_id, channel, account, chat) values (1, 1, 'telegram', 'bot', '9')"
        )
        file.execute(
            "insert into answered (person_id, topic, language, version, at) values (1, 'a/b', 'id', 'x', '2026')"
        )
        file.execute("insert into rating (topic, helped, at) values ('a/b', 1, '2026')")
        file.execute("insert into unanswered (text, language, at) values ('apa', 'id', '2026')")
    assert migrate(path) == [one.name for one in migrations()[1:]]
    database = await open_database(path, seal)
    try:
        talk = (await people.talks(database, [1]))[1]
        assert (talk.subject.topic, talk.remembered, talk.owed) == ("jobs/taiwan", {"village": "52.02.12.2001"}, ())
        assert await editions.to_correct(database, 10) == []
        assert (await statistics.totals(database))["people"] == 1
        with by_hand(path) as file:
            assert file.execute("select topic from answered").fetchall() == [("a/b",)]
    finally:
        await database.close()
