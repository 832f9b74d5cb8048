"""Transactions are whole or nothing, whatever happens in them."""

import asyncio
import json
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.model.messages import Address
from bot.store import people
from bot.store.database import Database, NotStored, Reads, Refused, Transaction, Unusable, open_database
from bot.store.seal import Seal
from tests.by_hand import begin_to_write, by_hand
from tests.fakes import CancelledAt, FakeClock

ANI = Address("telegram", "bot", "ani")
NOW = FakeClock()()


async def count(database: Reads) -> int:
    return len(await database.rows("people", {"people": json.dumps(list(range(1, 100)))}))


async def add(tx: Transaction, chat: str) -> None:
    await people.add(tx, Address("telegram", "bot", chat), "id", NOW)


class Stopped(BaseException):
    """Stands for whatever ends a transaction from inside."""


async def test_what_a_transaction_wrote_is_there_after_it(database: Database) -> None:
    async with database.transaction() as tx:
        await add(tx, "ani")
    assert await count(database) == 1


async def test_a_transaction_that_fails_leaves_nothing_and_the_next_one_works(database: Database) -> None:
    with pytest.raises(Stopped):
        async with database.transaction() as tx:
            await add(tx, "ani")
            raise Stopped
    async with database.transaction() as tx:
        await add(tx, "budi")
    assert await count(database) == 1
    rows = [await database.rows("addresses_of_person", {"person": one}) for one in (1, 2)]
    assert [row[0]["chat"] for row in rows if row] == ["budi"]


async def test_a_reader_sees_nothing_before_the_commit(database: Database) -> None:
    async with database.transaction() as tx:
        await add(tx, "ani")
        assert await count(database) == 0
        assert await count(tx) == 1
    assert await count(database) == 1


async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.transaction() as tx:
        await add(tx, "ani")
    with pytest.raises(NotStored):
        await database.rows("reachable", {"address": 1, "reachable": 0})
    assert (await database.rows("addresses_of_person", {"person": 1}))[0]["reachable"] == 1


async def test_a_row_that_breaks_a_rule_is_refused_and_takes_the_transaction_back(database: Database) -> None:
    with pytest.raises(Refused):
        async with database.transaction() as tx:
            await add(tx, "ani")
            await add(tx, "ani")
    assert await count(database) == 0


async def test_a_database_that_fails_says_not_stored(database: Database) -> None:
    with by_hand(database.store) as outside:
        outside.execute("alter table address rename to away")
    with pytest.raises(NotStored):
        async with database.transaction() as tx:
            await add(tx, "ani")
    assert await count(database) == 0
    with by_hand(database.store) as outside:
        outside.execute("alter table away rename to address")
    async with database.transaction() as tx:
        await add(tx, "ani")
    assert await count(database) == 1


async def test_a_read_that_fails_is_named_too(database: Database) -> None:
    with by_hand(database.store) as outside:
        outside.execute("alter table person rename to away")
    with pytest.raises(NotStored):
        await count(database)


async def test_a_part_that_fails_alone_takes_back_only_itself(database: Database) -> None:
    async with database.transaction() as tx:
        await add(tx, "ani")
        with pytest.raises(Refused):
            async with tx.apart():
                await add(tx, "budi")
                await add(tx, "ani")
        async with tx.apart():
            await add(tx, "citra")
    rows = [await database.rows("addresses_of_person", {"person": one}) for one in (1, 2, 3, 4)]
    assert [row[0]["chat"] for row in rows if row] == ["ani", "citra"]


async def test_transactions_of_two_callers_do_not_mix(database: Database) -> None:
    async def write(chat: str, fail: bool) -> None:
        async with database.transaction() as tx:
            await add(tx, chat)
            await asyncio.sleep(0)
            if fail:
                raise Stopped

    ends = await asyncio.gather(write("ani", True), write("budi", False), return_exceptions=True)
    assert isinstance(ends[0], Stopped)
    assert await count(database) == 1


async def write_three(database: Database) -> None:
    async with database.transaction() as tx:
        await add(tx, "ani")
        async with tx.apart():
            await add(tx, "budi")
        await add(tx, "citra")


async def test_cancelled_at_any_point_a_transaction_is_whole_or_nothing_and_the_next_one_works(
    database: Database,
) -> None:
    for point in range(60):
        async with database.transaction() as tx:
            await wipe(tx)
        finished = await CancelledAt(write_three(database), point)
        assert await count(database) in ((3,) if finished else (0, 3)), f"cancelled at {point}"
        async with database.transaction() as tx:
            await add(tx, f"after-{point}")
        assert await count(database) in (1, 4), f"the transaction after the one cancelled at {point}"
        if finished:
            return
    pytest.fail("the work never came to its end")


async def wipe(tx: Transaction) -> None:
    for table in ("address", "person"):
        await tx._connection.do(f"delete from {table}")


async def test_a_file_that_is_no_database_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    file.write_bytes(b"this is a letter, no database" * 99)
    before = file.read_bytes()
    with pytest.raises(Unusable) as error:
        await open_database(file, Seal([Fernet.generate_key().decode()]))
    assert "\n" not in str(error.value) and file.name in str(error.value)
    assert file.read_bytes() == before


async def test_while_another_program_holds_the_file_a_transaction_waits_and_then_goes_on(database: Database) -> None:
    with by_hand(database.store) as outside:
        begin_to_write(outside)
        adding = asyncio.create_task(_added(database))
        assert await count(database) == 0
        await asyncio.wait([adding], timeout=0.5)
        assert not adding.done()
        outside.execute("rollback")
        await adding
    assert await count(database) == 1


async def test_in_a_hurry_nobody_waits_for_long_for_a_file_that_is_held(database: Database) -> None:
    with by_hand(database.store) as outside:
        begin_to_write(outside)
        adding = asyncio.create_task(_added(database))
        database.hurry()
        with pytest.raises(NotStored):
            await adding
    await _added(database)
    assert await count(database) == 1


async def _added(database: Database) -> None:
    async with database.transaction() as tx:
        await add(tx, "ani")
