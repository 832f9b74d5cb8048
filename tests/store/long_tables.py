"""A database on a server in which every table is as long as it may become, so that plans for it are those of a large land.

Rows are invented column by column, without meaning: a number for a number, a text for a text. What matters is how many there are,
and how many of them are of the kinds that have indexes of their own. The server is told that there are fifty times as many.
"""

from collections.abc import Set

from tests.by_hand import ByHand

ROWS, FEW_ROWS, TOLD = 20_000, 50, 50
A_DAYS = {"said": 2_000}
"""Tables that hold no more than a day of many."""
_MADE = {"text": "'t' || g", "bigint": "g", "bytea": "''::bytea", "double precision": "g"}
_ALLOWED = {
    "case.number": "lpad(g::text, 9, '0')",
    "case.urgency": "case when g % 20 = 0 then 'emergency' else 'general' end",
    "case.state": "case when g % 50 = 0 then 'working' else 'closed' end",
    "case.clock": "case when g % 50 = 0 then 'running' else 'stopped' end",
    "case.closed_at": "case when g % 50 > 0 then 't' || g end",
    "case.officer_id": "g % 3000",
    "case.worker_id": "case when g % 20 = 0 then g end",
    "case.answers_sealed": "''::bytea",
    "event.kind": "case when g % 5 = 0 then 'revealed' else 'note' end",
    "outgoing.state": "case g % 200 when 0 then 'waiting' when 1 then 'sending' when 2 then 'dead' else 'sent' end",
    "outgoing.case_number": "case when g % 3 = 0 then lpad(g::text, 9, '0') end",
    "outgoing.brief": "(g % 10 = 0)::int",
    "inbox.address_id": "g / 2",
    "person.whole": "case when g % 5 < 2 then g / 5 end",
    "answered.edition": "'t' || g % 300",
    "attached_file.state": "case g % 200 when 0 then 'wanted' when 1 then 'lost' else 'kept' end",
    "referral.state": "case when g % 50 = 0 then 'shared' else 'ended' end",
    "session.ended_at": "case when g % 20 > 0 then 't' end",
    "practice.ended_at": "case when g % 20 > 0 then 't' end",
    "corrected.state": "'told'",
    "arrival.state": "'read'",
    "officer.person_id": "g",
    "officer.role": "'officer'",
    "broadcast.state": "'done'",
    "release_use.because": "'published'",
    "export.what": "'cases'",
    "export.format": "'csv'",
}
_COLUMNS = """
select c.table_name, c.column_name, c.data_type
from information_schema.columns c join pg_tables t on t.schemaname = 'public' and t.tablename = c.table_name
where c.table_schema = 'public' and c.table_name <> 'migration'
  and (c.column_name = 'id' or (c.is_nullable = 'NO' and c.column_default is null)
       or c.table_name || '.' || c.column_name = any(string_to_array(?, ' ')))
order by c.table_name"""


def fill(there: ByHand, short: Set[str]) -> None:
    """Into a database with our schema and nothing in it; `short` tables stay short."""
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in there.execute(_COLUMNS, (" ".join(_ALLOWED),)):
        tables.setdefault(table, {})[column] = _ALLOWED.get(f"{table}.{column}", _MADE[kind])
    there.execute("set session_replication_role = replica")  # nothing is held against anything
    for table, columns in tables.items():
        many = FEW_ROWS if table in short else A_DAYS.get(table, ROWS)
        made = f"select {', '.join(columns.values())} from generate_series(1, {many}) g"
        there.execute(f'insert into "{table}" ({", ".join(columns)}) {made}')
    there.execute("set session_replication_role = origin")
    there.execute("vacuum analyze")
    there.execute(f"update pg_class set reltuples = reltuples * {TOLD} where reltuples >= {ROWS // TOLD}")
