"""Stand-ins of a few lines, which enter by the same doors as the real ones."""

import asyncio
from collections.abc import Coroutine, Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model.messages import Outgoing


@dataclass(slots=True)
class FakeClock:
    """A clock that is moved by hand."""

    now: datetime = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        """So much later."""
        self.now += timedelta(**time)


@dataclass(slots=True)
class FakeChannel:
    """A platform where everything arrives, in the order it was sent, unless a chat has troubles to go through first."""

    name: str = "telegram"
    sent: list[Outgoing] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    troubles: dict[str, list[Exception]] = field(default_factory=dict)
    closed: dict[str, asyncio.Event] = field(default_factory=dict)

    async def send(self, outgoing: Outgoing) -> str:
        """Keep it; its place is its id. A chat's troubles come one a send; a closed chat waits for its event."""
        chat = outgoing.address.chat
        self.tried.append(chat)
        if chat in self.closed:
            await self.closed[chat].wait()
        if self.troubles.get(chat):
            raise self.troubles[chat].pop(0)
        self.sent.append(outgoing)
        return str(len(self.sent))

    def texts(self, chat: str = "") -> list[str]:
        """What arrived, in order; of one chat, or of all."""
        return [one.message.text for one in self.sent if chat in ("", one.address.chat)]


@dataclass(slots=True)
class CancelledAt:
    """Work that is cancelled at its nth await; `await` it: whether it came to its end before that."""

    work: Coroutine[Any, Any, object]
    point: int

    def __await__(self) -> Generator[Any, Any, bool]:
        steps, passed = self.work.__await__(), 0
        try:
            waiting = next(steps)
            while True:
                if passed == self.point:
                    waiting = steps.throw(asyncio.CancelledError()) if waiting is None or waiting.cancel() else waiting
                yield waiting
                waiting, passed = next(steps), passed + 1
        except StopIteration:
            return True
        except asyncio.CancelledError:
            return False
