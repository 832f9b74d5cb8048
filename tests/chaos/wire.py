"""The network between Telegram and the intake, of a few lines: it hands out pages, and forgets what was confirmed."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Wire:
    """Stands for the bot and its two connections. `torn` is what the next request for updates is answered with instead."""

    base_url: str = "http://telegram.test"
    waiting: list[tuple[int, bytes]] = field(default_factory=list)
    torn: bytes | None = None
    stalls: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    empty: asyncio.Event = field(default_factory=asyncio.Event)

    async def delete_webhook(self, **_: object) -> None:
        """There is none."""

    async def call(self, url: str, fields: Mapping[str, Any]) -> None:
        """A press was answered."""

    async def body(self, url: str, fields: Mapping[str, Any], wait: float) -> bytes:
        """The updates from an offset on, as soon as there are any."""
        self.waiting = [one for one in self.waiting if one[0] >= fields["offset"]]
        if not self.waiting:
            self.empty.set()
            await self.news.wait()
        page = b'{"ok":true,"result":[' + b",".join(body for _, body in self.waiting[: fields["limit"]]) + b"]}"
        torn, self.torn = self.torn, None
        return page if torn is None else torn

    async def rest(self, seconds: float) -> None:
        """Whoever has to rest could not go on: what it could not get past is taken away, and counted."""
        self.stalls += 1
        del self.waiting[:1]

    async def bring(self, updates: list[tuple[int, bytes]], torn: bytes | None = None) -> None:
        """Have these asked for; returns when all are confirmed."""
        self.waiting, self.torn = [*self.waiting, *updates], torn
        self.empty.clear()
        self.news.set()
        self.news = asyncio.Event()
        await self.empty.wait()
