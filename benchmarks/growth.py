"""How the service grows: what is asked all day and messages through the door in, of few people beside many, in one run.

Both lands are made by one seed and stand side by side, in files or on a server; each question is put to one and the other in
turns, to other people and places each time. Its time is that of the processor, which depends less on what else the machine
does: ours, and that of the server's two processes that work for us. The median and the slowest of a hundred, and their growth
from few people to many. The aim: messages a second at least 0.9 of those with few people, an officer's first page at most 1.2
times as slow.

    python -m benchmarks.growth 10000 1000000
    python -m benchmarks.growth 10000 1000000 postgresql

The second way on a server of its own. With a folder, or the address of a server on this machine
(postgresql://user@host/postgres), named after the numbers the lands are made there, as land_10000 and so on, and stay for the
next time; SECRET_KEYS must then stay the same.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

import numpy as np

from benchmarks.data import load_release
from benchmarks.generate import Bar, land, make, size_of
from benchmarks.land.asking import ASKED, Ask, Asking
from benchmarks.land.ground import Ground, address_of
from benchmarks.land.places import Place, at, processes
from bot.config import read_config
from bot.model.messages import Incoming
from bot.model.server import read_server
from bot.reception import Reception
from bot.releases import warm
from bot.store.database import open_database
from bot.store.migrations import bring_up_to_date
from bot.store.seal import Seal
from bot.understanding.release import Release
from bot.wording import Wording
from tests.postgresql import new_server

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
_ROUNDS, _BATCHES, _PAGE = 100, 40, 100
_WARM = 8
"""Rounds before those that count: a server plans a statement anew five times before it keeps a plan."""
_OWN_SERVER = (
    "shared_buffers=1GB",
    "max_wal_size=4GB",
    "maintenance_work_mem=256MB",
    "max_parallel_workers_per_gather=0",
)
"""What would be done beside by other processes is done by the one whose time we know."""
_QUESTIONS = ("berapa biaya ke malaysia", "cara jadi tki ke taiwan", "gaji saya belum dibayar", "menu", "apa itu cpmi")


@dataclass(frozen=True, slots=True)
class Land:
    """A land that is open, with a clock of what the processor has spent on it: seconds."""

    asking: Asking
    spent: Callable[[], float] = time.process_time


@dataclass(frozen=True, slots=True)
class Grown:
    """Microseconds of the processor, or messages a second of it, with few people and with many."""

    few: float
    many: float

    @property
    def ratio(self) -> float:
        """How much it has grown."""
        return self.many / self.few


async def compare(ask: Ask, lands: Sequence[Land]) -> tuple[Grown, Grown]:
    """The median and the 99th of a hundred, each of both lands."""
    took: list[list[float]] = [[] for _ in lands]
    for number in range(_ROUNDS + _WARM):
        for one, found in zip(lands, took, strict=True):
            began = one.spent()
            await ask(one.asking, number)
            found.append(1e6 * (one.spent() - began))
    few, many = (np.percentile(found[_WARM:], (50, 99)) for found in took)
    return Grown(few[0], many[0]), Grown(few[1], many[1])


async def messages(lands: Sequence[Land], wording: Wording, batches: int = _BATCHES, page: int = _PAGE) -> Grown:
    """How many a second of the processor go through the door in, each from somebody else whom we know; the median batch."""
    doors = [Reception(one.asking.database, lambda: wording, lambda: None) for one in lands]
    chances = [Random(35) for _ in lands]
    took: list[list[float]] = [[] for _ in lands]
    run = uuid4().hex  # what came in the run before is known in a land that stayed
    for number in range(batches + _WARM):
        for one, door, chance, found in zip(lands, doors, chances, took, strict=True):
            brought = [_question(one.asking.ground, chance, f"{run}-{number}-{n}") for n in range(page)]
            began = one.spent()
            await door.receive(brought)
            found.append(page / (one.spent() - began))
    few, many = (median(found[_WARM:]) for found in took)
    return Grown(few, many)


def _question(ground: Ground, chance: Random, id: str) -> Incoming:
    return Incoming(address_of(chance.randrange(ground.people)), id, "text", NOW, text=chance.choice(_QUESTIONS))


async def _open(stack: AsyncExitStack, place: Place, people: int, seal: Seal, release: Release) -> Land:
    """The land of so many people, made if it is not there."""
    store, ground = await at(place, people), land(people, NOW - timedelta(hours=2))
    await bring_up_to_date(store)
    database = await open_database(store, seal)
    stack.push_async_callback(database.close)
    if await database.row("last_event") is None:
        print(f"{people:,} people:", flush=True)
        await make(store, ground, seal, Bar())
    asking = await Asking.of(ground, database, release, NOW)
    return Land(asking, _clock(await processes(database)))


def _clock(others: Sequence[int]) -> Callable[[], float]:
    """What the processor has spent on us and on other processes, by their numbers."""
    return lambda: time.process_time() + sum(time.clock_gettime(~other << 3 | 2) for other in others)


async def measure(sizes: Sequence[int], place: Place, cache: Path) -> None:
    """Print a row for each question, and one for messages."""
    release, seal = load_release(), Seal(read_config().keys)
    warm(release, cache)
    async with AsyncExitStack() as stack:
        lands = [await _open(stack, place, people, seal, release) for people in sizes]
        print(
            f"{'microseconds of the processor':38} {sizes[0]:>9,} {sizes[1]:>10,}  grown   p99 {'':>6} {'':>9}  grown"
        )
        for name, ask in ASKED.items():
            half, slowest = await compare(ask, lands)
            print(
                f"{name:38} {half.few:9.0f} {half.many:10.0f} {half.ratio:6.2f} {slowest.few:12.0f} {slowest.many:9.0f}"
                f" {slowest.ratio:6.2f}",
                flush=True,
            )
        through = await messages(lands, Wording(release))
        print(f"{'messages a second of the processor':38} {through.few:9.0f} {through.many:10.0f} {through.ratio:6.2f}")
        for one in lands:
            size = await size_of(one.asking.database.store)
            print(f"{one.asking.ground.people:,} people: {size / 2**20:,.0f} MB")


@contextmanager
def _somewhere(named: str) -> Iterator[Place]:
    """Where the lands stand: where they are told to, else in memory where there is a disk in memory."""
    if named == "postgresql":
        with new_server(*_OWN_SERVER) as postgres:
            yield postgres.server()
    elif named:
        yield read_server(named) if named.startswith("postgresql:") else Path(named)
    else:
        shared = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
        with TemporaryDirectory(prefix="desmigratif-", dir=shared if shared.is_dir() else None) as own:
            yield Path(own)


def main(sizes: Sequence[int], named: str) -> None:
    """Measure there."""
    with _somewhere(named) as place, TemporaryDirectory(prefix="desmigratif-") as cache:
        asyncio.run(measure(sizes, place, Path(cache)))


if __name__ == "__main__":
    given = sys.argv[1:]
    main([int(one) for one in given[:2]] or [10_000, 1_000_000], given[2] if given[2:] else "")
