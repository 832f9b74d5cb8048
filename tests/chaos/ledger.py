"""What people did, written down by those who did it: what must be found again, whatever happened in between."""

import asyncio
import secrets
import time
from dataclasses import dataclass, field

import aiohttp

from bot.web.forms import once
from bot.web.sessions import chat_of
from tests.bot_user import FakeUser
from tests.end_to_end.service import TOKEN

ANSWERED = "Kantor buka jam delapan"
"""What officers answer, with the number of the case."""
ACCOUNT = TOKEN.partition(":")[0]
_AGAIN = 0.05
_PATIENCE = 90.0
Key = tuple[str, str, str]


class InVain(Exception):
    """An answer did not come, however long somebody waited."""


@dataclass
class Ledger:
    """`said` are the keys (channel, account, external id) of all that was said; the rest are chats, and what is so of them.

    `halfway` are those in the middle of a form; `sent` those who sent one; `served` those an officer has answered; `cleared`
    those who had their chat emptied; `visitors` what was said at the web chat, by cookie; `in_vain` says who gave up waiting.
    """

    said: list[Key] = field(default_factory=list)
    halfway: set[str] = field(default_factory=set)
    sent: list[str] = field(default_factory=list)
    served: int = 0
    cleared: set[str] = field(default_factory=set)
    visitors: dict[str, list[str]] = field(default_factory=dict)
    in_vain: list[str] = field(default_factory=list)


@dataclass
class Caller:
    """Somebody on Telegram, who waits for an answer as long as it takes a service that dies every second."""

    user: FakeUser
    ledger: Ledger

    async def say(self, text: str) -> Key:
        """Write something; its key."""
        given = await self.user.say(text)
        key = ("telegram", ACCOUNT, f"m{self.user.chat}:{given['message_id']}")
        self.ledger.said.append(key)
        return key

    async def press(self, data: str) -> None:
        """Press a button, whether or not it still stands on the screen."""
        given = await self.user.control("press", chat=self.user.chat, data=data)
        self.ledger.said.append(("telegram", ACCOUNT, f"c{given['query']}"))

    @property
    def chat(self) -> str:
        """The chat's id, as in our addresses."""
        return str(self.user.chat)

    async def screen(self) -> int:
        """How many messages stand on the screen."""
        return len(await self.user.seen())

    async def sees(self, count: int) -> None:
        """Wait until there are so many messages on the screen. Raises `InVain`."""
        try:
            await self.user.ask("wait", chat=self.user.chat, count=count, timeout=_PATIENCE)
        except AssertionError:
            raise InVain(f"chat {self.chat} waited in vain for message {count}") from None

    async def shown(self, button: str, after: int = 0) -> None:
        """Wait until a message with this button is on the screen, past the first `after`. Raises `InVain`."""
        while True:
            seen = await self.user.seen()
            if any(button in data for one in seen[after:] for _, data in one.buttons):
                return
            await self.sees(len(seen) + 1)

    async def taken_away(self, word: str) -> None:
        """Say the word that empties the chat, and wait until each text in it has gone. Raises `InVain`.

        Of one that came twice for a kill we know but one: the other stays.
        """
        texts = {one.text for one in await self.user.seen()}
        await self.say(word)
        until = time.monotonic() + _PATIENCE
        while texts - {one["text"] for one in await self.user.ask("sent", chat=self.chat) if one["deleted"]}:
            if time.monotonic() > until:
                raise InVain(f"chat {self.chat} was not emptied")
            await asyncio.sleep(_AGAIN)


@dataclass
class Visitor:
    """Somebody at the web chat; their page sends a text again, under the same name, until it is told that it was taken."""

    browser: aiohttp.ClientSession
    url: str
    ledger: Ledger
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    refusals: int = 0

    async def say(self, text: str) -> None:
        """Write something; returns when it was taken (303)."""
        form = {"nonce": secrets.token_urlsafe(12), "language": "id", "text": text}
        chat = chat_of(self.token)
        while not await self._taken(form):
            self.refusals += 1
            await asyncio.sleep(_AGAIN)
        self.ledger.said.append((chat.channel, chat.account, once(form, chat.chat, "text", text)))
        self.ledger.visitors.setdefault(self.token, []).append(text)

    async def page(self) -> str:
        """The page as it stands; "" while there is nobody to show it."""
        try:
            async with self.browser.get(f"{self.url}/", headers=self._headers) as answer:
                return await answer.text() if answer.status == 200 else ""
        except (aiohttp.ClientError, TimeoutError):
            return ""

    async def answered(self, count: int) -> None:
        """Look at the page again and again until there are so many answers on it. Raises `InVain`."""
        until = time.monotonic() + _PATIENCE
        while (await self.page()).count('class="bot"') < count:
            if time.monotonic() > until:
                raise InVain(f"a visitor waited in vain for answer {count}")
            await asyncio.sleep(_AGAIN)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Cookie": f"desmigratif={self.token}", "Sec-Fetch-Site": "same-origin"}

    async def _taken(self, form: dict[str, str]) -> bool:
        try:
            url = f"{self.url}/chat"
            async with self.browser.post(url, data=form, headers=self._headers, allow_redirects=False) as answer:
                return answer.status in (200, 303)
        except (aiohttp.ClientError, TimeoutError):
            return False
