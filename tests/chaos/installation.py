"""One installation under test: a folder, a false Telegram, and a process that is started and killed in it again and again."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.model.server import Server
from bot.store.database import Store
from tests.bot_user import HOUSE, fake_telegram
from tests.chaos.nursery import TWIN
from tests.end_to_end.service import TOKEN, free_port

SECRET = "rahasia-of-the-webhook"
_OWN = ("TELEGRAM", "WHATSAPP", "SECRET_KEYS", "CONTENT_DIR", "CACHE_DIR", "DATABASE_URL", "PUBLIC_URL")
_LAST_LINE, _ENDED = "Telegram:", "ended "
_SURELY = 60.0
Nursery = tuple[asyncio.StreamWriter, asyncio.StreamReader]
"""How it is asked, and how it answers."""


@dataclass
class Installation:
    """`street` is where its Telegram is, which is told of each process which it is: `starts`. Only one runs at a time.

    Several that share a street share its `lives`, too.
    """

    folder: Path
    street: str
    nursery: Nursery
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    lives: Iterator[int] = field(default_factory=lambda: count(1))
    starts: int = 0
    pid: int = 0
    open: bool = False
    code: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "var" / "desmigratif.db"

    @property
    def store(self) -> Store:
        """Where its database is: this file, unless it was told of a server."""
        return Server(self.settings["DATABASE_URL"]) if "DATABASE_URL" in self.settings else self.database

    async def begin(self, *words: str, **settings: str) -> None:
        """Start a process with these words; it exists when this returns."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
        self.starts, self.open = next(self.lives), False
        street = f"{self.street}/life-{self.starts}"
        environment = {**kept, **self.settings, "PORT": str(self.port), "TELEGRAM_API_URL": street, **settings}
        asked = {"folder": str(self.folder), "environment": environment, "words": words}
        self.nursery[0].write(json.dumps(asked).encode() + b"\n")
        while not (line := await self._line()).startswith("pid "):
            pass
        self.pid = int(line.split()[1])

    async def opened(self) -> bool:
        """Wait until it takes connections; False when it died before."""
        while self.pid and not self.open:
            await self._line()
        return self.open

    async def ended(self, within: float = _SURELY) -> bool:
        """Wait until it is dead; `code` is then what it ended with, an exit code or a signal. False when it lives on."""
        try:
            async with asyncio.timeout(within):
                while self.pid:
                    await self._line()
        except TimeoutError:
            return False
        return True

    async def printed(self, *words: str, **settings: str) -> str:
        """What another command prints; it must end well."""
        await self.begin(*words, **settings)
        lines = []
        while self.pid:
            lines.append(await self._line())
        assert self.code == 0, self.errors()
        return "".join(lines)

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """Send the signal; a process that has just died by itself is still ours to send it to."""
        if self.pid:
            os.kill(self.pid, how)

    async def stop(self) -> int:
        """As operators do; the exit code."""
        self.end(signal.SIGTERM)
        await self.ended()
        return self.code

    async def _line(self) -> str:
        line = (await self.nursery[1].readline()).decode()
        if not line:
            raise EOFError(f"the nursery is gone: {self.errors()}")
        self.open = self.open or line.startswith(_LAST_LINE)
        if line.startswith(_ENDED):
            self.pid, self.code = 0, int(line.removeprefix(_ENDED))
        return line

    def errors(self) -> str:
        """The end of what the processes said in trouble."""
        file = self.folder / "errors.txt"
        return file.read_text("utf-8", "replace")[-2000:] if file.exists() else ""


@asynccontextmanager
async def installation(folder: Path, *module: str, **settings: str) -> AsyncIterator[Installation]:
    """One in a new folder, with a false Telegram of its own; `module` and what it prepares are the nursery's."""
    async with nursery(*module) as loaded:
        with fake_telegram(TOKEN) as street:
            async with house_at(street, folder, loaded, count(1), **settings) as made:
                yield made


@asynccontextmanager
async def house_at(
    street: str, folder: Path, loaded: Nursery, lives: Iterator[int], **settings: str
) -> AsyncIterator[Installation]:
    """One in a new folder; in the end no process of it is left."""
    await asyncio.to_thread(folder.mkdir, parents=True)
    made = Installation(folder, street, loaded, {"TELEGRAM_BOT_TOKEN": TOKEN, **settings}, lives=lives)
    try:
        yield made
    finally:
        made.end()
        with suppress(EOFError):
            await made.ended()


@asynccontextmanager
async def nursery(*module: str) -> AsyncIterator[Nursery]:
    """One that has loaded this module, and what it is to prepare."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.chaos.nursery", *module),
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin and process.stdout
    try:
        assert await process.stdout.readline() == b"loaded\n", "it could not be loaded"
        yield process.stdin, process.stdout
    finally:
        process.stdin.close()
        await process.wait()


@asynccontextmanager
async def twin(loaded: Nursery, socket: Path) -> AsyncIterator[Nursery]:
    """Another nursery as loaded as this one; it comes to the socket, which is made for it."""
    come: asyncio.Future[Nursery] = asyncio.get_running_loop().create_future()
    async with await asyncio.start_unix_server(lambda told, asked: come.set_result((asked, told)), socket):
        loaded[0].write(f"{TWIN}{socket}\n".encode())
        asked, told = await come
    try:
        yield asked, told
    finally:
        asked.close()
