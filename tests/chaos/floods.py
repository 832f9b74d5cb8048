"""F10: one chat floods while others ask; ten thousand chats at once.

Quiet spells and flooded ones come in turns, so that both meet the same machine. Somebody new asks every few moments: what
counts is the time from the message handed over to the answer on the phone. The flood is brought by webhook, then by polling.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, pairwise
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.model.messages import Message
from bot.store.seal import Seal
from bot.store.times import moment
from bot.wording import phrases
from tests.bot_user import FakeUser
from tests.chaos.hose import hose, update
from tests.chaos.installation import SECRET
from tests.chaos.measures import PATIENCE, memory, p99, read, settled
from tests.chaos.outcome import Outcome
from tests.end_to_end.service import Service, on_telegram

FLOODER = 1
_FIRST = 1_000
_LONG = 20  # seconds of flood; below, it is the short form
_RATE, _SHORT_RATE = 1_000, 300
_SPELLS, _SHORT_SPELLS = 4, 1
_ASKING = 20.0  # others, a second
_MOST, _SHORT_MOST = 10_000, 300
_LONGER, _GROWN = 2.0, 64.0  # times the quiet p99, MB
_MINUTE = timedelta(seconds=59)  # all of a batch was written at the time of its last message
_PORTION = 0.02  # seconds between what the false Telegram is told to bring of a flood by polling
_CRY = "tolong saya dipukul majikan"
_TEXTS = ("halo", "woi jawab dong {}", "kok lama sekali", "gaji di taiwan berapa {}", "p", "saya tunggu dari tadi {}")
_TOLD = """
select o.message_sealed, o.created_at from outgoing o join address a on a.id = o.address_id where a.chat = ? order by o.id"""
_TAKEN = "select count(*) from inbox i join address a on a.id = i.address_id where a.chat = ?"
Bring = Callable[[int, Sequence[str], float], Awaitable[None]]
"""Hands over what a chat writes, so much a second; returns when all of it has been."""


@dataclass
class Run:
    """A service, its Telegram, how updates get there, and what has come of it: the others' times, the faults."""

    service: Service
    control: FakeUser
    bring: Bring
    chats: Iterator[int] = field(default_factory=lambda: count(_FIRST))
    flooded: int = 0
    quiet: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    crowd: int = 0
    crowded: str = ""
    faults: list[str] = field(default_factory=list)

    async def spell(self, seconds: float, rate: int) -> None:
        """Others ask for so long, beside so many messages a second of one chat; then all have their answers."""
        flood = [_TEXTS[n % len(_TEXTS)].format(n) for n in range(ceil(seconds * rate))]
        async with asyncio.TaskGroup() as group:
            asked = group.create_task(self._others(seconds))
            if flood:
                flood[len(flood) // 2] = _CRY
                self.flooded += len(flood)
                group.create_task(self.bring(FLOODER, flood, rate))
        await self.control.ask("pending", most=0, timeout=PATIENCE)
        await settled(self.service, but_for=FLOODER)
        log = await self.control.ask("log")
        for chat, began in asked.result().items():
            if seen := log.get(str(chat)):
                (self.beside if flood else self.quiet).append(seen[0][1] - began)
            else:
                self.faults.append(f"chat {chat} was not answered")

    async def _others(self, seconds: float) -> dict[int, float]:
        """Somebody new every few moments; when each message was handed over."""
        asked: dict[int, float] = {}
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for number in range(ceil(seconds * _ASKING)):
                await asyncio.sleep(began + number / _ASKING - time.monotonic())
                chat = next(self.chats)
                asked[chat] = time.time()
                group.create_task(self.bring(chat, ["menu"], _ASKING))
        return asked

    def reckon(self) -> None:
        """All of the flood was taken in; "slow down" was said, no two within a minute; the cry was answered."""
        taken = read(self.service, _TAKEN, str(FLOODER))[0][0]
        if taken != self.flooded:
            self.faults.append(f"{self.flooded - taken} messages of the flood were lost")
        told = self._told()
        slow = [at for text, at in told if text.startswith(_first_words("slow-down"))]
        if not slow:
            self.faults.append("the flooder was not asked to slow down")
        self.faults += ["asked to slow down twice in a minute" for one, next in pairwise(slow) if next - one < _MINUTE]
        if not any(text.startswith(_first_words("danger/emergency")) and at >= min(slow) for text, at in told if slow):
            self.faults.append("the cry in the flood was not answered")

    def _told(self) -> list[tuple[str, datetime]]:
        """What the flooder was answered, and when; a part of it may still wait for its turn."""
        seal = Seal([(self.service.folder / "var" / "secret.key").read_text("ascii").strip()])
        rows = read(self.service, _TOLD, str(FLOODER))
        return [(seal.open(Message, sealed).text, moment(at)) for sealed, at in rows]

    async def many_at_once(self, most: int) -> None:
        """So many people say one thing each at the same moment."""
        first = next(self.chats) + 1
        held, began = memory(self.service), time.monotonic()
        await self.control.control("many", first=first, chats=most, each=1, texts=["menu"])
        await self.control.ask("pending", most=0, timeout=PATIENCE)
        await settled(self.service, but_for=FLOODER)
        took, grown = time.monotonic() - began, memory(self.service) - held
        log = await self.control.ask("log")
        self.faults += [
            f"chat {chat} was not answered" for chat in range(first, first + most) if not log.get(str(chat))
        ]
        self.crowd = most
        self.crowded = f"; {most:,} chats at once answered at {most / took:.0f} a second, memory {grown:+.0f} MB"

    def figures(self, name: str, grown: float) -> str:
        """In a line."""
        beside, quiet = p99(self.beside), p99(self.quiet)
        return (
            f"{name}: {self.flooded:,} messages of one chat; p99 of {len(self.beside):,} others {beside * 1000:.0f} ms, "
            f"quiet {quiet * 1000:.0f} ms, ratio {beside / quiet:.2f}; memory {grown:+.0f} MB{self.crowded}"
        )


def _first_words(phrase: str) -> str:
    """How a phrase begins whose first line holds no facts."""
    words = phrases.environment("id").get_template(phrase).render(contacts=())
    return words.strip().partition("\n")[0]


async def run(times: int) -> Outcome:
    """So many seconds of flood by webhook, and as many by polling; then many chats at once."""
    long = times >= _LONG
    figures, faults, trials = list[str](), list[str](), 0
    with TemporaryDirectory(prefix="desmigratif-chaos-") as folder:
        for name, flooded in (("webhook", _by_webhook), ("polling", _by_polling)):
            (home := Path(folder) / name).mkdir()
            made, grown = await flooded(home, times, long)
            figures.append(made.figures(name, grown))
            faults += [f"{name}: {one}" for one in made.faults]
            trials += made.flooded + len(made.quiet) + len(made.beside) + made.crowd
            if long and p99(made.beside) > _LONGER * p99(made.quiet):
                faults.append(f"{name}: the others waited more than twice as long")
            if long and grown > _GROWN:
                faults.append(f"{name}: the memory is not flat")
    return Outcome(trials, len(faults), "; ".join([*figures, *faults[:9]]))


async def _by_webhook(home: Path, seconds: int, long: bool) -> tuple[Run, float]:
    settings = {"TELEGRAM_MODE": "webhook", "TELEGRAM_WEBHOOK_SECRET": SECRET, "PUBLIC_URL": "https://127.0.0.1"}
    with _served(home, **settings) as (service, street):
        async with FakeUser(street, FLOODER) as control, hose(service.port) as flood, hose(service.port) as others:

            async def bring(chat: int, texts: Sequence[str], a_second: float) -> None:
                await (flood if chat == FLOODER else others).pour([update(chat, text) for text in texts], a_second)

            await control.control("many", first=FLOODER, chats=_FIRST + 100_000, each=0, texts=[])
            run = Run(service, control, bring)
            grown = await _spells(run, seconds, long)
            run.faults += ["a request was refused"] * (flood.refused + others.refused)
            return run, grown


async def _by_polling(home: Path, seconds: int, long: bool) -> tuple[Run, float]:
    with _served(home) as (service, street):
        async with FakeUser(street, FLOODER) as control:

            async def bring(chat: int, texts: Sequence[str], a_second: float) -> None:
                began, size = time.monotonic(), max(1, round(a_second * _PORTION))
                for at in range(0, len(texts), size):
                    await asyncio.sleep(began + at / a_second - time.monotonic())
                    some = texts[at : at + size]
                    await control.control("many", first=chat, chats=1, each=len(some), texts=some)

            run = Run(service, control, bring)
            grown = await _spells(run, seconds, long)
            await run.many_at_once(_MOST if long else _SHORT_MOST)
            return run, grown


def _served(home: Path, **settings: str) -> AbstractContextManager[tuple[Service, str]]:
    return on_telegram(home, TELEGRAM_PER_SECOND="1000", **settings)


async def _spells(run: Run, seconds: int, long: bool) -> float:
    """Quiet and flood in turns; how many MB the memory has grown since the first of each."""
    spells = _SPELLS if long else _SHORT_SPELLS
    rate = _RATE if long else _SHORT_RATE
    await run.control.control("lean")
    await run.spell(1, 0)
    run.quiet.clear()
    held = 0.0
    for _ in range(spells):
        await run.spell(seconds / spells, 0)
        await run.spell(seconds / spells, rate)
        held = held or memory(run.service)
    run.reckon()
    return memory(run.service) - held
