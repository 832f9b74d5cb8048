"""Telegram as a channel: what the rest of the house uses of it.

The library's `Bot` does the talking. Its `Application` is not used: that one confirms an update when it has put it
into a queue in memory.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import Any, TypeVar

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.channel import File, Never, NotNow, Uncertain, Unfit
from bot.channels import mimes
from bot.channels.telegram_intake import Intake, Receive
from bot.channels.telegram_messages import Parcel, file_id, parcels
from bot.channels.telegram_request import LARGEST, AiohttpRequest
from bot.channels.telegram_troubles import Refused, seconds, trouble
from bot.channels.telegram_updates import WANTED
from bot.model.messages import Outgoing

__all__ = ["Receive", "Refused", "Telegram"]

_T = TypeVar("_T")
_MOST_AWAY = 100


class Telegram:
    """One bot. `account` is its name in our addresses; without a `secret` every webhook request is turned away.

    `now` and `rest` are the clock and the waiting, to be replaced by those who test.
    """

    def __init__(
        self,
        token: str,
        *,
        account: str,
        api_url: str = "https://api.telegram.org",
        secret: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        server = api_url.rstrip("/")
        self._requests = (AiohttpRequest(), AiohttpRequest(connections=2))
        self._bot = Bot(token, f"{server}/bot", f"{server}/file/bot", *self._requests)
        self._intake = Intake(self._bot, *self._requests, account=account, now=now, rest=rest)
        self._secret = secret
        self._flooded = ("", 0.0)
        self._username = ""

    @property
    def name(self) -> str:
        """As in `Address.channel`."""
        return "telegram"

    @property
    def username(self) -> str:
        """The bot's username as it was told last; "" while nobody has asked."""
        return self._username

    async def listen(self, receive: Receive) -> None:
        """Ask for updates for ever; a page of them is one call of `receive`, and confirmed only after it returned.

        Raises `Refused` when the token is no good. May be cancelled at any point.
        """
        await self._intake.listen(receive)

    async def take(self, body: bytes, secret: str, receive: Receive) -> int:
        """One request of the webhook; the HTTP status to answer. What cannot be read is stored too, and so 200."""
        return await self._intake.take(body, secret, self._secret, receive)

    async def open_webhook(self, url: str) -> None:
        """Have Telegram send its updates to this address."""
        if not self._secret:
            raise Refused("a webhook needs a secret: set TELEGRAM_WEBHOOK_SECRET")
        await _asked(self._bot.set_webhook(url, allowed_updates=WANTED, secret_token=self._secret))

    async def send(self, outgoing: Outgoing, file: File | None = None) -> str:
        """Send one message, with the content of its attachment if it came by another channel; Telegram's ids of its pieces,
        with commas between.

        Choices are buttons under the last piece. Anchors are the keyboard that stays; they come only with a message
        that has no choices. A text too long goes in several pieces: when a later one fails, the row is sent again
        from its first, so that a person may read the beginning twice, but never misses the end. What passes cannot be
        forwarded or kept.
        """
        chat, sent = outgoing.address.chat, list[str]()
        try:
            for parcel in parcels(outgoing.message, file):
                sent.append(str((await self._sent(chat, parcel))["message_id"]))
        except (NotNow, Uncertain) as error:
            raise _after(sent, error) from None
        except (KeyError, TypeError):
            raise _after(sent, Uncertain("an answer without a message")) from None
        return ",".join(sent)

    async def _sent(self, chat: str, parcel: Parcel) -> Any:
        try:
            return await self._post(chat, parcel)
        except TelegramError as error:
            found = trouble(error, everyone=self._are_others_held(chat, error))
            raise (Unfit() if parcel.holds and isinstance(found, Never) and found.this_one else found) from None

    async def take_away(self, chat: str, ids: Sequence[str]) -> None:
        """Take these messages out of the chat, on their phone too; those gone already do no harm. Errors as of `send`."""
        url = f"{self._bot.base_url}/deleteMessages"
        try:
            for at in range(0, len(ids), _MOST_AWAY):
                listed = [int(id) for id in ids[at : at + _MOST_AWAY] if id.isdecimal()]
                await self._requests[0].call(url, {"chat_id": chat, "message_ids": listed})
        except TelegramError as error:
            raise trouble(error, everyone=False) from None

    async def _post(self, chat: str, parcel: Parcel) -> Any:
        url = f"{self._bot.base_url}/{parcel.method}"
        fields = {"chat_id": chat, **parcel.fields}
        if parcel.file is None:
            return await self._requests[0].call(url, fields)
        held = (parcel.holds, mimes.name_for(parcel.file.mime), parcel.file.mime)
        return await self._requests[0].upload(url, fields, held, parcel.file.content)

    def _are_others_held(self, chat: str, error: TelegramError) -> bool:
        """Whether another chat met a flood limit that still lasts: then the limit is the bot's, not the chat's."""
        if not isinstance(error, RetryAfter):
            return False
        now = monotonic()
        other, until = self._flooded
        self._flooded = (chat, now + seconds(error))
        return other not in ("", chat) and now < until

    async def fetch(self, reference: str) -> File:
        """A photo, voice note or file somebody sent, of 20 MB at most; errors as of `send`."""
        try:
            file = await self._bot.get_file(file_id(reference))
            if (file.file_size or 0) > LARGEST or not file.file_path:
                raise Never("the file is too large", this_one=True)
            content = await self._requests[0].retrieve(file.file_path, read_timeout=30)
        except TelegramError as error:
            raise trouble(error) from None
        return File(content, mimes.by_name(file.file_path))

    async def introduce(self, commands: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Set the commands shown in each language; "" is for everybody else. Telegram knows two-letter codes only."""
        for language, some in commands.items():
            if len(language) in (0, 2):
                await _asked(self._bot.set_my_commands([BotCommand(*one) for one in some], language_code=language))

    async def me(self) -> str:
        """The bot's username. Raises `Refused` when the token is no good; errors else as of `send`."""
        self._username = (await _asked(self._bot.get_me())).username or ""
        return self._username

    async def close(self) -> None:
        """Let go of the network."""
        await self._intake.close()
        for request in self._requests:
            await request.shutdown()


def _after(sent: Sequence[str], error: Exception) -> Exception:
    """What delivery must know of a send that failed after some of its pieces."""
    if isinstance(error, NotNow | Uncertain):
        error.arrived = ",".join(sent)
    return error


async def _asked(request: Awaitable[_T]) -> _T:
    try:
        return await request
    except InvalidToken:
        raise Refused from None
    except TelegramError as error:
        raise trouble(error) from None
