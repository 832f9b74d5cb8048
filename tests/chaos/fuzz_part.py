"""One process of the fuzzer: `python -m tests.chaos.fuzz_part COUNT SEED` prints what became of so many spoilt updates.

They go by the real intake, nine in ten as webhook bodies and one in ten in pages with good ones among them, and by the real
reception into SQLite, in batches of 256. After each thousand a good message of each chat must be answered. Only the network
is a stand-in.
"""

import asyncio
import json
import logging
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, cast

from cryptography.fernet import Fernet

from bot.channels.telegram_intake import Intake
from bot.reception import Reception
from bot.store.database import open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.web.guard import MACHINES_BODY as LARGEST
from bot.wording import Wording
from tests.chaos.ends import ENDS, Payload, Stored, judge, read_alone, read_in_page, stored
from tests.chaos.mutations import spoilt
from tests.chaos.seeds import fresh, said
from tests.chaos.small import small_release
from tests.chaos.wire import Wire
from tests.fakes import FakeClock

ROUND, BATCH = 1_000, 256
ROUNDS_A_HOUSE = 10
POISONS_A_PAGE = 20
SECRET = "rahasia"
CHATS = range(101, 121)
_TORN = (b"", b"null", b"<html>502</html>", b'{"ok":true}', b'{"ok":true,"result":{}}', b"\xff\xfe{", b"[" * 100_000)


@dataclass
class Report:
    """What became of the payloads, how many good messages were answered, and every broken promise."""

    ends: Counter[str] = field(default_factory=Counter)
    good: int = 0
    broken: list[str] = field(default_factory=list)


class Tracebacks(logging.Handler):
    """Keeps what nobody caught and somebody logged; that there is a line for each update set aside is as it should be."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        """One line of the log."""
        if record.exc_info:
            self._report.broken.append(f"a traceback was logged: {record.getMessage()[:300]}")


@dataclass
class House:
    """An intake on a reception on a database. `known` are the ids that came before, `last` the row seen last."""

    path: Path
    seal: Seal
    intake: Intake
    wire: Wire
    reception: Reception
    clock: FakeClock
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    known: set[str] = field(default_factory=set)
    last: int = 0

    async def take(self, bodies: Sequence[bytes]) -> list[int]:
        """Requests of the webhook, so many at once as make one batch; each comes a second after the one before."""
        statuses: list[int] = []
        for at in range(0, len(bodies), BATCH):
            statuses += await asyncio.gather(*map(self._take, bodies[at : at + BATCH]))
        return statuses

    async def _take(self, body: bytes) -> int:
        self.clock.pass_by(seconds=1)
        return await self.intake.take(body, SECRET, SECRET, self.reception.receive)

    def fresh_rows(self) -> dict[str, Stored]:
        """What has come in since the last time, by its id."""
        rows = stored(self.path, self.seal, self.last)
        self.last = max((one.number for one in rows.values()), default=self.last)
        return rows


@asynccontextmanager
async def opened(clock: FakeClock) -> AsyncIterator[House]:
    """A new house in a new folder, which listens on the wire too."""
    wire, seal, wording = Wire(), Seal([Fernet.generate_key().decode()]), Wording(small_release())
    network = cast(Any, wire)
    intake = Intake(network, network, network, account="1", now=clock, rest=wire.rest)
    with TemporaryDirectory() as folder:
        migrate(Path(folder) / "fuzz.db")
        database = await open_database(Path(folder) / "fuzz.db", seal)
        reception = Reception(database, lambda: wording, lambda: None)
        listening = asyncio.create_task(intake.listen(reception.receive))
        try:
            yield House(database.path, seal, intake, wire, reception, clock)
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
            await intake.close()
            await database.close()


async def one_round(house: House, chance: Random, many: int, report: Report) -> None:
    """So many payloads, and then a good message of each chat."""
    payloads, good = await _by_page(house, chance, many // 10)
    bodies = [
        spoilt(chance, fresh(chance, next(house.numbers), chance.choice(CHATS))) for _ in range(many - many // 10)
    ]
    statuses = await house.take(bodies)
    rows = house.fresh_rows()
    taken = [body for body in bodies if len(body) <= LARGEST]
    _judge(house, rows, [*payloads, *((body, read_alone(body)) for body in taken)], report)
    report.ends["refused"] += len(bodies) - len(taken)
    wrong = [
        status for body, status in zip(bodies, statuses, strict=True) if status != (413 if len(body) > LARGEST else 200)
    ]
    report.broken += [f"a request was answered {one}" for one in wrong]
    after = {chat: next(house.numbers) for chat in CHATS}
    await house.take([json.dumps(said(number, chat, "menu")).encode() for chat, number in after.items()])
    rows |= house.fresh_rows()
    _all_answered(rows, [*good, *(f"m{chat}:{number}" for chat, number in after.items())], report)


async def _by_page(house: House, chance: Random, many: int) -> tuple[list[Payload], list[str]]:
    """Pages with a good message in their middle; some come torn the first time. The payloads, and the ids of the good."""
    payloads: list[Payload] = []
    good: list[str] = []
    for at in range(0, many, POISONS_A_PAGE):
        page: list[tuple[int, bytes]] = []
        for n in range(min(POISONS_A_PAGE, many - at)):
            number, chat = next(house.numbers), chance.choice(CHATS)
            page.append((number, spoilt(chance, fresh(chance, number, chat), keep_number=True)))
            payloads.append((page[-1][1], read_in_page(*page[-1])))
            if n == POISONS_A_PAGE // 2:
                number = next(house.numbers)
                page.append((number, json.dumps(said(number, chat, "menu")).encode()))
                good.append(f"m{chat}:{number}")
        house.clock.pass_by(seconds=len(page))
        await house.wire.bring(page, chance.choice(_TORN) if chance.random() < 0.1 else None)
    return payloads, good


def _judge(house: House, rows: Mapping[str, Stored], payloads: Sequence[Payload], report: Report) -> None:
    """How each payload ended."""
    for end, body in judge(payloads, rows, house.known):
        report.ends[end] += 1
        if end not in ENDS:
            report.broken.append(f"{end}: {body[:400]!r}")


def _all_answered(rows: Mapping[str, Stored], good: Sequence[str], report: Report) -> None:
    unanswered = [one for one in good if one not in rows or not rows[one].answered]
    report.good += len(good) - len(unanswered)
    report.broken += [f"a good message was not answered: {one}" for one in unanswered]


async def part(times: int, seed: int) -> Report:
    """So many payloads; a new house for each ten thousand."""
    report, chance, clock = Report(), Random(seed), FakeClock()
    logging.basicConfig(handlers=[Tracebacks(report)], force=True)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, fault: report.broken.append(f"nobody caught: {fault.get('message')}"))
    left = times
    while left:
        async with opened(clock) as house:
            for _ in range(ROUNDS_A_HOUSE):
                many = min(ROUND, left)
                left -= many
                if many:
                    await one_round(house, chance, many, report)
            report.broken += ["a page was asked for again in vain"] * house.wire.stalls
    return report


def main() -> None:
    """As a program."""
    report = asyncio.run(part(int(sys.argv[1]), int(sys.argv[2])))
    print(json.dumps({"ends": report.ends, "good": report.good, "broken": report.broken}))


if __name__ == "__main__":
    main()
