"""Somebody with several chats, an officer and a stranger, and all that is said to each of them by the real door and store."""

import re
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cryptography.fernet import Fernet

from bot.casework.numbers import numbered
from bot.model.case import Case, Officer
from bot.model.effects.cases import Consent, OpenCase
from bot.model.effects.offices import Appoint, Invite
from bot.model.messages import Address, Incoming, Message, Reply
from bot.reception import Reception
from bot.store import cases, officers
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.wording import Wording
from tests.fakes import FakeClock

CHATS = {
    "telegram": Address("telegram", "bot", "siti"),
    "web": Address("web", "chat", "siti"),
    "whatsapp": Address("whatsapp", "100200", "ID.siti"),
    "old phone": Address("telegram", "bot", "siti-long-ago"),
    "fifth": Address("telegram", "bot", "siti-once-more"),
    "broker": Address("telegram", "bot", "broker"),
    "ratna": Address("telegram", "bot", "ratna"),
}
VILLAGE = "52.02.12.2001"
_CODE = re.compile(r"s-([A-Z2-9]{4}-[A-Z2-9]{4})")


@dataclass
class Screen:
    """What was said to a chat because of one thing: what was meant, the words, the buttons."""

    phrases: list[str] = field(default_factory=list)
    text: str = ""
    buttons: list[str] = field(default_factory=list)


@dataclass
class Words:
    """The house's wording, which remembers what was meant by its words."""

    wording: Wording
    meant: dict[str, str] = field(default_factory=dict)

    @property
    def release(self) -> object:
        return self.wording.release

    def write(self, reply: Reply, language: str) -> tuple[Message, ...]:
        written = self.wording.write(reply, language)
        self.meant |= {message.text: reply.phrase for message in written}
        return written


@dataclass
class Town:
    """The house, and who writes to it."""

    database: Database
    reception: Reception
    words: Words
    clock: FakeClock
    count: int = 0

    async def writes(self, who: str, text: str) -> Mapping[str, Screen]:
        """What everybody sees when somebody writes this."""
        return await self.take(Incoming(CHATS[who], self._id(), "text", self.clock(), text))

    async def presses(self, who: str, button: str) -> Mapping[str, Screen]:
        return await self.take(Incoming(CHATS[who], self._id(), "button", self.clock(), button=button))

    async def take(self, *arrived: Incoming) -> Mapping[str, Screen]:
        before = self._last()
        await self.reception.receive(arrived)
        return self._since(before)

    async def code(self, who: str) -> str:
        """A fresh code, as somebody is shown it."""
        shown = (await self.writes(who, "sambungkan"))[who]
        found = _CODE.search(shown.text)
        assert found, shown
        return found[1].replace("-", "")

    async def join(self, asks: str, types: str) -> Mapping[str, Screen]:
        """One asks for a code, types it in the other chat, and agrees."""
        code = await self.code(asks)
        assert (await self.writes(types, f"s-{code}"))[types].phrases == ["join/ask"]
        return await self.presses(types, f"join-yes:{code}")

    def person(self, who: str) -> int:
        """Who a chat is to the store."""
        address = CHATS[who]
        query = "select person_id from address where (channel, account, chat) = (?, ?, ?)"
        return int(str(self.rows(query, address.channel, address.account, address.chat)[0][0]))

    async def case(self, who: str, seq: int = 100_001, **changes: object) -> str:
        """A complaint handed in from a chat; its number."""
        number, now = numbered(seq), self.clock()
        plain = {"urgency": "general", "unit": VILLAGE, "village": VILLAGE, "answers": {"what": "Gaji ditahan"}}
        case = Case(
            number=number,
            form="complaint",
            kind="complaint",
            person=self.person(who),
            opened=now,
            due=now + timedelta(hours=4),
            **(plain | changes),  # type: ignore[arg-type]
        )
        async with self.database.transaction() as tx:
            opening = OpenCase(case, Consent("complaint", "id", now, "setuju"))
            await cases.open_case(tx, opening, CHATS[who].channel)
        return number

    async def office(self, who: str, unit: str = VILLAGE) -> Officer:
        """Somebody takes an office."""
        person, now = self.person(who), self.clock()
        async with self.database.transaction() as tx:
            await officers.invite(tx, Invite(who, "officer", unit), f"code-{who}", now, now + timedelta(1))
            invited = await officers.invited(tx, f"code-{who}", now)
            assert invited
            await officers.appoint(tx, Appoint(invited, person), now)
        found = await officers.officer(self.database, invited.id)
        assert found
        return found

    async def sees(self, who: str, number: str) -> bool:
        """Whether this is a case of theirs, as far as this chat shows."""
        return (await self.presses(who, f"mine:{number}"))[who].phrases == ["cases/one"]

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """The file as another program sees it."""
        with closing(sqlite3.connect(self.database.path)) as file:
            return file.execute(query, values).fetchall()

    def _last(self) -> int:
        return int(str(self.rows("select coalesce(max(id), 0) from outgoing")[0][0]))

    def _since(self, before: int) -> Mapping[str, Screen]:
        screens = {who: Screen() for who in CHATS}
        names = {address: who for who, address in CHATS.items()}
        for channel, account, chat, sealed in self.rows(
            "select a.channel, a.account, a.chat, o.message_sealed from outgoing o join address a on a.id = o.address_id"
            " where o.id > ? and o.state in ('waiting', 'sending', 'sent') order by o.id",
            before,
        ):
            message = self.database.seal.open(Message, sealed)  # type: ignore[arg-type]
            screen = screens[names[Address(str(channel), str(account), str(chat))]]
            screen.phrases.append(self.words.meant.get(message.text, ""))
            screen.text += message.text + "\n"
            screen.buttons += [choice.id for choice in message.choices]
        return screens

    def _id(self) -> str:
        self.count += 1
        self.clock.pass_by(seconds=5)
        return f"m{self.count}"


@asynccontextmanager
async def new_town(folder: Path, wording: Wording) -> AsyncIterator[Town]:
    """An empty one, in which everybody has said hello."""
    migrate(folder / "a.db")
    database = await open_database(folder / "a.db", Seal([Fernet.generate_key().decode()]))
    words = Words(wording)
    town = Town(database, Reception(database, lambda: words, lambda: None), words, FakeClock())  # type: ignore[arg-type,return-value]
    await town.take(
        *(Incoming(address, f"hello {who}", "text", town.clock(), "menu") for who, address in CHATS.items())
    )
    yield town
    await database.close()
