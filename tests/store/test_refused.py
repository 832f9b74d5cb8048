"""An officer who asks for what is not in their sight is counted; the level above hears of it when it is too often."""

from datetime import timedelta

from bot.store import refused
from bot.store.database import Database
from tests.by_hand import by_hand
from tests.fakes import FakeClock
from tests.store.test_hearers import VILLAGE, Offices


async def test_looks_are_counted_for_each_officer_within_the_hour(database: Database, clock: FakeClock) -> None:
    ani, made = [await Offices(database, clock).take(name, VILLAGE) for name in ("Ani", "Made")]
    async with database.transaction() as tx:
        assert [await refused.look(tx, ani.id, clock()) for _ in range(3)] == [1, 2, 3]
        assert await refused.look(tx, made.id, clock()) == 1
        clock.pass_by(hours=1)
        assert await refused.look(tx, ani.id, clock()) == 1


async def test_nothing_of_a_case_is_kept_and_the_rest_for_a_month(database: Database, clock: FakeClock) -> None:
    ani = await Offices(database, clock).take("Ani", VILLAGE)
    async with database.transaction() as tx:
        await refused.look(tx, ani.id, clock())
        clock.now += refused.KEPT + timedelta(seconds=1)
        await refused.look(tx, ani.id, clock())
    with by_hand(database.store) as file:
        rows = file.execute("select * from refused_look").fetchall()
    assert len(rows) == 1 and len(rows[0]) == 2
