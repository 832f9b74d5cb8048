"""One installation under test: a folder, a false Telegram, and a process that is started and killed in it again and again."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot_user import HOUSE, fake_telegram
from tests.end_to_end.service import TOKEN, free_port

SECRET = "rahasia-of-the-webhook"
_OWN = ("TELEGRAM", "WHATSAPP", "SECRET_KEYS", "CONTENT_DIR", "CACHE_DIR", "DATABASE_URL", "PUBLIC_URL")
_LAST_LINE, _ENDED = "Telegram:", "ended "
_SURELY = 60.0


@dataclass
class Installation:
    """`street` is where its Telegram is, which is told of each process which it is: `starts`. Only one runs at a time."""

    folder: Path
    street: str
    nursery: asyncio.subprocess.Process
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    starts: int = 0
    pid: int = 0
    code: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "var" / "desmigratif.db"

    async def begin(self, *words: str, **settings: str) -> None:
        """Start a process with these words; it exists when this returns."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
        self.starts += 1
        street = f"{self.street}/life-{self.starts}"
        environment = {**kept, **self.settings, "PORT": str(self.port), "TELEGRAM_API_URL": street, **settings}
        asked = {"folder": str(self.folder), "environment": environment, "words": words}
        assert self.nursery.stdin
        self.nursery.stdin.write(json.dumps(asked).encode() + b"\n")
        while not (line := await self._line()).startswith("pid "):
            pass
        self.pid = int(line.split()[1])

    async def opened(self) -> bool:
        """Wait until it takes connections; False when it died before."""
        while self.pid:
            if (await self._line()).startswith(_LAST_LINE):
                return True
        return False

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
        assert self.nursery.stdout
        line = (await self.nursery.stdout.readline()).decode()
        if not line:
            raise EOFError(f"the nursery is gone: {self.errors()}")
        if line.startswith(_ENDED):
            self.pid, self.code = 0, int(line.removeprefix(_ENDED))
        return line

    def errors(self) -> str:
        """The end of what the processes said in trouble."""
        file = self.folder / "errors.txt"
        return file.read_text("utf-8", "replace")[-2000:] if file.exists() else ""


@asynccontextmanager
async def installation(folder: Path, *module: str, **settings: str) -> AsyncIterator[Installation]:
    """One in a new folder; `module` and what it prepares are the nursery's. In the end no process of it is left."""
    await asyncio.to_thread(folder.mkdir, parents=True)
    nursery = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.chaos.nursery", *module),
        cwd=HOUSE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with fake_telegram(TOKEN) as street:
        given = {"TELEGRAM_BOT_TOKEN": TOKEN, **settings}
        made = Installation(folder, street, nursery, given)
        try:
            assert nursery.stdout and await nursery.stdout.readline() == b"loaded\n", made.errors()
            yield made
        finally:
            made.end()
            assert nursery.stdin
            nursery.stdin.close()
            await nursery.wait()
