"""The service as it is run: a process of its own, in a folder of its own, started and ended from outside."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests import whatsapp_user
from tests.bot_user import HOUSE, FakeUser, Seen, fake_telegram
from tests.cache import CACHE
from tests.whatsapp_user import fake_graph

TOKEN = "7654321:AAFakeTokenOfTheTests_0123456789"
CANARY = "Kanariwati"
"""Whoever tells something tells this too: it may stand in no output."""
VILLAGE, VILLAGE_TYPED = "52.02.12.2001", "lantan batukliang utara"
QUESTION, TOPIC = "paspor saya ditahan majikan", "protection/withheld-documents"
_LAST_LINE = "Telegram:"
_SETTINGS = ("TELEGRAM", "WHATSAPP", "SECRET_KEYS")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@dataclass
class Service:
    """One installation. It is started, killed and started again on the same database; `program` is what is run."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    program: str = "bot"
    port: int = field(default_factory=free_port)
    printed: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)}
        return {**kept, "PYTHONPATH": str(HOUSE), "PORT": str(self.port), "CACHE_DIR": str(CACHE), **self.settings}

    def start(self, *program: str) -> None:
        """Returns when it has said where it is: from then on it takes connections. `program` is its own unless said."""
        command = [sys.executable, "-m", *(program or (self.program,)), "serve"]
        with (self.folder / "errors.txt").open("ab") as errors:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        assert self.process.stdout
        for line in self.process.stdout:
            self.printed.append(line)
            if line.startswith(_LAST_LINE):
                return
        raise AssertionError(f"it did not start: {self.output()}")

    def kill(self) -> None:
        """As by kill -9: nothing is tidied up."""
        assert self.process
        self.process.kill()
        self._gone(10)

    def died(self) -> None:
        """Returns when it has killed itself."""
        assert self._gone(60) == -signal.SIGKILL

    def stop(self) -> int:
        """As by SIGTERM; the exit code."""
        assert self.process
        self.process.terminate()
        return self._gone(10)

    def _gone(self, seconds: float) -> int:
        process, self.process = self.process, None
        assert process and process.stdout
        try:
            return process.wait(seconds)
        finally:
            process.kill()
            process.wait()
            self.printed.append(process.stdout.read())
            process.stdout.close()

    def command(self, *words: str) -> str:
        """What another command of the same installation prints."""
        command = [sys.executable, "-m", self.program, *words]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout

    def output(self) -> str:
        """All it ever said, in the open and as errors."""
        return "".join(self.printed) + (self.folder / "errors.txt").read_text("utf-8")


@contextmanager
def running(folder: Path, program: str = "bot", **settings: str) -> Iterator[Service]:
    """A service that runs for as long as the block; whatever it was told, its output holds nothing of it."""
    service = Service(folder, settings, program)
    service.start()
    try:
        yield service
    finally:
        if service.process:
            service.stop()
    assert CANARY not in service.output()
    assert TOKEN not in service.output()
    assert "Traceback" not in service.output()


@contextmanager
def on_telegram(folder: Path, program: str = "bot", **settings: str) -> Iterator[tuple[Service, str]]:
    """A service with a false Telegram of its own; and where that is."""
    with fake_telegram(TOKEN) as street:
        given = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": street, **settings}
        with running(folder, program, **given) as service:
            yield service, street


@contextmanager
def on_whatsapp(folder: Path, **settings: str) -> Iterator[tuple[Service, str]]:
    """A service with a false WhatsApp of its own, which has shaken hands with it; and where that is."""
    with fake_graph() as street, running(folder, **{**whatsapp_user.settings(street), **settings}) as service:
        attach(street, service)
        yield service, street


def attach(street: str, service: Service) -> None:
    """Tell the false WhatsApp where the webhook is, as an operator does; it shakes hands first."""
    done = httpx.post(f"{street}/control/webhook", json={"url": f"{service.url}/whatsapp/webhook"})
    assert done.status_code == 200, done.text


@asynccontextmanager
async def people(street: str, *chats: int) -> AsyncIterator[list[FakeUser]]:
    """Some people with telephones."""
    users = [FakeUser(street, chat, language="id") for chat in chats]
    for user in users:
        await user.__aenter__()
    try:
        yield users
    finally:
        for user in users:
            await user.__aexit__()


async def shown(user: FakeUser, button: str) -> Seen:
    """The message with this button, as soon as it is on the screen."""
    while True:
        seen = await user.seen()
        for one in reversed(seen):
            if any(button in (label, data) for label, data in one.buttons):
                return one
        await user.ask("wait", chat=user.chat, count=len(seen) + 1, timeout=15)


async def press(user: FakeUser, button: str) -> None:
    """Press a button as soon as it is on the screen."""
    await shown(user, button)
    await user.press(button)


async def register(user: FakeUser, story: str = f"kapan kantor buka, saya {CANARY}") -> None:
    """Hand in a question for the officer, by buttons as far as they go."""
    await user.say("daftar")
    await press(user, "form:ask-officer")
    await press(user, "agree:ask-officer")
    await shown(user, "do:cancel")
    await user.say(VILLAGE_TYPED)
    await user.say(story)
    await press(user, "skip:phone")
    await shown(user, "send:ask-officer")
    before = len(await user.seen())
    await user.press("send:ask-officer")
    await user.ask("wait", chat=user.chat, count=before + 1, timeout=15)


def times_answered(seen: list[Seen], topic: str = TOPIC) -> int:
    """How often a topic's answer came."""
    return sum(f"helped:{topic}" in dict(map(reversed, one.buttons)) for one in seen)
