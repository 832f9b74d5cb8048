"""Several workers on one PostgreSQL, each a process that is started and killed by itself; a proxy stands before them."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from cryptography.fernet import Fernet

from bot.model.server import Server
from tests.bot_user import FakeUser, fake_telegram
from tests.chaos.around import calm, invited
from tests.chaos.crashing import NOWHERE
from tests.chaos.crowd import Crowd
from tests.chaos.installation import SECRET, Installation, house_at, nursery, twin
from tests.chaos.ledger import Ledger
from tests.chaos.proxy import Proxy, proxy_to
from tests.chaos.reckoning import Reckoning, reckon
from tests.chaos.small_content import small_content
from tests.end_to_end.service import TOKEN

MODES = ("webhook", "polling")
_KEYS = Fernet.generate_key().decode()


@dataclass
class Fleet:
    """The workers, where their Telegram is and their database; `control` is nobody of those who write."""

    workers: Sequence[Installation]
    store: Server
    street: str
    proxy: Proxy
    control: FakeUser

    async def begin(self) -> None:
        """Start all at once; each must open."""
        await asyncio.gather(*(one.begin(NOWHERE, "1", "serve") for one in self.workers))
        for one in self.workers:
            assert await one.opened(), one.errors()

    async def invited(self) -> str:
        """An officer's code; the first worker must not be running."""
        return await invited(self.workers[0], NOWHERE, "1")

    async def on_duty(self) -> Installation | None:
        """Whoever introduced the bot last, if they still live."""
        calls = await self.control.ask("calls", method="setMyCommands")
        last = int(calls[-1]["given"]["life"]) if calls else 0
        return next((one for one in self.workers if one.pid and one.starts == last), None)

    def crowd(self, seed: int, **many: int) -> Crowd:
        """People who come to the proxy."""
        return Crowd(self.street, self.proxy.url, random.Random(seed), **many)

    async def stop(self) -> list[str]:
        """As operators do, all at once; what went wrong."""
        codes = await asyncio.gather(*(one.stop() for one in self.workers))
        return [f"a worker stopped with {code}" for code in codes if code]

    async def reckoned(self, ledger: Ledger) -> Reckoning:
        """Everything held against everything, when it is calm, the workers have ended and the book was verified."""
        await calm(self.workers[0], self.control)
        faults = await self.stop()
        await self.workers[0].printed(NOWHERE, "1", "verify")
        found = reckon(self.store, ledger, await self.control.ask("log"))
        found.faults += faults
        return found


@asynccontextmanager
async def fleet_on(store: Server, folder: Path, many: int, **settings: str) -> AsyncIterator[Fleet]:
    """So many workers, none of them started yet; in the end no process of them is left."""
    content, cache = small_content(folder / "content", "2026.1.1"), folder / "cache"
    given = {
        "CONTENT_DIR": str(content),
        "CACHE_DIR": str(cache),
        "DATABASE_URL": store.url,
        "SECRET_KEYS": _KEYS,
        "PUBLIC_URL": "https://127.0.0.1",
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "BACKUP_HOURS": "0",
        **settings,
    }
    async with AsyncExitStack() as stack:
        loaded = await stack.enter_async_context(nursery("tests.chaos.crashing", str(cache), str(content)))
        street, lives, workers = stack.enter_context(fake_telegram(TOKEN)), count(1), []
        for n in range(many):
            own = await stack.enter_async_context(twin(loaded, folder / f"nursery-{n}"))
            house = house_at(street, folder / f"worker-{n}", own, lives, **given)
            workers.append(await stack.enter_async_context(house))
        proxy = await stack.enter_async_context(proxy_to([one.port for one in workers]))
        control = await stack.enter_async_context(FakeUser(street, 1))
        await control.control("proxy", url=f"{proxy.url}/telegram/webhook")
        yield Fleet(workers, store, street, proxy, control)
