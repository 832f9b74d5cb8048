"""An answer has changed: everybody who had it hears so once, where and when they may be written to."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from cryptography.fernet import Fernet

from bot.model.messages import Address, Incoming
from bot.notifications import correct
from bot.reception import Reception
from bot.releases import roll_back
from bot.store import editions, people, releases
from bot.store.database import Database, Store, open_database
from bot.store.seal import Seal
from bot.store.times import kept
from bot.understanding.release import Release
from bot.wording import Wording
from tests.by_hand import by_hand
from tests.changed import with_wage
from tests.fakes import FakeClock

QUESTION = "gaji perawat lansia di taiwan berapa"
SITI, BUDI = Address("telegram", "bot", "siti"), Address("telegram", "bot", "budi")
WEB = Address("web", "chat", "citra")


@dataclass
class House:
    """A reception whose release can be changed under it."""

    database: Database
    release: Release
    clock: FakeClock

    def __post_init__(self) -> None:
        self.reception = Reception(self.database, lambda: Wording(self.release), lambda: None)

    async def ask(self, address: Address, text: str = QUESTION) -> None:
        id = f"{address.chat}:{self.clock()}"
        await self.reception.receive([Incoming(address, id, "text", self.clock(), text)])

    async def change(self, release: Release) -> int:
        """Put another release into use; how many answers it ends."""
        self.clock.pass_by(minutes=1)
        async with self.database.transaction() as tx:
            await releases.keep(tx, release.content.digest, "x", "2026-11-21", {}, self.clock())
        self.release = release
        return await roll_back(self.database, release, self.clock())

    async def bring(self) -> int:
        self.clock.pass_by(minutes=1)
        return await correct(self.database, self.reception.receive, self.clock)

    def letters(self, chat: str) -> list[tuple[int, str]]:
        """Priority and due time of what waits for a chat."""
        with by_hand(self.database.store) as file:
            query = """select o.priority, o.due_at from outgoing o join address a on a.id = o.address_id
                       where a.chat = ? and o.priority > 0 order by o.id"""
            return [tuple(row) for row in file.execute(query, (chat,))]

    async def states(self) -> list[tuple[int, int, int, int]]:
        found = await editions.corrections(self.database, self.clock() - timedelta(days=1))
        return [(one.had, one.told, one.owed, one.unreachable) for one in found]


@pytest.fixture
async def house(store: Store, release: Release) -> AsyncIterator[House]:
    database = await open_database(store, Seal([Fernet.generate_key().decode()]))
    yield House(database, release, FakeClock())
    await database.close()


@pytest.fixture
def dearer(release: Release) -> Release:
    return with_wage(release, "taiwan", "caregiver-nurse", 99_000)


async def test_whoever_had_the_old_answer_hears_so_once_and_nobody_else(house: House, dearer: Release) -> None:
    await house.ask(SITI)
    await house.ask(BUDI, "gaji di korea berapa")
    assert await house.change(dearer) == 1
    assert await house.bring() == 1
    assert len(house.letters("siti")) >= 2 and house.letters("budi") == []
    before = house.letters("siti")
    assert await house.bring() == 0 and house.letters("siti") == before
    assert await house.states() == [(1, 1, 0, 0)]


async def test_whoever_has_asked_again_meanwhile_knows_it_already(house: House, dearer: Release) -> None:
    await house.ask(SITI)
    await house.change(dearer)
    house.clock.pass_by(minutes=1)
    await house.ask(SITI)
    assert await house.bring() == 0


async def test_at_night_it_waits_for_the_morning(house: House, dearer: Release) -> None:
    await house.ask(SITI)
    house.clock.now = datetime.fromisoformat("2026-11-23T22:30:00+07:00")
    await house.change(dearer)
    await house.bring()
    assert {due for _, due in house.letters("siti")} == {"2026-11-24T00:00:00.000000+00:00"}


async def test_by_day_it_goes_at_once_behind_what_was_asked_for(house: House, dearer: Release) -> None:
    await house.ask(SITI)
    await house.change(dearer)
    await house.bring()
    assert {due <= kept(house.clock()) for _, due in house.letters("siti")} == {True}
    assert min(priority for priority, _ in house.letters("siti")) > 5


async def test_who_comes_by_the_web_is_told_at_the_next_contact(house: House, dearer: Release) -> None:
    await house.ask(WEB)
    await house.change(dearer)
    await house.bring()
    assert house.letters("citra") == [] and await house.states() == [(1, 0, 1, 0)]
    await house.ask(WEB, "menu")
    assert await house.states() == [(1, 1, 0, 0)]


async def test_who_cannot_be_reached_is_counted_for_the_officers(house: House, dearer: Release) -> None:
    await house.ask(SITI)
    async with house.database.transaction() as tx:
        place = (await people.places_of(tx, 1))[0]
        await people.reachable(tx, place, reachable=False)
    await house.change(dearer)
    assert await house.bring() == 1
    assert await house.states() == [(1, 0, 0, 1)]


async def test_rolled_back_the_old_answer_stands_again_and_the_new_one_is_corrected(
    house: House, release: Release, dearer: Release
) -> None:
    await house.ask(SITI)
    await house.change(dearer)
    await house.ask(BUDI)
    assert await house.change(release) == 1
    assert await house.bring() == 1
    assert house.letters("siti") == [] and len(house.letters("budi")) >= 2


async def test_what_ended_stood_again_and_ends_anew_is_told_anew(
    house: House, release: Release, dearer: Release
) -> None:
    await house.ask(SITI)
    for one in (dearer, release, dearer):
        before = len(house.letters("siti"))
        await house.change(one)
        assert await house.bring() >= 1
        assert len(house.letters("siti")) > before


async def test_a_thousand_people_are_told_in_pieces_each_once(house: House, dearer: Release) -> None:
    everybody = [Address("telegram", "bot", f"p{n}") for n in range(600)]
    asked = [Incoming(one, one.chat, "text", house.clock(), QUESTION) for one in everybody]
    await house.reception.receive(asked)
    await house.change(dearer)
    assert await house.bring() == 600
    assert await house.states() == [(600, 600, 0, 0)]


async def test_what_is_forgotten_is_not_corrected(house: House, dearer: Release) -> None:
    await house.ask(SITI)
    await house.ask(SITI, "hapus")
    await house.reception.receive([Incoming(SITI, "d", "button", house.clock(), button="delete:yes")])
    await house.change(dearer)
    assert await house.bring() == 0
