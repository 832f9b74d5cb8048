"""A day in a village: the real service on a clock that is moved on, telephones that are read from top to bottom, officers."""

import re
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from tests.bot_user import FakeUser, Seen
from tests.chaos.shifted import SHIFT, put
from tests.end_to_end.service import VILLAGE, Service, on_telegram, people
from tests.web.test_browser import window

DISTRICT, ELSEWHERE = VILLAGE.rpartition(".")[0], "35.05.01"
_ZONE = "+08:00"
"""Of the village: the middle of the country."""
_PATIENCE = 30
_BOOK = 'select e.kind from event e join "case" c on c.number = e.case_number where c.number = ? order by e.id'


@dataclass
class Phone:
    """Somebody's telephone. `read` messages on it have been looked at."""

    user: FakeUser
    read: int = 0

    async def next(self) -> Seen:
        """The next message, as soon as it is there. When none comes the last ones are said, in short."""
        try:
            await self.user.ask("wait", chat=self.user.chat, count=self.read + 1, timeout=_PATIENCE)
        except AssertionError:
            raise AssertionError([one.text[:90] for one in await self.user.seen()][-4:]) from None
        self.read += 1
        return (await self.user.seen())[self.read - 1]

    async def hears(self, *words: str) -> Seen:
        """The next message in which all of this stands, in its text or before its buttons' data; others are passed over."""
        while True:
            one = await self.next()
            if all(word in one.text or any(data.startswith(word) for _, data in one.buttons) for word in words):
                return one

    async def presses(self, button: str, *words: str) -> Seen:
        """Press a button that stands somewhere on the screen, and hear this."""
        self.read = len(await self.user.seen())
        await self.user.press(button)
        return await self.hears(*words)

    async def says(self, text: str, *words: str) -> Seen:
        """Write something, and hear this."""
        self.read = len(await self.user.seen())
        await self.user.say(text)
        return await self.hears(*words)

    async def fills_in(self, begins: str, answers: Mapping[str, str], last: str) -> None:
        """Answer each question once, by the button that stands below it, with these words or else by pressing it."""
        self.read = len(await self.user.seen())
        await self.user.press(begins)
        left = {last: "", **answers}
        while last in left:
            shown = [data for _, data in (await self.next()).buttons]
            known = next((one for one in left if one in shown), "")
            words = left.pop(known, "")
            if words:
                await self.user.say(words)
            elif known:
                await self.user.press(known)

    async def rings_for(self, one: Seen) -> bool:
        """Whether this message came with a sound."""
        given = [call["given"] for call in await self.user.ask("calls", method="sendMessage")]
        mine = [call for call in given if call["chat_id"] == str(self.user.chat) and call["text"] == one.html]
        return not mine[-1].get("disable_notification")

    async def gone(self, one: Seen) -> None:
        """Wait until a message is taken out of the chat."""
        many = 0
        while not (await self.still(one))["deleted"]:
            many = len(await self.user.ask("calls", method="deleteMessages", count=many + 1, timeout=_PATIENCE))

    async def still(self, one: Seen) -> Mapping[str, Any]:
        """A message as it is now: whether it is `protected`, whether it was `deleted`."""
        return next(now for now in await self.user.ask("sent", chat=self.user.chat) if now["message_id"] == one.id)


@dataclass(frozen=True)
class Day:
    """The service, the file its clock hangs on, and who takes part: a worker, her neighbour, three officers."""

    service: Service
    clock: Path
    siti: Phone
    budi: Phone
    ratna: Phone
    camat: Phone
    dewi: Phone

    def is_now(self, moment: str) -> None:
        """Time has passed until then, in the village."""
        put(self.clock, (datetime.fromisoformat(f"{moment}{_ZONE}") - datetime.now(UTC)).total_seconds())

    async def appointed(self, phone: Phone, name: str, unit: str, role: str) -> None:
        """Somebody takes an office."""
        invited = self.service.command("officer", "invite", "--village", unit, "--name", name, "--role", role)
        code = re.search(r"Code: (\S+)", invited)
        assert code
        await phone.user.say("/start officer")
        await phone.says(code[1], "do:queue", name)

    def book(self, number: str) -> list[str]:
        """What stands in the book of a case, in order."""
        with closing(sqlite3.connect(self.service.folder / "var" / "desmigratif.db")) as database:
            return [kind for (kind,) in database.execute(_BOOK, (number,))]

    @asynccontextmanager
    async def pages(self, chromium: Browser, phone: Phone, **size: Any) -> AsyncIterator[Page]:
        """The officers' pages, opened by the link an officer asks for in the chat."""
        said = await phone.says("web", "/officers/login/")
        link = re.search(r"/officers/login/\S+", said.text)
        assert link
        async with window(chromium, self.service.url, **size) as page:
            await page.goto(link[0])
            await page.click("button.main")
            yield page


@asynccontextmanager
async def a_day(folder: Path, begins: str) -> AsyncIterator[Day]:
    """It begins with everybody at their place; in the end the service is stopped."""
    clock = folder / "clock"
    put(clock, (datetime.fromisoformat(f"{begins}{_ZONE}") - datetime.now(UTC)).total_seconds())
    with on_telegram(folder, "tests.end_to_end.passing", **{SHIFT: str(clock)}) as (service, street):
        async with people(street, 1, 2, 3, 4, 5) as users:
            day = Day(service, clock, *map(Phone, users))
            await day.appointed(day.ratna, "Bu Ratna", VILLAGE, "officer")
            await day.appointed(day.camat, "Pak Camat", DISTRICT, "coordinator")
            await day.appointed(day.dewi, "Bu Dewi", ELSEWHERE, "coordinator")
            yield day
