"""The people of one installation: they ask, hand in registrations and look after them, at once and without end."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count

import aiohttp

from tests.bot_user import FakeUser
from tests.chaos import filling
from tests.chaos.ledger import ANSWERED, Caller, InVain, Ledger, Visitor

QUESTIONS = ("paspor saya ditahan majikan", "berapa biaya ke luar negeri", "cara kirim uang ke rumah", "menu")
_OPENLY = (filling.ASK, filling.HELP)
"""Whoever answers so may be written to first."""
_EACH = 4
_WAITS = 0.5
_PATIENCE, _LOOKS_AGAIN = 90, 1.0


@dataclass
class Crowd:
    """So many of each kind of people at a time: who is done is followed by another, until `closing`."""

    street: str
    url: str
    chance: random.Random
    askers: int = 3
    registrants: int = 4
    visitors: int = 2
    clearers: int = 0
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
                    (self.clearers, self._clears),
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
        """Somebody hands in a form, and stays until they have read what an officer answered."""
        form, answers = self.chance.choice(filling.ALL)
        async with self._caller() as one:
            await filling.begin(one, form)
            self.ledger.halfway.add(one.chat)
            await filling.fill_in(one, form, answers)
            self.ledger.halfway.discard(one.chat)
            self.ledger.sent.append(one.chat)
            if answers in _OPENLY:
                await one.shown("write:")
            else:
                await self._comes_back(one)
            self.ledger.served += 1

    async def _comes_back(self, one: Caller) -> None:
        """Who may not be written to first reads what was kept for them when they ask how it stands."""
        for _ in range(_PATIENCE):
            seen = await one.user.seen()
            if any(ANSWERED in message.text for message in seen):
                return
            await one.say("laporan saya")
            await one.sees(len(seen) + 1)
            await asyncio.sleep(_LOOKS_AGAIN)
        raise InVain(f"chat {one.chat} came back {_PATIENCE} times and was shown nothing")

    async def _clears(self) -> None:
        """Somebody asks, and has all that was answered taken out of the chat again."""
        async with self._caller() as one:
            self.ledger.cleared.add(one.chat)
            for asked in range(2):
                await one.say(self.chance.choice(QUESTIONS))
                await one.sees(asked + 1)
            await one.taken_away("bersihkan obrolan")

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
            await take_office(one, code)
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
            await one.say(f"{ANSWERED} ({number}).")
            await one.shown(f"close:{number}", before)
        except InVain as error:
            self.ledger.in_vain.append(str(error))

    @asynccontextmanager
    async def _caller(self) -> AsyncIterator[Caller]:
        async with FakeUser(self.street, next(self.numbers), language="id") as user:
            yield Caller(user, self.ledger)


async def take_office(one: Caller, code: str) -> None:
    """Somebody comes with an invitation. Raises `InVain`."""
    await one.say("/start officer")
    await one.sees(1)
    await one.say(code)
    await one.shown("do:queue")
