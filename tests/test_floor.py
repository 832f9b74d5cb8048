"""Below the floor of the disk: people are told to come again, officers work on, and it is over without a restart."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.metrics import Readiness
from bot.model.messages import Address, Incoming
from bot.reception import Reception
from bot.store.database import Database, NoRoom, open_database
from bot.store.disk import MIB, Disk
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.tally import Tally, new_tally
from bot.wording import Wording
from tests.by_hand import by_hand
from tests.fakes import FakeClock

SITI, AT_CHAT = Address("telegram", "bot", "siti"), Address("web", "chat", "browser")
DESK = Address("web", "officers", "1")
FLOOR = 200 * MIB


@dataclass
class Room:
    """What is left on the disk, set by hand; a second has passed whenever it is looked at."""

    left: int = FLOOR
    seconds: float = 0.0

    def free(self, _: Path) -> int:
        return self.left

    def tick(self) -> float:
        self.seconds += 1.0
        return self.seconds


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
async def database(room: Room, tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "test.db"
    migrate(path)
    disk = Disk(path, FLOOR, 0, room.free, room.tick)
    opened = await open_database(path, Seal([Fernet.generate_key().decode()]), disk)
    yield opened
    await opened.close()


@pytest.fixture
def tally() -> Tally:
    return new_tally()


@pytest.fixture
def reception(database: Database, wording: Wording, tally: Tally) -> Reception:
    return Reception(database, lambda: wording, lambda: None, tally=tally)


def came(address: Address, id: str) -> Incoming:
    return Incoming(address, id, "text", FakeClock()(), "menu")


def taken(database: Database) -> int:
    with by_hand(database.store) as other:
        (many,) = other.execute("select count(*) from inbox").fetchone() or (0,)
        return int(many)


async def test_people_are_refused_and_nothing_of_theirs_is_touched_until_there_is_room_again(
    reception: Reception, database: Database, room: Room, tally: Tally
) -> None:
    room.left = FLOOR - 1
    for address in (SITI, AT_CHAT):
        with pytest.raises(NoRoom):
            await reception.receive([came(address, "m1")])
    assert taken(database) == 0
    assert tally.registry.get_sample_value("desmigratif_refused_total", {"why": "disk"}) == 2
    room.left = FLOOR
    await reception.receive([came(SITI, "m1")])
    assert taken(database) == 1


async def test_a_page_of_updates_with_one_of_the_desk_in_it_is_not_taken_in_part(
    reception: Reception, database: Database, room: Room
) -> None:
    room.left = 0
    with pytest.raises(NoRoom):
        await reception.receive([came(DESK, "m1"), came(SITI, "m2")])
    assert taken(database) == 0


async def test_officers_work_on_in_their_pages_and_what_is_old_can_be_removed(
    reception: Reception, database: Database, room: Room
) -> None:
    room.left = 0
    await reception.receive([came(DESK, "m1")])
    assert taken(database) == 1
    async with database.transaction() as tx:
        assert await tx.run("tidy_logins", {"before": "9999"}) == 0


async def test_it_is_not_ready_below_the_floor(database: Database, room: Room) -> None:
    ready = Readiness(database)
    assert await ready()
    room.left = FLOOR - 1
    assert not await ready()
    room.left = FLOOR
    assert await ready()
