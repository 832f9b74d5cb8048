"""A person with a telephone, for tests of the whole house: says things, presses buttons, and reads what comes.

with fake_telegram() as base_url:              # the false Telegram, in a process of its own
    async with FakeUser(base_url, 7) as budi:
        await budi.say("/start")
        (hello,) = await budi.wait()
        await budi.press(hello.labels[0])
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import aiohttp

TOKEN = "100001:TEST"
HOUSE = Path(__file__).parents[1]


@contextmanager
def fake_telegram(token: str = TOKEN) -> Iterator[str]:
    """A false Telegram of its own, for as long as the block runs; its address."""
    command = [sys.executable, "-m", "tests.fake_telegram", "--port", "0", "--token", token]
    with subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().removeprefix("listening on ").strip()
        finally:
            process.terminate()


@dataclass(frozen=True, slots=True)
class Seen:
    """A message on the screen. `buttons` are (label, data or address), `keyboard` the words that stay below.
    `file` tells of an upload its sha256, size, mime and name."""

    id: int
    text: str
    html: str
    buttons: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    keyboard: tuple[tuple[str, ...], ...]
    entities: tuple[dict[str, Any], ...]
    attachment: dict[str, Any] | None
    file: dict[str, Any] | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The words on the buttons."""
        return tuple(label for label, _ in self.buttons)


class FakeUser:
    """One person in a private chat with the bot (or a group, when the number is negative)."""

    def __init__(self, base_url: str, chat: int, language: str = "") -> None:
        self.chat = chat
        self._language = language
        self._base_url = base_url
        self._read = 0
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(self._base_url)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()

    async def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Write something; the numbers of the update and the message."""
        return await self.send(text=text, **more)

    async def send(self, **what: Any) -> dict[str, Any]:
        """Send something else: photo="its content", voice=True, sticker=True, location=True, contact=True."""
        language = {"language": self._language} if self._language else {}
        return await self.control("say", chat=self.chat, **language, **what)

    async def press(self, button: str, **more: Any) -> dict[str, Any]:
        """Press the button with this label or data, on the last message that has it."""
        return await self.control("press", chat=self.chat, button=button, **more)

    async def block(self, blocked: bool = True) -> None:
        """Block the bot, or take it back."""
        await self.control("block", chat=self.chat, blocked=blocked)

    async def fail(self, method: str, **how: Any) -> None:
        """Order a fault: see the control of the false Telegram."""
        await self.control("fail", method=method, **how)

    async def seen(self) -> list[Seen]:
        """Everything that is or was on the screen, in order."""
        return [_seen(one) for one in await self.ask("sent", chat=self.chat)]

    async def wait(self, count: int = 1, timeout: float = 10) -> list[Seen]:  # noqa: ASYNC109
        """The messages that came since the last `wait`, at least so many of them."""
        shown = await self.ask("wait", chat=self.chat, count=self._read + count, timeout=timeout)
        fresh, self._read = shown[self._read :], len(shown)
        return [_seen(one) for one in fresh]

    async def control(self, what: str, **asked: Any) -> dict[str, Any]:
        """Any other order to the false Telegram."""
        assert self._session
        async with self._session.post(f"/control/{what}", json=asked) as answer:
            assert answer.status == 200, await answer.text()
            return dict(await answer.json())

    async def ask(self, what: str, **asked: Any) -> Any:
        """Any other question to it."""
        assert self._session
        async with self._session.get(f"/control/{what}", params=asked) as answer:
            assert answer.status == 200, f"{what} {asked}: {await answer.text()}"
            return await answer.json()


def _seen(one: dict[str, Any]) -> Seen:
    return Seen(
        one["message_id"],
        one["text"],
        one["html"],
        tuple((button["label"], button["data"] or button["url"]) for button in one["buttons"]),
        tuple(tuple(button["label"] for button in row) for row in one["rows"]),
        tuple(tuple(row) for row in one["keyboard"]),
        tuple(one["entities"]),
        one["attachment"],
        one["file"],
    )
