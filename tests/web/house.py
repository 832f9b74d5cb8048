"""A small house for the pages: the real database, reception and content; only Telegram and the clock are stand-ins."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import uvicorn
from cryptography.fernet import Fernet
from starlette.applications import Starlette

from bot.casework.numbers import numbered
from bot.channel import File
from bot.channels.webchat import WebChat
from bot.delivery import Delivery
from bot.model.case import Case, Officer
from bot.model.effects.cases import Consent, OpenCase
from bot.model.effects.offices import Appoint, GiveLogin, Invite
from bot.model.messages import Address, Attachment, Incoming
from bot.posters import Doors
from bot.reception import Reception
from bot.store import cases, officers, people
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.understanding.release import Release
from bot.web.rooms import Rooms, TelegramDoor, WhatsAppDoor
from bot.web.site import site
from bot.wording import Wording

VILLAGE = "52.02.12.2001"
PERSON = Address("telegram", "bot", "siti")
OTHER_VILLAGE = "35.05.01.2001"
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HERE = {"Origin": "http://desa.test"}
SECRET = "wachtwoord-of-the-webhook"
STORY = "Gaji saya tidak dibayar sejak Agustus"


@dataclass
class Clock:
    """A clock that is moved by hand."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Street:
    """What the stand-in of Telegram was asked."""

    taken: list[bytes] = field(default_factory=list)
    fetched: list[tuple[str, str]] = field(default_factory=list)
    file: File | Exception = field(default_factory=lambda: File(b"\xff\xd8\xff picture"))

    async def take(self, body: bytes, secret: str) -> int:
        self.taken.append(body)
        return 200 if secret == SECRET else 401

    async def fetch(self, attachment: Attachment) -> File:
        self.fetched.append((attachment.channel, attachment.reference))
        if isinstance(self.file, Exception):
            raise self.file
        return self.file

    def shake(self, asked: Mapping[str, str]) -> str | None:
        return asked.get("hub.challenge") if asked.get("hub.verify_token") == SECRET else None


@dataclass
class House:
    """Everything behind the pages, and the pages."""

    database: Database
    reception: Reception
    delivery: Delivery
    rooms: Rooms
    app: Starlette
    clock: Clock
    street: Street

    async def say(self, address: Address, text: str = "", button: str = "", id: str = "") -> None:
        """Something comes in by another way than the pages."""
        kind = "button" if button else "text"
        await self.reception.receive([Incoming(address, id or f"{text}{button}", kind, self.clock(), text, button)])

    async def officer(self, unit: str = VILLAGE, name: str = "Bu Ratna", role: str = "officer") -> Officer:
        """An officer in office, who is reached on Telegram."""
        async with self.database.transaction() as tx:
            await officers.invite(
                tx, Invite(name, role, unit), f"code-{name}", self.clock(), self.clock() + timedelta(1)
            )
            place = await people.add(tx, Address("telegram", "bot", name), "id", self.clock())
            invited = await officers.invited(tx, f"code-{name}", self.clock())
            assert invited is not None
            await officers.appoint(tx, Appoint(invited, place.person), self.clock())
        found = await officers.officer(self.database, invited.id)
        assert found is not None
        return found

    async def link(self, officer: Officer, token: str = "a-login-token-of-the-test-01") -> str:
        """A fresh link that lets in once."""
        async with self.database.transaction() as tx:
            await officers.give_login(tx, GiveLogin(officer.id, token, self.clock() + timedelta(minutes=10)))
        return f"/officers/login/{token}"

    async def case(
        self, seq: int = 100_001, *, unit: str = VILLAGE, address: Address = PERSON, **changes: object
    ) -> Case:
        """A complaint somebody handed in, on Telegram unless said otherwise."""
        now = self.clock()
        async with self.database.transaction() as tx:
            met = await people.meet(tx, [Incoming(address, "m1", "text", now)])
            given = {
                "number": numbered(seq),
                "form": "complaint",
                "kind": "complaint",
                "urgency": "sensitive",
                "unit": unit,
                "village": unit,
                "person": met.places[address].person,
                "opened": now,
                "due": now + timedelta(hours=4),
                "answers": {"name": "Siti Aminah", "about": "employer", "what": STORY, "phone": "081234567890"},
                "media": {"proof": Attachment("photo", "AgAC-photo", "telegram")},
            }
            case = Case(**{**given, **changes})
            await cases.open_case(tx, OpenCase(case, Consent("complaint", "id", now, "setuju")), "telegram")
        return case


@asynccontextmanager
async def built(folder: Path, release: Release, *, secure: bool = False) -> AsyncIterator[House]:
    """Build the house; the browser, or a client, comes in by the front door."""
    clock, street, webchat = Clock(), Street(), WebChat()
    migrate(folder / "house.db")
    database = await open_database(folder / "house.db", Seal([Fernet.generate_key().decode()]))
    delivery = Delivery(database, [webchat], clock)
    reception = Reception(database, lambda: Wording(release), delivery.wake)

    async def metrics() -> str:
        return "handled_total 7\n"

    async def ready() -> bool:
        return True

    async def doors() -> Doors:
        return Doors("desa_bot", "", "https://desa.test" if secure else "http://desa.test")

    rooms = Rooms(
        database=database,
        receive=reception.receive,
        wording=lambda: Wording(release),
        webchat=webchat,
        telegram=TelegramDoor(street.take),
        whatsapp=WhatsAppDoor(street.shake, street.take),
        fetch=street.fetch,
        doors=doors,
        now=clock,
        secret=b"signs the forms of the test",
        secure=secure,
        public_url="https://desa.test" if secure else "http://desa.test",
        metrics=metrics,
        ready=ready,
    )
    try:
        yield House(database, reception, delivery, rooms, site(rooms), clock, street)
    finally:
        await database.close()


def visitor_of(house: House, **headers: str) -> httpx.AsyncClient:
    """Somebody with a browser that keeps cookies and names its origin, as browsers do."""
    transport = httpx.ASGITransport(house.app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://desa.test", headers={**HERE, **headers})


@asynccontextmanager
async def served(house: House) -> AsyncIterator[str]:
    """The house on a real port, with its delivery at work; its address."""
    config = uvicorn.Config(house.app, port=0, log_level="warning", lifespan="off", ws="none")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    serving, delivering = asyncio.create_task(server.main_loop()), asyncio.create_task(house.delivery.run())
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        house.rooms.webchat.close()
        server.should_exit = True
        delivering.cancel()
        await asyncio.gather(serving, delivering, return_exceptions=True)
        await server.shutdown()


def field_of(page: str, name: str) -> str:
    """The value of the first hidden field of this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"the page has no field {name}"
    return found[1]
