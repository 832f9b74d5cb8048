"""The people of one installation: they ask, hand in registrations and look after them, at once and without end."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count

import aiohttp

from tests.bot_user import FakeUser
from tests.chaos.ledger import Caller, InVain, Ledger, Visitor
from tests.end_to_end.service import VILLAGE_TYPED

QUESTIONS = ("paspor saya ditahan majikan", "berapa biaya ke luar negeri", "cara kirim uang ke rumah", "menu")
_FORM = "ask-officer"
_EACH = 4
_WAITS = 0.5


@dataclass
class Crowd:
    """So many `askers`, `registrants` and `visitors` at a time: who is done is followed by another, until `closing`."""

    street: str
    url: str
    chance: random.Random
    askers: int = 3
    registrants: int = 4
    visitors: int = 2
    ledger: Ledger = field(default_factory=Ledger)
    closing: bool = False
    numbers: Iterator[int] = field(default_factory=lambda: count(5001))

    async def live(self, code: str) -> None:
        """Everybody, with an officer who was invited by this code; returns when the last has what they came for."""
        async with asyncio.TaskGroup() as group:
            officer = group.create_task(self._looks_after(code))
            async with asyncio.TaskGroup() as others:
                for many, life in (
                    (self.askers, self._asks),
                    (self.registrants, self._registers),
                    (self.visitors, self._visits),
                ):
                    for _ in range(many):
                        others.create_task(self._one_after_another(life))
            officer.cancel()

    async def _one_after_another(self, life: Callable[[], Awaitable[None]]) -> None:
        while not self.closing:
            try:
                await life()
            except InVain as error:
                self.ledger.in_vain.append(str(error))

    async def _asks(self) -> None:
        """Somebody asks a few questions, and does not always wait for the answer."""
        async with self._caller() as one:
            for asked in range(_EACH):
                await one.say(self.chance.choice(QUESTIONS))
                if self.chance.random() < _WAITS:
                    await one.sees(asked + 1)

    async def _registers(self) -> None:
        """Somebody hands in a form, and stays until an officer has answered."""
        async with self._caller() as one:
            await one.say("daftar")
            await one.shown(f"form:{_FORM}")
            await one.press(f"form:{_FORM}")
            await one.shown(f"agree:{_FORM}")
            self.ledger.halfway.add(one.chat)
            await self._fills_in(one)
            self.ledger.halfway.discard(one.chat)
            self.ledger.sent.append(one.chat)
            await one.shown("write:")
            self.ledger.served += 1

    async def _fills_in(self, one: Caller) -> None:
        await one.press(f"agree:{_FORM}")
        await one.shown("do:cancel")
        before = await one.screen()
        await one.say(VILLAGE_TYPED)
        await one.sees(before + 1)
        await one.say(f"kapan kantor buka untuk nomor {one.chat}")
        await one.shown("skip:phone")
        await one.press("skip:phone")
        await one.shown(f"send:{_FORM}")
        await one.press(f"send:{_FORM}")

    async def _visits(self) -> None:
        """Somebody asks at the web chat."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as browser:
            visitor = Visitor(browser, self.url, self.ledger)
            for asked in range(_EACH):
                await visitor.say(f"{self.chance.choice(QUESTIONS)} ({asked})")
            await visitor.answered(_EACH)

    async def _looks_after(self, code: str) -> None:
        """An officer takes on each case and answers it, until cancelled."""
        async with self._caller() as one:
            while not await self._takes_office(one, code):
                pass
            known: set[str] = set()
            while True:
                seen = await one.user.seen()
                claims = (data for message in seen for _, data in message.buttons if data.startswith("claim:"))
                fresh = [one for one in dict.fromkeys(claims) if one not in known]
                known |= set(fresh)
                for claim in fresh:
                    await self._answers(one, claim.partition(":")[2])
                with suppress(InVain):  # a while without a registration; what is lost of an answer is found in the end
                    await one.sees(len(seen) + 1)

    async def _takes_office(self, one: Caller, code: str) -> bool:
        try:
            await one.say("/start officer")
            await one.sees(1)
            await one.say(code)
            await one.shown("do:queue")
        except InVain as error:
            self.ledger.in_vain.append(str(error))
            return False
        return True

    async def _answers(self, one: Caller, number: str) -> None:
        before = await one.screen()
        try:
            await one.press(f"claim:{number}")
            await one.shown(f"case:{number}", before)
            await one.press(f"reply:{number}")
            await one.say(f"Kantor buka jam delapan ({number}).")
            await one.shown(f"close:{number}", before)
        except InVain as error:
            self.ledger.in_vain.append(str(error))

    @asynccontextmanager
    async def _caller(self) -> AsyncIterator[Caller]:
        async with FakeUser(self.street, next(self.numbers), language="id") as user:
            yield Caller(user, self.ledger)
