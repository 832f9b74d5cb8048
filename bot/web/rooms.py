"""What the pages need of the rest of the house, handed in by whoever builds it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.channel import Fetch
from bot.channels.webchat import WebChat
from bot.model.messages import Incoming
from bot.posters import Doors
from bot.store.database import Database
from bot.understanding.release import Release
from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class TelegramDoor:
    """What the pages use of Telegram: `take(body, secret)` answers a webhook request with an HTTP status after the
    commit."""

    take: Callable[[bytes, str], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class WhatsAppDoor:
    """What the pages use of WhatsApp: `shake(parameters)` answers Meta's handshake, with None for a stranger;
    `take(body, signature)` as Telegram's."""

    shake: Callable[[Mapping[str, str]], str | None]
    take: Callable[[bytes, str], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms behind the pages.

    `receive` returns after the commit and raises `NotStored` when nothing could be stored. `wording` gives the words of
    the current release, which may be another one at the next request. `secret` signs the officers' form tokens.
    `secure` says that people come by HTTPS. `doors` asks which channels are open, `fetch` brings a photo,
    voice note or file, by whichever channel it came; errors as of sending. Whoever draws a poster or a paper holds the
    `easel`: it takes a processor for a while. `on_duty`: of several workers, this is the one that does what happens once.
    """

    database: Database
    receive: Callable[[Sequence[Incoming]], Awaitable[None]]
    wording: Callable[[], Wording]
    webchat: WebChat
    telegram: TelegramDoor | None
    now: Callable[[], datetime]
    secret: bytes
    secure: bool
    public_url: str
    doors: Callable[[], Awaitable[Doors]]
    metrics: Callable[[], Awaitable[str]]
    ready: Callable[[], Awaitable[bool]]
    fetch: Fetch
    whatsapp: WhatsAppDoor | None = None
    on_duty: Callable[[], bool] = lambda: False
    easel: asyncio.Lock = field(default_factory=asyncio.Lock)

    def release(self) -> Release:
        """The current release."""
        return self.wording().release
