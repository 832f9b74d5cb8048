"""The power cut itself is put to the test: the disk forgets what it may forget, and the oracle sees what is missing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio

from tests.chaos.power import CONTROL, FULL, Cut, cut_a_day, left_behind, quiet, shipped
from tests.chaos.power_day import PLACE, a_day
from tests.chaos.power_disk import SECTOR, Disk, File, Make, Operation, Remove, Shorten, Sync, Write
from tests.chaos.power_oracle import Verdict, judge
from tests.chaos.power_record import Promise, Record

pytestmark = pytest.mark.xdist_group("power")
A, LOG = File("a", 1), File("a-wal", 1)
BATCHES = 12
OLD, NEW = b"o" * SECTOR * 3, b"n" * SECTOR * 3


def after_cuts(*done: Operation, cuts: int = 400) -> list[dict[str, bytes]]:
    """What many cuts leave behind after these."""
    disk = Disk()
    for one in done:
        disk.do(one)
    return [disk.after_a_cut(Random(n)) for n in range(cuts)]


def test_what_was_synced_is_there_after_every_cut() -> None:
    found = after_cuts(Make(A), Write(A, 0, OLD), Shorten(A, 700), Sync(A))
    assert all(one == {"a": OLD[:700]} for one in found)


def test_what_was_not_synced_is_there_or_not_or_torn_between_two_sectors() -> None:
    found = {one["a"] for one in after_cuts(Make(A), Write(A, 0, OLD), Sync(A), Write(A, 0, NEW))}
    o, n = OLD[:SECTOR], NEW[:SECTOR]
    assert found == {OLD, NEW, n + o + o, n + n + o, o + n + n, o + o + n}


def test_a_later_write_may_be_there_without_the_earlier_one() -> None:
    found = {one["a"] for one in after_cuts(Make(A), Sync(A), Write(A, 0, b"first"), Write(A, 5, b"second"))}
    assert found == {b"", b"first", b"\0\0\0\0\0second", b"firstsecond"}


def test_a_new_file_is_there_for_certain_once_it_or_its_folder_is_synced() -> None:
    assert {len(one) for one in after_cuts(Make(A))} == {0, 1}
    assert all("a" in one for one in after_cuts(Make(A), Sync(A)))
    assert {"a" in one for one in after_cuts(Make(A), Make(LOG), Sync(LOG))} == {True, False}
    assert all("a" in one for one in after_cuts(Make(A), Make(LOG), Sync(LOG, folder=True)))


def test_a_file_taken_away_may_come_back_until_the_folder_is_synced() -> None:
    begun = (Make(A), Write(A, 0, OLD), Sync(A))
    assert {len(one) for one in after_cuts(*begun, Remove("a", folder=False))} == {0, 1}
    assert all(one == {} for one in after_cuts(*begun, Remove("a", folder=True)))
    again = File("a", 2)
    found = after_cuts(*begun, Remove("a", folder=False), Make(again), Write(again, 0, NEW), Sync(again))
    assert all(one == {"a": NEW} for one in found)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def day(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A short day."""
    with quiet():
        return await a_day(tmp_path_factory.mktemp("day") / PLACE, shipped(), 1, BATCHES)


async def judged(record: Record, folder: Path, done: int, harm: Callable[[Path], object] | None = None) -> Verdict:
    """What is said at the end of the day of files to which only so much was done, and then some harm."""
    disk = Disk()
    for one in record.operations[:done]:
        disk.do(one)
    for name, data in disk.after_a_cut(Random(1)).items():
        (folder / name).write_bytes(data)
    if harm:
        harm(folder / PLACE)
    return await judge(folder, record, len(record.operations))


def by_hand(statement: str) -> Callable[[Path], object]:
    """A change somebody makes in the file."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as file, file:
            assert file.execute(statement).rowcount == 1

    return change


def blank(path: Path) -> None:
    """Every tenth page empty."""
    data = bytearray(path.read_bytes())
    for at in range(4096 * 5, len(data), 40960):
        data[at : at + 4096] = bytes(4096)
    path.write_bytes(data)


async def test_the_whole_day_is_what_it_was(day: Record, tmp_path: Path) -> None:
    assert await judged(day, tmp_path, len(day.operations)) == Verdict()


@pytest.mark.parametrize("table", ["inbox", "outgoing", "person", "consent", "address", "answered"])
async def test_a_row_that_is_missing_is_seen(table: str, day: Record, tmp_path: Path) -> None:
    harm = by_hand(f"delete from {table} where rowid = (select max(rowid) from {table})")
    assert (await judged(day, tmp_path, len(day.operations), harm)).wrong in ("half", "damaged")


async def test_a_column_that_is_an_older_one_is_seen(day: Record, tmp_path: Path) -> None:
    harm = by_hand("update outgoing set attempts = attempts - 1 where id = (select max(id) from outgoing)")
    assert (await judged(day, tmp_path, len(day.operations), harm)).wrong == "half"


async def test_empty_pages_are_seen(day: Record, tmp_path: Path) -> None:
    assert (await judged(day, tmp_path, len(day.operations), blank)).wrong in ("damaged", "unusable")


async def test_every_acknowledged_commit_that_is_missing_is_counted(day: Record, tmp_path: Path) -> None:
    digests = [one.contents.digest for one in day.commits]
    last = max(at for at, one in enumerate(digests) if one != digests[-1])
    verdict = await judged(day, tmp_path, day.commits[last].after)
    assert (verdict.wrong, verdict.lost) == ("lost", len(digests) - 1 - last)


async def test_a_promise_that_was_given_before_its_commit_is_seen(day: Record, tmp_path: Path) -> None:
    early = Record(day.operations, day.commits, [*day.promises, Promise(0, frozenset({"never came"}))])
    verdict = await judged(early, tmp_path, len(day.operations))
    assert verdict.wrong == "lost" and "never came" in verdict.words


async def test_the_first_promise_of_a_new_database_holds_at_once(day: Record, tmp_path: Path) -> None:
    disk, first = Disk(), day.promises[0]
    for one in day.operations[: first.after]:
        disk.do(one)
    for n in range(40):
        (folder := tmp_path / str(n)).mkdir()
        for name, data in (await left_behind(disk, Cut(n, Random(n), first.after))).items():
            (folder / name).write_bytes(data)
        assert await judge(folder, day, first.after) == Verdict(), f"chance {n}"


async def test_the_same_seed_is_the_same_day(day: Record, tmp_path: Path) -> None:
    with quiet():
        again = await a_day(tmp_path / PLACE, shipped(), 1, BATCHES)
    assert [one.ids for one in again.promises] == [one.ids for one in day.promises]
    assert len(again.commits) == len(day.commits)


async def test_what_is_not_synced_at_a_commit_is_seen_to_be_lost() -> None:
    with quiet():
        control = await cut_a_day(1, range(40), CONTROL, BATCHES)
    assert control.lost > 0
    assert {one.verdict.wrong for one in control.found} == {"", "lost"}


async def test_what_is_never_synced_is_seen_to_be_torn() -> None:
    with quiet():
        found = (await cut_a_day(1, range(40), {FULL: "pragma synchronous=off"}, BATCHES)).found
    assert {one.verdict.wrong for one in found} & {"damaged", "unusable", "half"}
