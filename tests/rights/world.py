"""A small world for one cell of the matrix: somebody of a role, and a case that stands to them so."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx

from bot.casework.numbers import numbered, sayable
from bot.model.case import Case, Officer
from bot.model.messages import Address, Incoming, Message
from bot.reception import Reception
from bot.store import officers
from bot.understanding.release import Release
from bot.wording import Wording
from tests.replay import Written
from tests.rights.rules import NEVER_IN_OFFICE, OFFICES, Role, Standing
from tests.web.desk import logged_in
from tests.web.house import PERSON, House, built, visitor_of

VILLAGE, NEIGHBOUR, ELSEWHERE, DISTRICT, REGENCY = (
    "52.02.12.2001",
    "52.02.12.2002",
    "35.05.01.2001",
    "52.02.12",
    "52.02",
)
UNITS = {"officer": VILLAGE, "coordinator": DISTRICT, "ministry": ""}
UNKNOWN = numbered(199_999)
NAME = "Bu Ratna"
FILLED = {
    "name": "Wahyuningsih",
    "about": "employer",
    "what": "Majikan menahan paspor lama saya",
    "phone": "081298765432",
}
"""Words that stand nowhere else, so that a trace of them is a leak."""


@dataclass
class World:
    """Somebody at their chat and their browser; a case; the same question about a case that does not exist."""

    role: Role
    standing: Standing
    house: House
    browser: httpx.AsyncClient
    case: Case
    officer: Officer | None
    written: Written
    reception: Reception
    count: int = field(default=0)

    @property
    def seated(self) -> bool:
        """Whether they are in office now."""
        return self.role in OFFICES and self.standing != "revoked"

    @property
    def chat(self) -> Address:
        """Where they write from."""
        return Address("telegram", "bot", NAME) if self.role in OFFICES else _CHATS[self.role]

    @property
    def owns(self) -> bool:
        """Whether they handed the case in."""
        return self.role == "person" or self.standing == "own matter"

    def unnamed(self, text: str) -> str:
        """A text with the unknown number in place of the case's."""
        return text.replace(self.case.number, UNKNOWN).replace(sayable(self.case.number), sayable(UNKNOWN))

    async def come_in(self) -> None:
        """Once more by a fresh link, if they are in office."""
        self.count += 1
        if self.seated and self.officer:
            await self.browser.post(await self.house.link(self.officer, f"another-login-token-{self.count:04}"))

    async def press(self, button: str, text: str = "") -> list[tuple[str, str]]:
        """A button, forged or not; what they are shown, as phrase and words."""
        return await self._take(Incoming(self.chat, self._id(), "button", self.house.clock(), text, button))

    async def write(self, text: str) -> list[tuple[str, str]]:
        """Words."""
        return await self._take(Incoming(self.chat, self._id(), "text", self.house.clock(), text))

    def state(self) -> str:
        """All that stands about the case, and all that others were told."""
        with closing(sqlite3.connect(self.house.database.path)) as file:
            case = file.execute('select * from "case" where number = ?', (self.case.number,)).fetchall()
            events = file.execute("select count(*) from event").fetchall()
            told = file.execute("select count(*) from outgoing where step > 0").fetchall()
        return json.dumps([case, events, told], default=repr)

    async def _take(self, incoming: Incoming) -> list[tuple[str, str]]:
        await self.reception.receive([incoming])
        self.house.clock.pass_by(seconds=10)  # or they would write faster than anybody is listened to
        with closing(sqlite3.connect(self.house.database.path)) as file:
            rows = file.execute(
                "select o.message_sealed from outgoing o join inbox i on i.id = o.cause"
                " where i.external_id = ? and o.step = 0 order by o.n",
                (incoming.external_id,),
            ).fetchall()
        return [self._shown(self.house.database.seal.open(Message, row[0])) for row in rows]

    def _shown(self, message: Message) -> tuple[str, str]:
        words = "\n".join((message.text, *(f"{one.id} {one.label}" for one in message.choices)))
        return self.written.meant(message).phrase, words

    def _id(self) -> str:
        self.count += 1
        return f"w{self.count}"


_CHATS = {"person": PERSON, "visitor": Address("telegram", "bot", "a stranger")}


@asynccontextmanager
async def world(folder: Path, release: Release, role: Role, standing: Standing) -> AsyncIterator[World]:
    """Build it."""
    async with built(folder, release) as house:
        written = Written(Wording(release))
        reception = Reception(house.database, lambda: written, lambda: None, "http://desa.test")  # type: ignore[arg-type,return-value]
        other = await house.officer(NEIGHBOUR, "Pak Budi")
        officer = await house.officer(UNITS[role], NAME, role) if role in OFFICES else None
        case = await _case(house, role, standing, other)
        async with _browser(house, officer) as browser:
            if officer:
                await _left(house, officer, standing)
            made = World(role, standing, house, browser, case, officer, written, reception)
            await made.write("menu")
            yield made


def standings(role: Role) -> tuple[Standing, ...]:
    """How a case can stand to them."""
    everywhere: tuple[Standing, ...] = ("own village", "other village", "other district", "accused village")
    return everywhere if role in NEVER_IN_OFFICE else (*everywhere, "away", "revoked", "own matter", "pretend")


async def _case(house: House, role: Role, standing: Standing, other: Officer) -> Case:
    if standing == "accused village":
        unit = {"coordinator": REGENCY}.get(role, DISTRICT)
        return await house.case(unit=unit, village=VILLAGE, barred=UNITS.get(role, VILLAGE) or VILLAGE, answers=FILLED)
    unit = {"other village": NEIGHBOUR, "other district": ELSEWHERE}.get(standing, VILLAGE)
    if standing == "own matter":
        return await house.case(unit=unit, address=Address("telegram", "bot", NAME), answers=FILLED)
    return await house.case(unit=unit, answers=FILLED, practice_of=other.id if standing == "pretend" else 0)


async def _left(house: House, officer: Officer, standing: Standing) -> None:
    """Absent until next week, or out of office."""
    if standing == "revoked":
        async with house.database.transaction() as tx:
            await officers.revoke(tx, officer.id, house.clock())
    if standing == "away":
        until = (house.clock() + timedelta(days=7)).date().isoformat()
        with closing(sqlite3.connect(house.database.path, isolation_level=None)) as file:
            file.execute("update officer set away_until = ? where id = ?", (until, officer.id))


@asynccontextmanager
async def _browser(house: House, officer: Officer | None) -> AsyncIterator[httpx.AsyncClient]:
    async with logged_in(house, officer) if officer else visitor_of(house) as browser:
        yield browser
