"""Every statement of db/queries is used, prepares against the schema, and pastes nothing."""

import re
import sqlite3
from pathlib import Path

import pytest

from bot.store.migrations import ON_SERVERS, migrate, migrations
from bot.store.queries import FOLDER, numbered, queries
from tests.by_hand import ByHand
from tests.postgresql import Postgres

HOUSE = Path(__file__).parents[2] / "bot"
CODE = "\n".join(file.read_text("utf-8") for file in sorted(HOUSE.rglob("*.py")))


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:  # type: ignore[misc]
    path = tmp_path_factory.mktemp("schema") / "a.db"
    migrate(path)
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


@pytest.mark.parametrize("name", sorted(queries()))
def test_a_query_is_asked_for_by_name(name: str) -> None:
    assert f'"{name}"' in CODE


@pytest.mark.parametrize("name", sorted(queries()))
def test_a_query_fits_the_schema_and_is_one_statement(name: str, schema: sqlite3.Connection) -> None:
    given = dict.fromkeys(re.findall(r":([a-z_]+)", queries()[name]))
    schema.execute("explain " + _bare(name), given)


def _bare(name: str) -> str:
    """Without the comment above it."""
    return re.sub(r"^(--.*\n)+", "", queries()[name])


def test_every_query_the_rooms_ask_for_exists() -> None:
    asked = set(re.findall(r'\.(?:rows|row|run|many)\(\s*"(\w+)"', CODE))
    assert asked <= queries().keys()


def test_no_statement_is_put_together_in_python() -> None:
    outside = [file for file in HOUSE.rglob("*.py") if file.parent.name != "store"]
    begun = re.compile(r'"""?\s*(?:select|insert into|update|delete from) ', re.IGNORECASE)
    spoken = [file.name for file in outside if begun.search(file.read_text("utf-8"))]
    assert spoken in ([], ["storage.py"])


@pytest.mark.parametrize(
    "name",
    ["totals", "oldest_unsent", "spread_of_corrections", "trouble", "bring_forward", "tidy_inbox", "to_take_away"],
)
def test_what_is_asked_all_day_reads_no_long_table_through(name: str, schema: sqlite3.Connection) -> None:
    """Only by an index that holds nothing but what is looked for; a bare SEARCH of the outbox walks it by its numbers."""
    given = dict.fromkeys(re.findall(r":([a-z_]+)", queries()[name]))
    plan = [row[3] for row in schema.execute("explain query plan " + _bare(name), given)]
    listed = schema.execute("select name from sqlite_master where type = 'index' and sql like '% where %'")
    partial = {row[0] for row in listed}
    long = r"SCAN (person|address|inbox|outgoing|answered|unanswered|said)\b|SEARCH outgoing$"
    assert [step for step in plan if re.match(long, step) and step.split()[-1] not in partial] == []


def test_two_queries_of_one_name_would_be_noticed() -> None:
    names = re.findall(r"^-- name: (\w+)$", "".join(f.read_text("utf-8") for f in FOLDER.glob("queries/*.sql")), re.M)
    assert len(names) == len(set(names)) == len(queries())


def test_postgresql_is_asked_for_the_same_and_with_the_same_values(postgres: Postgres) -> None:
    """Each statement is made ready by the server itself: what it returns is read by the same names."""
    assert queries("postgresql").keys() == queries().keys()
    inside = ByHand(postgres.migrated())
    for name in queries():
        inside.prepare(numbered(name).text)
        assert set(numbered(name).names) == set(re.findall(r":([a-z_]+)", _bare(name))), name
    inside.close()


def test_every_step_of_the_schema_stands_in_both_languages() -> None:
    """Under the same number and name."""
    assert [one.name for one in migrations()] == [one.name for one in migrations(ON_SERVERS)]


def test_both_schemas_have_the_same_tables_and_columns(schema: sqlite3.Connection, postgres: Postgres) -> None:
    inside = ByHand(postgres.migrated())
    there = inside.execute(
        "select table_name, column_name from information_schema.columns where table_schema = 'public'"
    )
    inside.close()
    tables = [name for (name,) in schema.execute("select name from sqlite_schema where type in ('table', 'view')")]
    here = {(one, row[1]) for one in tables for row in schema.execute(f'pragma table_info("{one}")')}
    assert {one for one in here if not one[0].startswith("sqlite_")} == set(there)


def test_both_schemas_have_the_same_indexes(schema: sqlite3.Connection, postgres: Postgres) -> None:
    inside = ByHand(postgres.migrated())
    there = inside.execute("select indexname from pg_indexes where schemaname = 'public' and indexname !~ '_p*key$'")
    inside.close()
    here = schema.execute("select name from sqlite_schema where type = 'index' and sql is not null")
    assert {name for (name,) in here} == {name for (name,) in there}
