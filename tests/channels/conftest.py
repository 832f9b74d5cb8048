"""A false Telegram and a false WhatsApp, a person in each, our channel on each, and a door in that remembers."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest

from bot.channels.telegram import Telegram
from bot.channels.whatsapp import Account, WhatsApp
from bot.model.messages import Incoming
from tests import whatsapp_user
from tests.bot_user import TOKEN, FakeUser, fake_telegram
from tests.whatsapp_user import WhatsAppUser, fake_graph

SECRET = "rahasia_123"


@dataclass
class Door:
    """The door in: keeps what it is given, or fails as often as it is told to."""

    failures: int = 0
    refused: list[Incoming] = field(default_factory=list)
    batches: asyncio.Queue[list[Incoming]] = field(default_factory=asyncio.Queue)

    async def receive(self, incoming: Sequence[Incoming]) -> None:
        """As reception's: what it returns from is stored."""
        if self.failures > 0:
            self.failures -= 1
            self.refused += incoming
            raise OSError("disk full")
        self.batches.put_nowait(list(incoming))

    async def next(self) -> list[Incoming]:
        """The next batch that was stored."""
        return await asyncio.wait_for(self.batches.get(), 10)


@dataclass
class Rests:
    """Waiting that takes no time and is written down."""

    taken: list[float] = field(default_factory=list)
    most: int = 1000
    full: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        if len(self.taken) >= self.most:
            self.full.set()
            await asyncio.Event().wait()
        await asyncio.sleep(0)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with fake_telegram() as base_url:
        yield base_url


@pytest.fixture
async def budi(server: str) -> AsyncIterator[FakeUser]:
    async with FakeUser(server, 7, language="id") as person:
        await person.control("reset")
        yield person


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def rests() -> Rests:
    return Rests()


@pytest.fixture
async def bot(server: str, rests: Rests, budi: FakeUser) -> AsyncIterator[Telegram]:
    made = Telegram(TOKEN, account="desa", api_url=server, secret=SECRET, rest=rests)
    yield made
    await made.close()


@asynccontextmanager
async def listening(bot: Telegram, door: Door) -> AsyncIterator[asyncio.Task[None]]:
    """The bot listens for as long as the block runs; a fault of it is a fault of the test."""
    task = asyncio.create_task(bot.listen(door.receive))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def account_on(street: str, **changes: str) -> Account:
    """Our account on a false Graph API."""
    given = {
        "id": whatsapp_user.NUMBER_ID,
        "token": whatsapp_user.TOKEN,
        "secret": whatsapp_user.SECRET,
        "verify_token": whatsapp_user.VERIFY_TOKEN,
        "api_url": f"{street}/v26.0",
    }
    return Account(**{**given, **changes})


@pytest.fixture(scope="session")
def graph() -> Iterator[str]:
    with fake_graph() as base_url:
        yield base_url


@pytest.fixture
async def siti(graph: str) -> AsyncIterator[WhatsAppUser]:
    async with WhatsAppUser(graph, "6281200000007") as person:
        await person.control("reset")
        await person.control("person", who=person.number)
        yield person


@pytest.fixture
async def whatsapp(graph: str, siti: WhatsAppUser) -> AsyncIterator[WhatsApp]:
    made = WhatsApp(account_on(graph))
    yield made
    await made.close()
