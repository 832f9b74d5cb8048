"""A person with WhatsApp, for tests of the whole house: says things, presses buttons, and reads what comes.

with fake_graph() as street:                   # the false Graph API, in a process of its own
    async with WhatsAppUser(street, "6281200000001") as siti:
        await siti.say("menu")
        (menu,) = await siti.wait()
        await siti.press(menu.labels[0])
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import aiohttp

from tests.bot_user import HOUSE

NUMBER_ID, TOKEN = "106540352242922", "EAAFakeTokenOfTheTests0123456789"
SECRET, VERIFY_TOKEN = "app-secret-of-the-tests", "kata-sandi-of-the-tests"


def settings(street: str) -> dict[str, str]:
    """What the service must be told to use this street."""
    return {
        "WHATSAPP_TOKEN": TOKEN,
        "WHATSAPP_PHONE_NUMBER_ID": NUMBER_ID,
        "WHATSAPP_APP_SECRET": SECRET,
        "WHATSAPP_VERIFY_TOKEN": VERIFY_TOKEN,
        "WHATSAPP_API_URL": f"{street}/v26.0",
    }


@contextmanager
def fake_graph() -> Iterator[str]:
    """A false Graph API of its own, for as long as the block runs; its address."""
    command = [sys.executable, "-m", "tests.fake_graph", "--port", "0", "--number-id", NUMBER_ID, "--token", TOKEN]
    command += ["--secret", SECRET, "--verify-token", VERIFY_TOKEN]
    with subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().removeprefix("listening on ").strip()
        finally:
            process.terminate()


@dataclass(frozen=True, slots=True)
class Seen:
    """A message on the screen. `buttons` are (label, id), of a list too, which `opener` opens; `about` are their second lines.
    `file` tells a file's sha256, size and mime."""

    id: str
    type: str
    text: str
    buttons: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    opener: str
    url: str
    media: str
    file: dict[str, Any] | None
    template: dict[str, Any] | None
    states: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The words on the buttons."""
        return tuple(label for label, _ in self.buttons)


class WhatsAppUser:
    """One person, by number. `hidden`: Meta tells us their id only; `old`: their number only; else both."""

    def __init__(self, base_url: str, number: str, **known_by: bool) -> None:
        self.number = number
        self.user_id = ""
        self._known_by = known_by
        self._base_url = base_url
        self._read = 0
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(self._base_url)
        self.user_id = (await self.control("person", who=self.number, **self._known_by))["user_id"]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()

    async def say(self, text: str, **more: Any) -> dict[str, Any]:
        """Write something; its id."""
        return await self.send(text=text, **more)

    async def send(self, **what: Any) -> dict[str, Any]:
        """Send something else: image="its content", audio=True, sticker=True, location=True, contact=True."""
        return await self.control("say", who=self.number, **what)

    async def press(self, button: str) -> dict[str, Any]:
        """Press the button, or the row of a list, with this label or id, on the last message that has it."""
        return await self.control("press", who=self.number, button=button)

    async def fail(self, method: str = "messages", **how: Any) -> None:
        """Order a fault for this person's next call: see the control of the false Graph API."""
        await self.control("fail", method=method, who=self.number, **how)

    async def seen(self) -> list[Seen]:
        """Everything that is or was on the screen, in order."""
        return [_seen(one) for one in await self.ask("sent", who=self.number)]

    async def wait(self, count: int = 1, timeout: float = 10) -> list[Seen]:  # noqa: ASYNC109
        """The messages that came since the last `wait`, at least so many of them."""
        shown = await self.ask("wait", who=self.number, count=self._read + count, timeout=timeout)
        fresh, self._read = shown[self._read :], len(shown)
        return [_seen(one) for one in fresh]

    async def control(self, what: str, **asked: Any) -> dict[str, Any]:
        """Any other order to the false Graph API."""
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
        one["id"],
        one["type"],
        one["text"],
        tuple((button["label"], button["id"]) for button in one["buttons"]),
        tuple(button["about"] for button in one["buttons"]),
        one["opener"],
        one["url"],
        one["media"],
        one["file"],
        one["template"],
        tuple(one["states"]),
    )
