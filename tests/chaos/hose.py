"""Brings updates to the webhook as Telegram does, very many of them and for little work: plain HTTP on lines that stay open."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.chaos.installation import SECRET

LINES = 40  # as many as Telegram opens to one bot
_numbers = count(1)


def update(chat: int, text: str) -> bytes:
    """Somebody writes this."""
    number = next(_numbers)
    who = {"id": chat, "is_bot": False, "first_name": f"Orang {chat}", "language_code": "id"}
    message = {"message_id": number, "date": int(time.time()), "chat": {"id": chat, "type": "private"}, "from": who}
    given: dict[str, Any] = {"update_id": number, "message": message | {"text": text}}
    return json.dumps(given).encode()


@dataclass(slots=True)
class Line:
    """One connection to the webhook at this port, opened anew when the service has closed it for want of requests."""

    port: int
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def send(self, body: bytes) -> int:
        """One request; the status it is answered with. Brought again when the line was closed under it."""
        try:
            return await self._brought(body)
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.close()
            return await self._brought(body)

    async def close(self) -> None:
        """Hang up."""
        if self.writer:
            self.writer.close()
            with suppress(ConnectionError):
                await self.writer.wait_closed()
        self.reader = self.writer = None

    async def _brought(self, body: bytes) -> int:
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = (
            "POST /telegram/webhook HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        answer = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = int(answer.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        await self.reader.readexactly(length)
        return int(answer.split(b" ", 2)[1])


@dataclass
class Hose:
    """Some lines, each free or with a request on its way; `refused` counts the requests that were not taken."""

    free: asyncio.Queue[Line]
    refused: int = 0

    async def send(self, body: bytes) -> None:
        """One request, as soon as a line is free."""
        line = await self.free.get()
        self.refused += await line.send(body) != 200
        self.free.put_nowait(line)

    async def pour(self, bodies: Sequence[bytes], a_second: float) -> None:
        """Send these evenly, later when no line is free; returns when the last is answered."""
        began, left = time.monotonic(), iter(enumerate(bodies))

        async def work() -> None:
            for number, body in left:
                await asyncio.sleep(began + number / a_second - time.monotonic())
                await self.send(body)

        async with asyncio.TaskGroup() as group:
            for _ in bodies[:LINES]:
                group.create_task(work())


@asynccontextmanager
async def hose(port: int) -> AsyncIterator[Hose]:
    """Lines to the service at this port, opened when they are needed; in the end they are closed."""
    lines = [Line(port) for _ in range(LINES)]
    free: asyncio.Queue[Line] = asyncio.Queue()
    for line in lines:
        free.put_nowait(line)
    try:
        yield Hose(free)
    finally:
        for line in lines:
            await line.close()
