"""The one door in: a batch is one commit, nothing accepted is lost, and nobody waits behind another's flood."""

import asyncio

import pytest

from bot.line import MOST, SHARE
from bot.model.messages import Address
from bot.reception import Reception
from bot.store import inbox
from bot.store.database import Database, NotStored
from bot.tally import new_tally
from tests.by_hand import refuse
from tests.conftest import on_a_file
from tests.fakes import CancelledAt
from tests.intake.house import BUDI, CITRA, SITI, Words, answers, column, outside, taken, text


async def test_a_message_is_stored_answered_and_delivery_is_woken(
    reception: Reception, database: Database, words: Words
) -> None:
    await reception.receive([text(SITI, "menu")])
    assert taken(database) == ["siti:menu"]
    assert words.asked and len(await answers(database, text(SITI, "menu"))) >= 1
    assert words.wakes == 1


@on_a_file
async def test_a_batch_is_one_commit(reception: Reception, database: Database) -> None:
    with outside(database) as file:
        file.execute("create table version (data integer)")
        before = file.execute("pragma data_version").fetchone()[0]
        await reception.receive(
            [text(SITI, "menu"), text(BUDI, "bantuan"), text(CITRA, "kasus saya"), text(SITI, "petugas")]
        )
        assert file.execute("pragma data_version").fetchone()[0] == before + 1
    assert len(taken(database)) == 4


async def test_what_comes_twice_is_answered_once(reception: Reception, database: Database) -> None:
    once = text(SITI, "menu")
    await reception.receive([once, once])
    number = len(await answers(database, once))
    await reception.receive([once])
    assert taken(database) == ["siti:menu"]
    assert len(column(database, "select id from outgoing")) == number


async def test_one_message_does_not_stand_behind_anothers_flood(reception: Reception, database: Database) -> None:
    flood = [text(SITI, f"halo {number}") for number in range(200)]
    await asyncio.gather(*(reception.receive([one]) for one in [*flood, text(BUDI, "menu"), text(CITRA, "menu")]))
    order = taken(database)
    assert order[:4] == ["siti:halo 0", "budi:menu", "citra:menu", "siti:halo 1"]
    assert [one for one in order if str(one).startswith("siti")] == [one.external_id for one in flood]


async def test_who_comes_while_a_flood_is_handled_is_in_the_next_batch(
    reception: Reception, database: Database
) -> None:
    flood = [asyncio.create_task(reception.receive([text(SITI, f"halo {number}")])) for number in range(200)]
    await flood[0]
    await reception.receive([text(BUDI, "menu")])
    assert taken(database).index("budi:menu") <= 2 * SHARE
    await asyncio.gather(*flood)
    assert len(taken(database)) == 201


async def test_among_more_than_a_batch_takes_nobody_is_left_out(reception: Reception, database: Database) -> None:
    many = [Address("telegram", "bot", str(number)) for number in range(MOST + 10)]
    twice = [text(one, said) for one in many for said in ("menu", "bahasa")]
    await asyncio.gather(*(reception.receive([one]) for one in twice))
    order = taken(database)
    assert {str(one).partition(":")[0] for one in order[: len(many)]} == {one.chat for one in many}
    assert order[: len(many)] == [f"{one.chat}:menu" for one in many]


async def test_a_flood_is_all_stored_and_answered_with_one_word(
    reception: Reception, database: Database, words: Words
) -> None:
    await reception.receive([text(SITI, "halo", str(number)) for number in range(40)])
    before = len(column(database, "select id from outgoing"))
    await reception.receive([text(SITI, "halo", str(number)) for number in range(40, 160)])
    await reception.receive([text(SITI, "halo", str(number)) for number in range(100, 260)])
    assert len(taken(database)) == 260
    assert len(column(database, "select id from outgoing")) == before + 1
    assert words.wakes == 2


async def test_what_is_stored_is_counted_and_what_is_not_is_not(database: Database, words: Words) -> None:
    tally = new_tally()
    reception = Reception(database, lambda: words, words.wake, tally=tally)  # type: ignore[arg-type, return-value]
    words.breaks_on = "cases/none"
    asked = [text(SITI, "paspor saya ditahan majikan"), text(BUDI, "kasus saya"), text(BUDI, "menu")]
    await reception.receive([*asked, text(SITI, "menu"), text(SITI, "menu")])
    with outside(database) as file:
        file.execute("alter table inbox rename to away")
        with pytest.raises(NotStored):
            await reception.receive([text(BUDI, "lagi")])
        file.execute("alter table away rename to inbox")
    await reception.receive([text(SITI, "menu")])
    counted = tally.registry.get_sample_value
    assert counted("desmigratif_handled_total", {"channel": "telegram"}) == 4
    assert (counted("desmigratif_answered_total"), counted("desmigratif_put_aside_total")) == (1, 1)
    assert (counted("desmigratif_batches_total"), counted("desmigratif_batch_size_sum")) == (2, 4)
    assert counted("desmigratif_refused_total", {"why": "database"}) == 1
    assert counted("desmigratif_handling_seconds_count") == 6


async def test_a_row_the_database_refuses_is_halved_until_the_offender_stands_alone(
    reception: Reception, database: Database
) -> None:
    with outside(database) as file:
        refuse(file, "insert on outgoing", "(select chat from address where id = new.address_id) = 'budi'")
    batch = [text(Address("telegram", "bot", f"p{n}"), "menu") for n in range(9)]
    await reception.receive([*batch[:5], text(BUDI, "menu"), *batch[5:]])
    (aside,) = await inbox.all_set_aside(database)
    assert aside.incoming == text(BUDI, "menu")
    assert len(taken(database)) == 10
    for one in batch:
        assert await answers(database, one)


async def test_when_the_database_fails_everybody_hears_it_and_nothing_is_kept(
    reception: Reception, database: Database, words: Words
) -> None:
    with outside(database) as file:
        file.execute("alter table outgoing rename to away")
    brought = [reception.receive([text(one, "menu")]) for one in (SITI, BUDI, CITRA)]
    ends = await asyncio.gather(*brought, return_exceptions=True)
    assert [type(one) for one in ends] == [NotStored] * 3
    assert taken(database) == [] and words.wakes == 0
    with outside(database) as file:
        file.execute("alter table away rename to outgoing")
    await reception.receive([text(SITI, "menu")])
    assert taken(database) == ["siti:menu"]


async def test_what_arrives_while_a_batch_commits_is_the_next_batch(
    reception: Reception, database: Database, words: Words
) -> None:
    people_ = [Address("telegram", "bot", f"p{n}") for n in range(40)]
    await asyncio.gather(*(reception.receive([text(one, "menu")]) for one in people_))
    assert len(taken(database)) == 40
    assert words.wakes <= 3


async def test_a_caller_that_is_cancelled_loses_nothing_of_what_it_or_others_brought(
    reception: Reception, database: Database
) -> None:
    for point in range(30):
        mine, other = text(SITI, "menu", f"mine-{point}"), text(BUDI, "menu", f"other-{point}")
        beside = asyncio.create_task(reception.receive([other]))
        finished = await CancelledAt(reception.receive([mine]), point)
        await beside
        await reception.receive([mine])
        assert {f"mine-{point}", f"other-{point}"} <= set(taken(database)), f"cancelled at {point}"
        if finished:
            return
    pytest.fail("it never came to its end")
