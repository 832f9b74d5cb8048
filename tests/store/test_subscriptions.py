"""Wishes to hear of vacancies, and rounds of telling: begun once, finished once."""

from datetime import UTC, datetime, timedelta

from bot.model.conversation import Sought
from bot.model.effects.people import Subscribe, Unsubscribe
from bot.model.messages import Address
from bot.store import people, subscriptions
from bot.store.database import Database, Transaction

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


async def somebody(tx: Transaction, chat: str = "siti") -> int:
    return (await people.add(tx, Address("telegram", "bot", chat), "id", NOW)).person


async def test_wishes_are_kept_once_each_and_end_together(database: Database) -> None:
    async with database.transaction() as tx:
        siti, budi = await somebody(tx), await somebody(tx, "budi")
        for wish in (Subscribe("taiwan", ""), Subscribe("taiwan", ""), Subscribe("", "factory-work")):
            await subscriptions.change(tx, siti, wish, NOW)
        await subscriptions.change(tx, budi, Subscribe("japan", ""), NOW)
        assert set(await subscriptions.of_person(tx, siti)) == {Sought("taiwan"), Sought("", "factory-work")}
        await subscriptions.change(tx, siti, Unsubscribe(), NOW)
        assert await subscriptions.of_person(tx, siti) == ()
        assert await subscriptions.of_person(tx, budi) == (Sought("japan"),)


async def test_a_round_holds_what_was_never_told_of_and_stays_open_until_it_is_closed(database: Database) -> None:
    async with database.transaction() as tx:
        await subscriptions.begin_round(tx, ["a", "b"], NOW)
        await subscriptions.begin_round(tx, ["b", "c"], LATER)
        first, second = await subscriptions.open_rounds(tx)
        assert (first.vacancies, second.vacancies) == (("a", "b"), ("c",))
        await subscriptions.close_round(tx, first, LATER)
        assert await subscriptions.open_rounds(tx) == [second]
        await subscriptions.begin_round(tx, ["a", "b", "c"], LATER + timedelta(hours=1))
        assert await subscriptions.open_rounds(tx) == [second]


async def test_who_subscribes_after_a_vacancy_was_new_has_seen_it(database: Database) -> None:
    async with database.transaction() as tx:
        early, late = await somebody(tx), await somebody(tx, "budi")
        await subscriptions.change(tx, early, Subscribe("taiwan", ""), NOW)
        await subscriptions.begin_round(tx, ["a"], LATER)
        await subscriptions.change(tx, late, Subscribe("taiwan", ""), LATER)
        (one,) = await subscriptions.open_rounds(tx)
        assert [found.person for found in await subscriptions.subscribers(tx, one)] == [early]
