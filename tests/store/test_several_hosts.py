"""Two servers under one address, one following the other: ours is the one that writes, also when the other keeps silent."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.model.server import Server, read_server
from bot.store import postgresql, statistics
from bot.store.connection import Unusable
from bot.store.database import open_database
from bot.store.migrations import migrate_server
from bot.store.seal import Seal
from tests.postgresql import USER, Postgres, new_folder, new_server
from tests.store.conftest import KEY

SECRET = "rahasia-of-the-server"
Pair = tuple[Postgres, Postgres]


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """One that writes, and one that follows it."""
    with new_server() as writes, new_folder() as follows:
        writes.sql("create database desa")
        follows.follow(writes)
        yield writes, follows


def both(first: Postgres, second: Postgres) -> Server:
    return read_server(f"postgresql://{USER}@/desa?host={first.folder},{second.folder}&target_session_attrs=read-write")


@pytest.mark.parametrize(
    ("address", "said", "each"),
    [
        (
            "postgresql://desa@a:1,b/d",
            "postgresql://desa@a:1,b/d",
            ["postgresql://desa@a:1/d", "postgresql://desa@b/d"],
        ),
        ("postgresql:///d?host=a,b&port=1,2", "postgresql://a,b/d", ["host=a&port=1", "host=b&port=2"]),
        ("postgresql:///d?host=a,b&port=1", "postgresql://a,b/d", ["host=a&port=1", "host=b&port=1"]),
        ("postgresql://desa@a:1/d", "postgresql://desa@a:1/d", ["postgresql://desa@a:1/d"]),
    ],
)
def test_an_address_may_name_several_hosts(address: str, said: str, each: list[str]) -> None:
    server = read_server(address)
    assert str(server) == said
    assert all(one.url.endswith(end) for one, end in zip(server.each, each, strict=True))


def test_one_bad_port_of_several_is_refused_without_its_words() -> None:
    with pytest.raises(ValueError, match="must look like") as error:
        read_server(f"postgresql://desa:{SECRET}@a:5432,b:x/d")
    assert SECRET not in str(error.value)


async def test_of_two_servers_both_connections_are_to_the_one_that_writes(pair: Pair) -> None:
    writes, follows = pair
    await asyncio.to_thread(asyncio.run, migrate_server(both(follows, writes)))
    database = await open_database(both(follows, writes), Seal([KEY]))
    async with database.transaction() as tx:
        await tx.run("probe")
    assert await statistics.totals(database)
    await database.close()


async def test_a_server_that_keeps_silent_does_not_stand_for_the_other(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes, follows = pair
    monkeypatch.setattr(postgresql, "_CONNECT_WITHIN", 0.3)
    follows.freeze()
    try:
        connection = await postgresql.open_plain(both(follows, writes))
        assert not await connection.fetchval("select pg_is_in_recovery()")
        connection.terminate()
    finally:
        follows.thaw()


async def test_when_none_of_them_writes_that_is_said(pair: Pair) -> None:
    _, follows = pair
    with pytest.raises(Unusable, match="only reads"):
        await postgresql.open_plain(both(follows, follows))
