"""Takes Telegram's updates in, by asking or by webhook, and acknowledges none that is not stored."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from secrets import SystemRandom

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram_request import AiohttpRequest
from bot.channels.telegram_troubles import Refused, seconds
from bot.channels.telegram_updates import WANTED, Page, read_body, read_lone_page, read_page
from bot.model.messages import Incoming

Receive = Callable[[Sequence[Incoming]], Awaitable[None]]
"""The door in: when it returns, what it was given is stored; when it raises, nothing is."""

_LARGEST_BODY = 3 * 1024 * 1024
_POLL = 30
_RIVAL = 30.0
_LONGEST_WAIT = 60.0
_LONGEST_UNSTORED = 2.0  # our own disk or database: when it is mended nobody should wait for us
_log = logging.getLogger(__name__)
_chance = SystemRandom()


class _NotStored(Exception):
    """What came in could not be stored, so it is not acknowledged and will come again."""


class Intake:
    """The way in of one bot."""

    def __init__(
        self,
        bot: Bot,
        answering: AiohttpRequest,
        asking: AiohttpRequest,
        *,
        account: str,
        now: Callable[[], datetime],
        rest: Callable[[float], Awaitable[None]],
    ) -> None:
        self._bot = bot
        self._answering = answering
        self._asking = asking
        self._account = account
        self._now = now
        self._rest = rest
        self._answers: set[asyncio.Task[None]] = set()
        self._rival_told = False

    async def listen(self, receive: Receive) -> None:
        """Ask for updates for ever, and hand each page on as one batch. Raises `Refused` when the token is no good.

        Telegram forgets a page when it is asked for the next one, so the next one is asked for only after `receive`
        returned. Whatever fails is tried again, and nothing is ever dropped.
        """
        offset, failures = -1, 0
        while True:
            try:
                offset = await self._turn(offset, receive)
                failures = 0
            except (TelegramError, _NotStored) as error:
                failures += 1
                await self._rest(self._wait_after(error, failures))

    async def _turn(self, offset: int, receive: Receive) -> int:
        """One page; the offset of the next. At -1 the webhook is taken away first, or Telegram would not answer."""
        if offset < 0:
            with suppress(InvalidToken):  # so says a server without this method, too; getUpdates will tell
                await self._bot.delete_webhook(drop_pending_updates=False)
            return 0
        page = await self._page(offset)
        await self._store(page.incoming, receive)
        return page.last + 1 if page.last else offset

    async def _page(self, offset: int) -> Page:
        """The updates from `offset` on. A page that cannot be read is asked for again one update at a time."""
        try:
            return read_page(await self._updates(offset, limit=100), self._now(), self._account)
        except ValueError:
            body = await self._updates(offset, limit=1)
        try:
            return read_lone_page(body, self._now(), self._account)
        except ValueError:
            raise TelegramError("no page of updates") from None

    async def _updates(self, offset: int, limit: int) -> bytes:
        """The page as it came: the library would make objects of it, all or none."""
        wanted = {"offset": offset, "limit": limit, "timeout": _POLL, "allowed_updates": WANTED}
        return await self._asking.body(f"{self._bot.base_url}/getUpdates", wanted, _POLL + 10)

    def _wait_after(self, error: Exception, failures: int) -> float:
        """How long to wait before asking again."""
        match error:
            case InvalidToken():
                raise Refused from None
            case Conflict():
                self._tell_of_rival(error.message)
                return _RIVAL
            case RetryAfter():
                return seconds(error)
        longest = _LONGEST_UNSTORED if isinstance(error, _NotStored) else _LONGEST_WAIT
        wait = min(longest, wait_before(failures)) * _chance.uniform(0.5, 1.0)
        if failures.bit_count() == 1:  # the 1st, 2nd, 4th ...: the log must not fill the disk that is full
            _log.warning("telegram: %s, again in %.1f s (failure %d)", _kind(error), wait, failures)
        return wait

    def _tell_of_rival(self, message: str) -> None:
        if not self._rival_told:
            _log.error("telegram: somebody else takes this bot's updates (%s)", message)
        self._rival_told = True

    async def take(self, body: bytes, given: str, secret: str, receive: Receive) -> int:
        """One request of the webhook, with the secret it gave; the HTTP status to answer."""
        if not secret or not hmac.compare_digest(given.encode(errors="replace"), secret.encode()):
            return 401
        if len(body) > _LARGEST_BODY:
            return 413
        incoming = read_body(body, self._now(), self._account)
        try:
            await self._store([incoming] if incoming else [], receive)
        except _NotStored as error:
            _log.warning("telegram: %s, so the webhook was answered 503", _kind(error))
            return 503
        return 200

    async def _store(self, incoming: Sequence[Incoming], receive: Receive) -> None:
        if not incoming:
            return
        try:
            await receive(incoming)
        except Exception as error:  # whatever it was: nothing is stored, so nothing may be acknowledged
            raise _NotStored(type(error).__name__) from error
        self._answer_presses(incoming)

    def _answer_presses(self, incoming: Sequence[Incoming]) -> None:
        """Stop the little clock on the pressed buttons. Nobody waits for it, and it matters little if it fails."""
        for one in incoming:
            if one.kind == "button":
                task = asyncio.create_task(self._answer(one.external_id.removeprefix("c")))
                self._answers.add(task)
                task.add_done_callback(self._answers.discard)

    async def _answer(self, press: str) -> None:
        with suppress(TelegramError):
            await self._answering.call(f"{self._bot.base_url}/answerCallbackQuery", {"callback_query_id": press})

    async def close(self) -> None:
        """Leave no answer under way."""
        answers = list(self._answers)
        for task in answers:
            task.cancel()
        await asyncio.gather(*answers, return_exceptions=True)


def wait_before(failures: int) -> float:
    """How long to wait, in seconds, when this many attempts in a row have failed: longer each time, to a minute."""
    return float(min(_LONGEST_WAIT, 0.25 * 2 ** min(failures, 10)))


def _kind(error: Exception) -> str:
    """What may be said of an error in the log: no message, since that may hold what people wrote."""
    return f"not stored ({error})" if isinstance(error, _NotStored) else type(error).__name__
