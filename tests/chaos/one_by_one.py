"""The house of F8, and the same messages handled one by one, by which it is judged."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.fernet import Fernet

from bot.casework.heads import code_of
from bot.delivery import Delivery
from bot.model.conversation import Conversation
from bot.model.effects.offices import Appoint, Invite
from bot.model.messages import Address, Incoming, Message
from bot.pace import Pace
from bot.reception import Reception
from bot.store import cases, inbox, officers, people, post, retention
from bot.store.database import open_database
from bot.store.migrations import migrate
from bot.store.people import Place
from bot.store.seal import Seal
from bot.wording import Wording
from tests.chaos.small import small_release
from tests.chaos.street import PEOPLE, Platform, Try, moved
from tests.fakes import FakeClock

Event = Incoming | tuple[str, Address | None, datetime]
"""A message that was handled; or what else happened: ("gone" | "moved" | "tidied", whom, when)."""

_SEAL = Seal([Fernet.generate_key().decode()])
_VILLAGE = "52.02.12.2001"
_BEGAN = FakeClock()()


@cache
def _prepared() -> bytes:
    """A database with an officer in it, before anything happened."""
    with TemporaryDirectory() as folder:
        migrate(Path(folder) / "new.db")
        asyncio.run(_appoint(Path(folder) / "new.db"))
        return (Path(folder) / "new.db").read_bytes()


async def _appoint(path: Path) -> None:
    database = await open_database(path, _SEAL)
    async with database.transaction() as tx:
        await officers.invite(tx, Invite("Ratna", "officer", _VILLAGE), "code", _BEGAN, _BEGAN.replace(year=2030))
        place = await people.add(tx, PEOPLE[1], "id", _BEGAN)
        invited = await officers.invited(tx, "code", _BEGAN)
        assert invited
        await officers.appoint(tx, Appoint(invited, place.person), _BEGAN)
    await database.close()


@dataclass
class House:
    """Reception, store and delivery on one file, which outlives each of them."""

    clock: FakeClock
    folder: TemporaryDirectory[str] = field(default_factory=TemporaryDirectory)
    platforms: tuple[Platform, ...] = field(default_factory=lambda: (Platform("telegram"), Platform("web")))

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.folder.name) / "orders.db"

    async def open(self) -> None:
        """Open the file and put people to work on it."""
        self.database = await open_database(self.path, _SEAL)
        wording = Wording(small_release())
        self.reception = Reception(self.database, lambda: wording, lambda: None)
        self.delivery = Delivery(self.database, self.platforms, self.clock, Pace({}), lambda: 0.5)

    async def restart(self) -> None:
        """As by another process on the same file."""
        await self.database.close()
        await self.open()

    async def close(self) -> None:
        """For good."""
        await self.database.close()
        self.folder.cleanup()

    async def receive(self, arrived: Sequence[Incoming], cut: int) -> None:
        """As a webhook brings them, all at once, or, with a `cut` of more, as pages, one after the other."""
        if cut == 1:
            await asyncio.gather(*(self.reception.receive([one]) for one in arrived))
            return
        for at in range(0, len(arrived), cut):
            await self.reception.receive(arrived[at : at + cut])

    async def deliver(self, troubles: Sequence[str]) -> list[Try]:
        """Send what is due, with troubles to go through on the way; what was tried."""
        for one in self.platforms:
            one.troubles, one.tries = list(troubles), []
        while await self.delivery.once():
            pass
        return [one for platform in self.platforms for one in platform.tries]

    async def tidy(self) -> None:
        """Remove what has outlived its purpose."""
        await retention.tidy(self.database, self.clock(), small_release().keep_months())

    async def known(self, arrived: Sequence[Incoming]) -> set[tuple[str, str, str]]:
        """Which of these the file says have come before."""
        stored = {tuple(row) for row in self.rows("select channel, account, external_id from inbox")}
        return {inbox.key(one) for one in arrived} & stored

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What another program reads in the file."""
        with closing(sqlite3.connect(self.path)) as file:
            return file.execute(query).fetchall()

    async def broken_pages(self) -> list[object]:
        """Where the book of cases does not hold."""
        return [one async for one in cases.verify(self.database)]

    async def happened(self, event: Event) -> None:
        """Have it happen here too, by itself."""
        match event:
            case Incoming():
                self.clock.now = event.at
                await self.reception.receive([event])
            case ("tidied", _, at):
                self.clock.now = at
                await self.tidy()
            case (what, address, at):
                async with self.database.transaction() as tx:
                    place = (await people.meet(tx, [Incoming(address, "", "text", at)])).places[address]
                    await (post.move(tx, place.id, moved(address).chat) if what == "moved" else _gone(tx, place))

    def talks(self) -> dict[tuple[str, ...], Conversation]:
        """Where each talk stands, by address."""
        query = "select channel, account, chat, reachable, talk_sealed from address a join person p on p.id = person_id"
        return {tuple(map(str, row[:4])): _SEAL.open(Conversation, row[4]) for row in self.rows(query)}

    def letters(self) -> dict[tuple[int, int, int], Message]:
        """What was said, by its key."""
        rows = self.rows("select cause, step, n, message_sealed from outgoing")
        return {row[:3]: self._by_pages(_SEAL.open(Message, row[3])) for row in rows}

    def _by_pages(self, message: Message) -> Message:
        """With the number of a page of the book in place of its code, which has chance in it."""
        text = message.text
        for number, hash in self.rows("select id, hash from event"):
            text = text.replace(code_of(hash), f"page {number}")
        return replace(message, text=text)

    def cases(self) -> list[tuple[Any, ...]]:
        """Each case, and what happened to it."""
        query = 'select c.number, c.form, c.state, c.person_id, e.kind, e.by_person from "case" c join event e'
        return self.rows(f"{query} on e.case_number = c.number order by e.id")


async def _gone(tx: Any, place: Place) -> None:
    await people.reachable(tx, place, reachable=False)


async def opened(clock: FakeClock) -> House:
    """A new house."""
    house = House(clock)
    house.path.write_bytes(await asyncio.to_thread(_prepared))
    await house.open()
    return house


async def differences(house: House, happened: Sequence[Event]) -> list[str]:
    """What is otherwise than in a house where the same happened one by one."""
    other = await opened(FakeClock())
    try:
        for number, event in enumerate(happened):
            once = replace(event, external_id=f"{number}:{event.external_id}") if isinstance(event, Incoming) else event
            await other.happened(once)
        whole = not any(one[0] == "tidied" for one in happened if not isinstance(one, Incoming))
        return _otherwise(house, other, whole=whole)
    finally:
        await other.close()


def _otherwise(house: House, other: House, *, whole: bool) -> list[str]:
    """Letters that were removed in one house or the other, since what became of them differs, are not missed."""
    letters, expected, talks = house.letters(), other.letters(), other.talks()
    both = letters.keys() | expected.keys() if whole else letters.keys() & expected.keys()
    return [
        *(f"the letter {one}" for one in sorted(both) if letters.get(one) != expected.get(one)),
        *(f"the talk at {one}" for one, talk in house.talks().items() if talks.get(one) != talk),
        *(["the cases"] if house.cases() != other.cases() else []),
    ]
