"""Code words: only a slow hash is kept, five wrong ones close for an hour, and one person's word opens nobody else's case."""

from datetime import timedelta

from bot.store import code_words
from bot.store.database import Database
from bot.store.people import Place
from tests.fakes import FakeClock
from tests.store.conftest import GivenCase


async def given_word(database: Database, given_case: GivenCase, siti: Place) -> str:
    case = await given_case()
    async with database.transaction() as tx:
        await code_words.set_word(tx, case.number, siti.person, "Melati Putih")
    return case.number


async def test_the_word_opens_its_case_however_it_is_written(
    database: Database, given_case: GivenCase, siti: Place, clock: FakeClock
) -> None:
    number = await given_word(database, given_case, siti)
    assert await code_words.opened_by(database, siti.person, "melati  putih", clock()) == (True, (number,))
    assert await code_words.opened_by(database, siti.person, "melati merah", clock()) == (True, ())
    assert await code_words.opened_by(database, siti.person + 1, "melati putih", clock()) == (False, ())


async def test_a_word_taken_away_is_asked_for_no_more(
    database: Database, given_case: GivenCase, siti: Place, clock: FakeClock
) -> None:
    number = await given_word(database, given_case, siti)
    async with database.transaction() as tx:
        await code_words.set_word(tx, number, siti.person, "")
    assert await code_words.opened_by(database, siti.person, "melati putih", clock()) == (False, ())


async def test_five_wrong_words_close_for_an_hour_also_for_the_right_one(
    database: Database, given_case: GivenCase, siti: Place, clock: FakeClock
) -> None:
    number = await given_word(database, given_case, siti)
    async with database.transaction() as tx:
        for _ in range(code_words.MOST_WRONG - 1):
            await code_words.tried(tx, siti.person, clock(), right=False)
    assert await code_words.opened_by(database, siti.person, "melati putih", clock()) == (True, (number,))
    async with database.transaction() as tx:
        await code_words.tried(tx, siti.person, clock(), right=False)
        await code_words.tried(tx, siti.person, clock() + timedelta(minutes=50), right=False)
    assert await code_words.opened_by(database, siti.person, "melati putih", clock()) == (True, ())
    clock.pass_by(hours=1, minutes=1)
    assert await code_words.opened_by(database, siti.person, "melati putih", clock()) == (True, (number,))
    async with database.transaction() as tx:
        await code_words.tried(tx, siti.person, clock(), right=False)
    assert await code_words.opened_by(database, siti.person, "melati putih", clock()) == (True, (number,))


async def test_a_right_word_begins_the_counting_anew(
    database: Database, given_case: GivenCase, siti: Place, clock: FakeClock
) -> None:
    number = await given_word(database, given_case, siti)
    async with database.transaction() as tx:
        for right in (False, False, False, False, True, False, False, False, False):
            await code_words.tried(tx, siti.person, clock(), right=right)
    assert await code_words.opened_by(database, siti.person, "melati putih", clock()) == (True, (number,))
