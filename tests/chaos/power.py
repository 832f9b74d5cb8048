"""F2, the power cut: a day's work cut off at a random moment, many times; nothing acknowledged is lost, nothing is there by half.

All that a day does to the disk is logged (`power_layer`, `power_day`). A cut is a random place in that log: what was
synced by then stays, of the rest anything (`power_disk`). What is left is opened by the real store and held against
what it must hold (`power_oracle`). Every fifth cut is followed by another one while the service recovers from it.

The control is the same with `synchronous=NORMAL`, which does not sync a commit: it must be seen to lose acknowledged commits,
or this test is blind.

python -m tests.chaos.power --seed 3 --cut 17       one cut again
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.library import load
from bot.releases import warm
from bot.store.database import Unusable, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.wording import Wording
from tests.cache import CACHE
from tests.chaos.outcome import Outcome
from tests.chaos.power_day import KEY, PLACE, a_day
from tests.chaos.power_disk import Disk
from tests.chaos.power_layer import logged
from tests.chaos.power_oracle import Verdict, judge
from tests.chaos.power_record import Record
from tests.conftest import CONTENT

FULL = "pragma synchronous=full"
CONTROL = {FULL: "pragma synchronous=normal"}
BATCHES = 24
CUTS_OF_A_DAY, CUTS_OF_THE_CONTROL = 500, 40
AGAIN = 5
_MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Cut:
    """One cut of a day: its number, the chance it is drawn with, and after how many operations it comes."""

    number: int
    chance: Random
    after: int

    @classmethod
    def of(cls, seed: int, number: int, operations: int) -> "Cut":
        """The same cut for the same seed and number."""
        chance = Random(f"{seed} {number}")
        return cls(number, chance, chance.randint(0, operations))


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one cut."""

    seed: int
    number: int
    after: int
    verdict: Verdict

    def __str__(self) -> str:
        said = f"{self.verdict.wrong or 'all is well'} {self.verdict.words}"
        return f"seed {self.seed}, cut {self.number} (after {self.after} operations): {said}"


@dataclass(frozen=True, slots=True)
class CutDay:
    """A day and what came of its cuts."""

    record: Record
    found: Sequence[Found]

    @property
    def commits(self) -> int:
        """Those that changed anything."""
        return len({one.contents.digest for one in self.record.commits})

    @property
    def lost(self) -> int:
        """Acknowledged commits that were not there, over all cuts."""
        return sum(one.verdict.lost for one in self.found)


async def run(times: int) -> Outcome:
    """Cut so many times; fails also when the control loses nothing."""
    with quiet():
        days = [await cut_a_day(seed, numbers) for seed, numbers in _days(times)]
        control = await cut_a_day(1, range(max(CUTS_OF_THE_CONTROL, times // 50)), CONTROL)
    broken = [one for day in days for one in day.found if one.verdict.wrong]
    for one in broken[:20]:
        print(f"    {one}; again: python -m tests.chaos.power --seed {one.seed} --cut {one.number}", flush=True)
    blind = not control.lost
    done = f"{times:,} cuts of {sum(one.commits for one in days):,} commits, every {AGAIN}th cut again while recovering"
    figures = (
        f"{done}: {sum(one.lost for one in days)} acknowledged commits lost, {len(broken)} files wrong in any way;"
        f" control: with synchronous=NORMAL {len(control.found)} cuts lost {control.lost} acknowledged commits"
    )
    return Outcome(times, len(broken) + blind, figures)


async def cut_a_day(
    seed: int, numbers: Sequence[int], instead: Mapping[str, str] | None = None, batches: int = BATCHES
) -> CutDay:
    """Record a day, and make these cuts of it. In the order of their moments: the disk is gone through once."""
    with _folder() as folder:
        record = await a_day(folder / PLACE, shipped(), seed, batches, instead)
    cuts = sorted((Cut.of(seed, one, len(record.operations)) for one in numbers), key=lambda one: one.after)
    disk, done, found = Disk(), 0, []
    for cut in cuts:
        for operation in record.operations[done : cut.after]:
            disk.do(operation)
        done = cut.after
        files = await left_behind(disk, cut)
        found.append(Found(seed, cut.number, cut.after, await _judged(files, record, cut)))
    return CutDay(record, found)


async def left_behind(disk: Disk, cut: Cut) -> dict[str, bytes]:
    """The files after a cut, or after the cut that came while the service recovered from it."""
    files = disk.after_a_cut(cut.chance)
    if cut.number % AGAIN:
        return files
    with _folder() as folder, logged() as log:
        _lay_out(folder, files, cut.chance)
        try:
            migrate(folder / PLACE)
            await (await open_database(folder / PLACE, Seal([KEY]))).close()
        except Unusable:
            return files
    recovering = Disk(files)
    for operation in log[: cut.chance.randint(0, len(log))]:
        recovering.do(operation)
    return recovering.after_a_cut(cut.chance)


async def _judged(files: Mapping[str, bytes], record: Record, cut: Cut) -> Verdict:
    with _folder() as folder:
        _lay_out(folder, files, cut.chance)
        return await judge(folder, record, cut.after)


def _lay_out(folder: Path, files: Mapping[str, bytes], chance: Random) -> None:
    """The files, and beside them anything for the index of the log: it is never synced, and must never be believed."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    if chance.random() < 0.5:
        (folder / f"{PLACE}-shm").write_bytes(chance.randbytes(32768))


@cache
def shipped() -> Wording:
    """The shipped content, with its ears."""
    release = load(CONTENT)
    warm(release, CACHE)
    return Wording(release)


def _days(times: int) -> Iterator[tuple[int, range]]:
    """A seed for each day, and the cuts that are made of it."""
    for seed, begun in enumerate(range(0, times, CUTS_OF_A_DAY), start=1):
        yield seed, range(min(CUTS_OF_A_DAY, times - begun))


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that goes away; in memory if we may, for what is read back is synced thousands of times to no end."""
    with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@contextmanager
def quiet() -> Iterator[None]:
    """What is set aside on purpose need not be said each time."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def main() -> int:
    """Make one cut again."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, required=True, help="of the day")
    options.add_argument("--cut", type=int, required=True, help="its number")
    options.add_argument("--control", action="store_true", help="with synchronous=NORMAL")
    given = options.parse_args()
    with quiet():
        [found] = asyncio.run(cut_a_day(given.seed, [given.cut], CONTROL if given.control else None)).found
    print(found)
    return 1 if found.verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
