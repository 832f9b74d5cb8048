"""How the service grows: what is asked all day and messages through the door in, of few people beside many, in one run.

Both lands are made by one seed and stand in files side by side; each question is put to one and the other in turns, to other
people and places each time. Its time is that of the processor, which depends less on what else the machine does: the median
and the slowest of a hundred, and their growth from few people to many. The aim: messages a second at least 0.9 of those with
few people, an officer's first page at most 1.2 times as slow.

    python -m benchmarks.growth 10000 1000000

With a folder named after the numbers the lands are made there, and stay for the next time.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

import numpy as np
from cryptography.fernet import Fernet

from benchmarks.data import load_release
from benchmarks.generate import Bar, land, make
from benchmarks.land.asking import ASKED, Ask, Asking
from benchmarks.land.ground import Ground, address_of
from bot.durable import write_new
from bot.model.messages import Incoming
from bot.reception import Reception
from bot.releases import warm
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.wording import Wording

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
_ROUNDS, _BATCHES, _PAGE = 100, 40, 100
_QUESTIONS = ("berapa biaya ke malaysia", "cara jadi tki ke taiwan", "gaji saya belum dibayar", "menu", "apa itu cpmi")


@dataclass(frozen=True, slots=True)
class Land:
    """A land in its file, open."""

    ground: Ground
    database: Database


@dataclass(frozen=True, slots=True)
class Grown:
    """Microseconds of the processor, or messages a second of it, with few people and with many."""

    few: float
    many: float

    @property
    def ratio(self) -> float:
        """How much it has grown."""
        return self.many / self.few


async def compare(ask: Ask, askings: Sequence[Asking]) -> tuple[Grown, Grown]:
    """The median and the 99th of a hundred, each of both lands."""
    took: list[list[float]] = [[] for _ in askings]
    for number in range(_ROUNDS + 2):
        for asking, found in zip(askings, took, strict=True):
            began = time.process_time()
            await ask(asking, number)
            found.append(1e6 * (time.process_time() - began))
    few, many = (np.percentile(found[2:], (50, 99)) for found in took)
    return Grown(few[0], many[0]), Grown(few[1], many[1])


async def messages(lands: Sequence[Land], wording: Wording, batches: int = _BATCHES, page: int = _PAGE) -> Grown:
    """How many a second of the processor go through the door in, each from somebody else whom we know; the median batch."""
    doors = [Reception(one.database, lambda: wording, lambda: None) for one in lands]
    chances = [Random(35) for _ in lands]
    took: list[list[float]] = [[] for _ in lands]
    run = uuid4().hex  # what came in the run before is known in a land that stayed
    for number in range(batches + 2):
        for one, door, chance, found in zip(lands, doors, chances, took, strict=True):
            brought = [_question(one.ground, chance, f"{run}-{number}-{n}") for n in range(page)]
            began = time.process_time()
            await door.receive(brought)
            found.append(page / (time.process_time() - began))
    few, many = (median(found[2:]) for found in took)
    return Grown(few, many)


def _question(ground: Ground, chance: Random, id: str) -> Incoming:
    return Incoming(address_of(chance.randrange(ground.people)), id, "text", NOW, text=chance.choice(_QUESTIONS))


async def _open(stack: AsyncExitStack, folder: Path, people: int, seal: Seal) -> Land:
    """The land of so many people, made if it is not there."""
    file, ground = folder / f"{people}.db", land(people, NOW - timedelta(hours=2))
    if not file.exists():
        print(f"{people:,} people:", flush=True)
        make(file, ground, seal, Bar())
    migrate(file)
    database = await open_database(file, seal)
    stack.push_async_callback(database.close)
    return Land(ground, database)


def _seal(folder: Path) -> Seal:
    file = folder / "key"
    if not file.exists():
        write_new(file, Fernet.generate_key().decode())
    return Seal([file.read_text("utf-8").strip()])


async def measure(sizes: Sequence[int], folder: Path) -> None:
    """Print a row for each question, and one for messages."""
    release = load_release()
    warm(release, folder / "cache")
    async with AsyncExitStack() as stack:
        lands = [await _open(stack, folder, people, _seal(folder)) for people in sizes]
        askings = [await Asking.of(one.ground, one.database, release, NOW) for one in lands]
        print(
            f"{'microseconds of the processor':38} {sizes[0]:>9,} {sizes[1]:>10,}  grown   p99 {'':>6} {'':>9}  grown"
        )
        for name, ask in ASKED.items():
            half, slowest = await compare(ask, askings)
            print(
                f"{name:38} {half.few:9.0f} {half.many:10.0f} {half.ratio:6.2f} {slowest.few:12.0f} {slowest.many:9.0f}"
                f" {slowest.ratio:6.2f}",
                flush=True,
            )
        through = await messages(lands, Wording(release))
        print(f"{'messages a second of the processor':38} {through.few:9.0f} {through.many:10.0f} {through.ratio:6.2f}")
    for people in sizes:
        print(f"{people:,} people: {(folder / f'{people}.db').stat().st_size / 2**20:,.0f} MB")


def main(sizes: Sequence[int], folder: Path | None) -> None:
    """In the folder, else in memory where there is a disk in memory."""
    if folder:
        asyncio.run(measure(sizes, folder))
        return
    shared = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
    with TemporaryDirectory(prefix="desmigratif-", dir=shared if shared.is_dir() else None) as own:
        asyncio.run(measure(sizes, Path(own)))


if __name__ == "__main__":
    given = sys.argv[1:]
    main([int(one) for one in given[:2]] or [10_000, 1_000_000], Path(given[2]) if given[2:] else None)
