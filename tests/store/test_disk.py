"""The floor and the ballast, on a disk that is filled and emptied by hand; and what a full one looks like to SQLite."""

import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.model.messages import Address
from bot.store import people
from bot.store.database import Database, NoRoom, Unusable, open_database
from bot.store.disk import BARELY, MIB, Disk
from bot.store.migrations import migrate
from bot.store.seal import Seal
from tests.by_hand import by_hand
from tests.fakes import FakeClock

FLOOR, BALLAST = 20 * MIB, 4 * MIB
NOW = FakeClock()()


@dataclass
class Machine:
    """Its disk and its seconds, both set by hand."""

    room: int = 100 * MIB
    seconds: float = 0.0
    asked: int = 0

    def left(self, _: Path) -> int:
        self.asked += 1
        return self.room

    def tick(self) -> float:
        return self.seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def disk(machine: Machine, tmp_path: Path) -> Disk:
    return Disk(tmp_path / "test.db", FLOOR, BALLAST, machine.left, machine.tick)


def ballast(tmp_path: Path) -> Path:
    return tmp_path / "test.db.ballast"


def test_who_met_a_full_disk_is_not_told_what_was_so_a_moment_before(disk: Disk, machine: Machine) -> None:
    assert not disk.low
    machine.room = BALLAST
    disk.give_up()
    assert disk.low


def test_it_is_low_below_the_floor_and_no_more_when_there_is_room_a_second_later(disk: Disk, machine: Machine) -> None:
    assert not disk.low
    machine.room, machine.seconds = FLOOR - 1, 1.0
    assert disk.low
    machine.room, machine.seconds = FLOOR, 2.0
    assert not disk.low


def test_the_disk_is_asked_once_a_second_however_many_come(disk: Disk, machine: Machine) -> None:
    for second in range(3):
        machine.seconds = float(second)
        assert not any(disk.low for _ in range(100))
    assert machine.asked == 3


def test_going_below_and_coming_back_is_said_once_each(
    disk: Disk, machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    for second, room in enumerate((FLOOR, 0, 0, 1, FLOOR, FLOOR)):
        machine.seconds, machine.room = float(second), room
        assert disk.low == (room < FLOOR)
    assert [one.levelname for one in caplog.records] == ["ERROR", "WARNING"]
    assert "DISK_FLOOR_MB" in caplog.text


def test_without_a_floor_the_disk_is_never_low_and_never_asked(machine: Machine, tmp_path: Path) -> None:
    machine.room = 0
    assert not Disk(tmp_path / "test.db", 0, 0, machine.left, machine.tick).low
    assert machine.asked == 0


def test_a_disk_that_does_not_answer_counts_as_full(tmp_path: Path) -> None:
    assert Disk(tmp_path / "no-such-folder" / "test.db", FLOOR).low


def test_the_ballast_is_made_of_real_blocks(disk: Disk, tmp_path: Path) -> None:
    disk.keep()
    held = ballast(tmp_path).stat()
    assert held.st_size == BALLAST == disk.held
    assert held.st_blocks * 512 >= BALLAST


def test_the_ballast_given_up_is_said_loudly_and_is_made_again_when_there_is_room_for_it_and_the_floor(
    disk: Disk, machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    disk.keep()
    disk.give_up()
    disk.give_up()
    assert disk.held == 0
    assert [one.levelname for one in caplog.records] == ["CRITICAL"]
    for room, held in ((BALLAST, 0), (FLOOR + BALLAST - 1, 0), (FLOOR + BALLAST, BALLAST)):
        machine.room = room
        disk.keep()
        assert disk.held == held


def test_what_was_given_up_is_not_taken_again_for_a_ballast_also_without_a_floor(
    machine: Machine, tmp_path: Path
) -> None:
    disk = Disk(tmp_path / "test.db", 0, BALLAST, machine.left, machine.tick)
    for room, held in ((BALLAST, 0), (2 * BALLAST, BALLAST)):
        machine.room = room
        disk.keep()
        assert disk.held == held


def test_a_ballast_of_another_size_is_made_anew_and_none_is_removed(machine: Machine, tmp_path: Path) -> None:
    for size in (BALLAST, 2 * MIB, BALLAST, 0):
        Disk(tmp_path / "test.db", FLOOR, size, machine.left, machine.tick).keep()
        assert (ballast(tmp_path).stat().st_size if size else ballast(tmp_path).exists()) == size


def test_a_ballast_that_cannot_be_made_is_said_once_and_leaves_nothing(
    disk: Disk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with files_no_longer_than(MIB):
        disk.keep()
        disk.keep()
    assert not ballast(tmp_path).exists()
    assert len(caplog.records) == 1


def test_only_a_start_on_a_disk_full_to_the_brim_takes_the_ballast(disk: Disk, machine: Machine) -> None:
    disk.keep()
    machine.room = BARELY
    disk.make_way()
    assert disk.held == BALLAST
    machine.room = BARELY - 1
    disk.make_way()
    assert disk.held == 0


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """A disk that takes nothing more, as far as one process can have it: files cannot grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
async def database(disk: Disk, tmp_path: Path) -> AsyncIterator[Database]:
    migrate(tmp_path / "test.db")
    disk.keep()
    opened = await open_database(tmp_path / "test.db", Seal([Fernet.generate_key().decode()]), disk)
    yield opened
    await opened.close()


async def test_a_write_the_disk_does_not_take_gives_the_ballast_up_and_leaves_nothing_and_the_next_one_works(
    database: Database,
) -> None:
    wal = database.path.with_name("test.db-wal")
    with files_no_longer_than(wal.stat().st_size), pytest.raises(NoRoom):
        await _add_many(database, 200)
    assert database.disk.held == 0
    assert _met(database) == (0, 0)
    await _add_many(database, 2)
    assert _met(database) == (2, 2)


async def test_a_part_apart_on_a_full_disk_is_named_full_too(database: Database) -> None:
    wal = database.path.with_name("test.db-wal")
    with files_no_longer_than(wal.stat().st_size), pytest.raises(NoRoom):
        async with database.transaction() as tx, tx.apart():
            for chat in range(20_000):
                await people.add(tx, Address("telegram", "bot", str(chat)), "id", NOW)
    assert _met(database) == (0, 0)


async def test_a_start_on_a_full_disk_is_one_line_that_says_so(tmp_path: Path) -> None:
    with files_no_longer_than(0), pytest.raises(Unusable) as error:
        migrate(tmp_path / "new.db")
    assert "the disk is full" in str(error.value) and "\n" not in str(error.value)


def _met(database: Database) -> tuple[int, int]:
    """How many people and how many chats are in the file."""
    with by_hand(database.store) as other:
        (found,) = other.execute("select (select count(*) from person), (select count(*) from address)").fetchall()
        return found


async def _add_many(database: Database, many: int) -> None:
    async with database.transaction() as tx:
        for chat in range(many):
            await people.add(tx, Address("telegram", "bot", str(chat)), "id", NOW)
