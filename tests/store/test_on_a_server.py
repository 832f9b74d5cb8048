"""A server that is not as it should be stops the start with one clear line; one that goes away while we serve comes back."""

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.metrics import Readiness
from bot.model.messages import Address
from bot.model.server import Server, read_server
from bot.store import people, postgresql
from bot.store.database import Database, NotStored, Refused, Store, Unusable, open_database
from bot.store.migrations import Migration, migrate_server, migrations
from bot.store.seal import Seal
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.postgresql import Postgres, new_server
from tests.store.conftest import KEY

NOW = FakeClock()()
SECRET = "rahasia-of-the-server"
CUT_OFF = """
select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and application_name = 'desmigratif'"""


@pytest.fixture
def store(postgres: Postgres) -> Store:
    return postgres.migrated()


@pytest.fixture
async def guest(postgres: Postgres) -> AsyncIterator[Server]:
    """A database by the name of somebody who needs a password and may have no connection at all."""
    postgres.sql(f"create role guest login connection limit 0 password '{SECRET}'")
    yield Server(f"postgresql://guest:{SECRET}@/postgres?host={postgres.folder}")
    postgres.sql("drop role guest")


async def refused(server: Server) -> str:
    """The one line in which a start ends."""
    with pytest.raises(Unusable) as error:
        await open_database(server, Seal([KEY]))
    line = str(error.value)
    assert "\n" not in line and str(server) in line and SECRET not in line
    return line


async def add(database: Database, chat: str) -> None:
    async with database.transaction() as tx:
        await people.add(tx, Address("telegram", "bot", chat), "id", NOW)


async def met(database: Database) -> int:
    return len(await database.rows("people", {"people": json.dumps(list(range(1, 100)))}))


async def test_a_wrong_password_is_said_and_not_shown(guest: Server) -> None:
    assert "password is wrong" in await refused(Server(guest.url.replace(SECRET, f"x{SECRET}")))


async def test_a_server_with_no_connection_left_says_so(guest: Server) -> None:
    assert "max_connections" in await refused(guest)


async def test_a_database_that_is_not_there_is_named(postgres: Postgres) -> None:
    assert "createdb" in await refused(postgres.server("no_such"))


async def test_where_nobody_answers_is_named(tmp_path: Path, unused_tcp_port: int) -> None:
    assert "nobody answers" in await refused(Server(f"postgresql://u:{SECRET}@/x?host={tmp_path}"))
    assert "nobody answers" in await refused(Server(f"postgresql://u:{SECRET}@127.0.0.1:{unused_tcp_port}/x"))


async def test_a_server_too_old_is_named_with_what_is_needed(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "OLDEST", 99)
    assert "99 or newer is needed" in await refused(postgres.server())


async def test_one_that_keeps_no_unicode_is_not_used(postgres: Postgres) -> None:
    postgres.sql("create database latin template template0 encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'")
    assert "UTF-8" in await refused(postgres.server("latin"))


async def test_a_standby_that_only_reads_is_not_used() -> None:
    with new_server() as standby:
        standby.stop()
        (standby.data / "standby.signal").touch()
        standby.start()
        assert "standby" in await refused(standby.server())


@pytest.fixture
def silent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where a server seems to be, and nobody is ever answered."""
    folder = tmp_path_factory.mktemp("s")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / ".s.PGSQL.5432"))
        listening.listen()
        yield folder


async def test_of_several_places_the_one_that_writes_is_found(
    postgres: Postgres, silent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "_CONNECT_WITHIN", 2.0)
    name = postgres.migrated().name
    with new_server() as standby:
        standby.stop()
        (standby.data / "standby.signal").touch()
        standby.start()
        reads, writes, says_nothing = (quote(str(one), safe="") for one in (standby.folder, postgres.folder, silent))
        database = await open_database(
            read_server(f"postgresql://desmigratif@{says_nothing},{reads},{writes}/{name}"), Seal([KEY])
        )
        await add(database, "ani")
        assert await met(database) == 1
        await database.close()
        assert "standby" in await refused(read_server(f"postgresql://desmigratif@{reads},{reads}/postgres"))


def test_several_places_are_said_without_the_password_and_each_is_asked_to_write() -> None:
    server = read_server(f"postgresql://desa:{SECRET}@one:5433,two/desa")
    assert str(server) == "postgresql://desa@one:5433,two/desa"
    assert "target_session_attrs=primary" in server.dsn
    assert [str(one) for one in server.each] == ["postgresql://desa@one:5433/desa", "postgresql://desa@two/desa"]


@pytest.mark.parametrize(
    "address",
    ["postgresql://h", "postgresql://h:x/d", "postgresql:///", "postgresql://u:a/b@h/d", "postgresql://h,h:x/d"],
)
def test_an_address_that_names_no_database_is_refused_without_its_words(address: str) -> None:
    with pytest.raises(ValueError, match="must look like") as error:
        read_server(address)
    assert address not in str(error.value)


def test_a_server_is_told_of_without_its_password() -> None:
    server = read_server(f"postgresql://desa:{SECRET}@db.test:5433/desa?statement_cache_size=0&sslmode=require")
    assert str(server) == "postgresql://desa@db.test:5433/desa"
    assert SECRET not in repr(server) and server.pooled and "statement_cache_size" not in server.dsn


async def test_a_connection_that_was_lost_comes_back_by_itself(database: Database) -> None:
    """Whoever is first to use it may hear that it was lost; nobody has to start anything anew."""
    await add(database, "ani")
    with by_hand(database.store) as other:
        assert len(other.execute(CUT_OFF)) == 2
    for _ in range(2):
        with suppress(NotStored):
            await met(database)
        with suppress(NotStored, Refused):  # there already
            await add(database, "budi")
    await add(database, "citra")
    chats = {
        row["chat"] for person in range(1, 5) for row in await database.rows("addresses_of_chat", {"person": person})
    }
    assert chats >= {"ani", "citra"}
    assert await Readiness(database)()


async def test_a_transaction_whose_connection_was_lost_is_never_gone_on_with_on_another(database: Database) -> None:
    with pytest.raises(NotStored):
        async with database.transaction() as tx:
            await people.add(tx, Address("telegram", "bot", "ani"), "id", NOW)
            with by_hand(database.store) as other:
                other.execute(CUT_OFF)
            for chat in ("budi", "citra"):
                try:
                    await people.add(tx, Address("telegram", "bot", chat), "id", NOW)
                except NotStored:
                    continue
    with suppress(NotStored):  # the one that reads was cut off too
        await met(database)
    assert await met(database) == 0
    await add(database, "dewi")
    assert await met(database) == 1


async def test_what_a_failed_statement_has_spoilt_is_not_taken_for_committed(database: Database) -> None:
    """The server answers `commit` kindly then, and has taken all of it back."""
    with pytest.raises(NotStored):
        async with database.transaction() as tx:
            await people.add(tx, Address("telegram", "bot", "ani"), "id", NOW)
            with suppress(Refused):
                await people.add(tx, Address("telegram", "bot", "ani"), "id", NOW)
    assert await met(database) == 0


async def test_what_is_wrong_with_a_row_is_told_without_what_stands_in_it(database: Database) -> None:
    await add(database, "a-name-nobody-may-read")
    with pytest.raises(Refused) as error:
        await add(database, "a-name-nobody-may-read")
    assert "nobody-may-read" not in str(error.value) and "unique" in str(error.value)


async def test_while_the_server_is_away_we_say_so_and_go_on_when_it_is_back() -> None:
    with new_server() as postgres:
        server = postgres.new_database()
        await migrate_server(server)
        database = await open_database(server, Seal([KEY]))
        ready = Readiness(database)
        await add(database, "ani")
        for how in (signal.SIGINT, signal.SIGQUIT):
            postgres.stop(how)
            with pytest.raises(NotStored):
                await add(database, "budi")
            assert not await ready()
            postgres.start()
            assert await ready()
        await add(database, "citra")
        assert await met(database) == 2
        await database.close()


async def test_behind_a_pooler_nothing_is_set_or_prepared_for_longer_than_a_transaction(postgres: Postgres) -> None:
    server = postgres.migrated()
    database = await open_database(Server(f"{server.url}&statement_cache_size=0"), Seal([KEY]))
    await add(database, "ani")
    assert await met(database) == 1
    with pytest.raises(NotStored):
        await database.rows("reachable", {"address": 1, "reachable": 0})
    async with database.transaction() as tx:
        assert (await tx._connection._connection.fetchval("show synchronous_commit")) == "on"  # type: ignore[attr-defined]
    await database.close()


async def test_a_step_that_fails_leaves_the_schema_as_it_was(postgres: Postgres) -> None:
    server = postgres.new_database()
    steps = [Migration(1, "0001_one", "create table one (id bigint)"), Migration(2, "0002_two", "create tabel two")]
    with pytest.raises(Unusable, match="left as it was"):
        await migrate_server(server, steps)
    with by_hand(server) as other:
        assert other.execute("select tablename from pg_tables where schemaname = 'public'").fetchall() == []
    assert await migrate_server(server, steps[:1]) == ["0001_one"]
    assert await migrate_server(server, steps[:1]) == []
    with pytest.raises(Unusable, match="was changed after"):
        await migrate_server(server, [Migration(1, "0001_one", "create table other (id bigint)")])
    with pytest.raises(Unusable, match="is newer than this program"):
        await migrate_server(server, [])


async def test_two_that_start_at_once_make_the_schema_once(postgres: Postgres) -> None:
    server = postgres.new_database()
    done = await asyncio.gather(migrate_server(server), migrate_server(server))
    assert sorted(map(len, done)) == [0, len(migrations())]
