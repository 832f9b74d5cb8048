"""Every query has its index: none reads a table through that grows with the years, but for a few that say why.

SQLite's plans follow from the schema. PostgreSQL weighs what it knows of the rows, so it is asked in a database of long tables;
and for plans that serve all values alike, for such are those it keeps.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from bot.store.migrations import migrate, migrate_server
from bot.store.queries import by_number, queries
from tests.by_hand import ByHand
from tests.postgresql import Postgres, in_a_thread
from tests.store.long_tables import fill

SHORT = {
    "migration",  # one for each change of the schema
    "release",
    "release_use",  # what editors published
    "edition",  # of each topic as many as it had meanings
    "announced",  # vacancies
    "withheld",  # topics
    "broadcast",  # written by hand, seen by two
    "message_count",  # a few lines a month
    "join_code",  # minutes only
    "set_aside",  # our own faults, gone with their mend
}
"""What may be read through: it does not grow with the people."""
FEW = {
    "outgoing_waiting",
    "outgoing_waiting_until",
    "outgoing_leased",
    "outgoing_open_of_address",  # the outbox as it stands now
    "outgoing_passing",  # what holds somebody's data, until its minutes are over
    "case_open",
    "case_open_by_unit",
    "case_left_standing",
    "case_of_officer",
    "case_raised",
    "practice_now",
    "broadcast_running",
    "attached_file_lost",  # and nobody could bring it back
}
"""Indexes that hold nothing but what is looked for."""
SELDOM = {
    "count_events": "beside a backup, once a day: the copy's book is as long as this one",
    "doubt_waiting": "after a restore, by the operator, while nothing is served",
    "officers": "the operator's list of all officers",
    "officers_to_brief": "everybody in office, whose morning may have come",
    "subscribers": "when there is new work: everybody who wished to hear of it",
}
"""What reads a long table through all the same, and when."""


OPEN_ON_A_SERVER = {"doubt_waiting"}
"""There it reads through no more than what is on its way."""
_END = re.compile(
    r'select (?:coalesce\()?(?:max|min)\(id\)(?:, 0\))?(?: \+ 1)?(?: as last)? from "?(\w+)"?\s*(?:[;)]|$)'
)
"""The first or last number of a table is one row; with a condition it would be looked for row by row."""


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("schema") / "a.db"
    migrate(path)
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def read_through(schema: sqlite3.Connection, statement: str) -> set[str]:
    """The long tables a statement reads through, or makes an index of by itself."""
    kinds = dict(schema.execute("select name, type from sqlite_master where type in ('table', 'view')"))
    views = [sql for (sql,) in schema.execute("select sql from sqlite_master where type = 'view'")]
    named = _named(" ".join([statement, *(sql for sql in views if re.search(r"\bsame_person\b", statement))]))
    given = dict.fromkeys(re.findall(r":([a-z_]+)", statement))
    found = set()
    for *_, step in schema.execute(f"explain query plan {statement}", given):
        read = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?$|SEARCH (\w+)(?:$| USING AUTOMATIC)", step)
        if read and read[2] not in FEW:
            alias = read[1] or read[3]
            ends = set(_END.findall(statement)) if read[3] else set()
            found |= {table for table in named.get(alias, {alias}) if kinds.get(table) == "table"} - ends
    return found - SHORT - set(re.findall(r"(\w+) as (?:materialized )?\(", statement))


@pytest.fixture(scope="module")
def there(postgres: Postgres) -> Iterator[ByHand]:
    server = postgres.new_database()
    in_a_thread(migrate_server(server))
    connection = ByHand(server)
    fill(connection, SHORT)
    connection.script("set plan_cache_mode = force_generic_plan", "set jit = off")
    yield connection
    connection.close()


def read_through_there(there: ByHand, statement: str) -> set[str]:
    """The same on a server."""
    indexes = {index: (table, first) for index, table, first in there.execute(_INDEXES) if index not in FEW}
    numbered = by_number(statement.rstrip(";"))
    there.execute(f"prepare asked as {numbered.text}")
    nothing = f"({', '.join('null' for _ in numbered.names)})" if numbered.names else ""
    ((plan,),) = there.execute(f"explain (format json) execute asked{nothing}")
    there.execute("deallocate asked")
    found = set()
    for step, above in _steps(json.loads(plan)[0]["Plan"], ""):
        table, first = indexes.get(step.get("Index Name", ""), ("", ""))
        if step["Node Type"] == "Seq Scan":
            found.add(step["Relation Name"])
        elif table and not _seeks(step, first) and not (above == "Limit" and "Filter" not in step):
            found.add(table)
    return found - SHORT


_INDEXES = """
select i.relname, t.relname, a.attname
from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0] where t.relnamespace = 'public'::regnamespace"""


def _steps(step: dict[str, Any], above: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Every step of a plan, with the kind of the one above it."""
    yield step, above
    for one in step.get("Plans", ()):
        yield from _steps(one, step["Node Type"])


def _seeks(step: dict[str, Any], first: str) -> bool:
    """Whether an index is entered by its first column, and not read from one end to the other."""
    sought = re.sub(r"\(\w+ IS NOT NULL\)", "", step.get("Index Cond", ""))
    return re.search(rf"\b{first}\b", sought) is not None


def _named(statement: str) -> dict[str, set[str]]:
    """Which tables a name in a plan may stand for: a plan says the short names of the statement."""
    found: dict[str, set[str]] = {}
    shape = r'(?:from|join|update|into|,)\s+"?([a-z_]+)"?(?:\s+(?:as\s+)?([a-z_]+))?'
    for table, alias in re.findall(shape, statement, re.IGNORECASE):
        for name in (table, alias):
            found.setdefault(name, set()).add(table)
    return found


def _bare(name: str) -> str:
    return re.sub(r"^(--.*\n)+", "", queries()[name])


@pytest.mark.parametrize("name", sorted(queries().keys() - SELDOM.keys()))
def test_a_query_reads_no_long_table_through(name: str, schema: sqlite3.Connection) -> None:
    assert read_through(schema, _bare(name)) == set()


@pytest.mark.parametrize("name", sorted(queries("postgresql").keys() - SELDOM.keys() | OPEN_ON_A_SERVER))
def test_a_query_reads_no_long_table_through_on_a_server(name: str, there: ByHand) -> None:
    assert read_through_there(there, queries("postgresql")[name]) == set()


@pytest.mark.parametrize("name", sorted(SELDOM))
def test_what_is_excused_would_be_found(name: str, schema: sqlite3.Connection) -> None:
    """Or the excuse is not needed any more."""
    assert read_through(schema, _bare(name))


@pytest.mark.parametrize("name", sorted(SELDOM.keys() - OPEN_ON_A_SERVER))
def test_what_is_excused_would_be_found_on_a_server(name: str, there: ByHand) -> None:
    assert read_through_there(there, queries("postgresql")[name])


WITHOUT_INDEX = pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("select id from person where language = :l", "person"),
        ("select i.id from inbox as i where i.external_id = :x", "inbox"),
        ('select c.number from "case" c join event e on e.case_number = c.number where e.by_name = :n', "event"),
        ("delete from outgoing where error = :e", "outgoing"),
        ("select count(*) from event", "event"),
        ("select max(id) from outgoing where state = :s", "outgoing"),
        ("select person_id from same_person where self_id <> :x", "person"),
        ("select s.text from unanswered s join rating r on r.topic = s.meant where r.helped = 1", "rating"),
    ],
)


@WITHOUT_INDEX
def test_what_has_no_index_is_found(statement: str, table: str, schema: sqlite3.Connection) -> None:
    assert table in read_through(schema, statement)


@WITHOUT_INDEX
def test_what_has_no_index_is_found_on_a_server(statement: str, table: str, there: ByHand) -> None:
    assert table in read_through_there(there, statement)
