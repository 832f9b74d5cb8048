"""The web chat as a channel: a message is in the database already, so to send is to wake the pages that listen.

A page that does not listen loses nothing: it reads the rows when it is next opened. `call` says it to other workers, at whose
door a page may be open.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.channel import File
from bot.model.messages import Outgoing


class WebChat:
    """Who listens to which chat. `most` bounds the open connections; whoever is refused asks again later."""

    def __init__(self, most: int = 2000, call: Callable[[str], None] = lambda _: None) -> None:
        self.closed = False
        self._call = call
        self._most = most
        self._listeners: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self.listeners = 0

    @property
    def name(self) -> str:
        """As in `Address.channel`."""
        return "web"

    @property
    def full(self) -> bool:
        """Whether no more pages may listen now."""
        return self.closed or self.listeners >= self._most

    async def send(self, outgoing: Outgoing, file: File | None = None) -> str:
        """Wake the pages of this chat, here and at other workers; the row's own id is the platform's id."""
        self.wake(outgoing.address.chat)
        self._call(outgoing.address.chat)
        return str(outgoing.id)

    def wake(self, chat: str) -> None:
        """There may be news for the pages of this chat."""
        for news in self._listeners.get(chat, ()):
            news.set()

    def wake_all(self) -> None:
        """There may be news for any page."""
        for chat in self._listeners:
            self.wake(chat)

    @contextmanager
    def listening(self, chat: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever there may be news for a chat. Clear it before reading, not after."""
        news = asyncio.Event()
        self._listeners[chat].add(news)
        self.listeners += 1
        try:
            yield news
        finally:
            self.listeners -= 1
            self._listeners[chat].discard(news)
            if not self._listeners[chat]:
                del self._listeners[chat]

    def close(self) -> None:
        """Let every listener go, so that the server can stop."""
        self.closed = True
        self.wake_all()
