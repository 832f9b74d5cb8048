"""How fast a channel may be written to: so many a second over all its chats, so many to one chat, and pauses it asked for."""

import asyncio
import time
from collections.abc import Callable

from bot.model.limits import Limit, Limits
from bot.model.messages import Address


def limits(telegram_per_second: float = 28.0) -> Limits:
    """What each channel bears. Telegram's is what it promises every bot; it grants some bots more.

    WhatsApp asks for 6 seconds between two messages to one person, and lends more than the burst we take of it.
    """
    return {
        "telegram": Limit(telegram_per_second, chat_seconds=1.0, burst=6),
        "whatsapp": Limit(80.0, chat_seconds=6.0, burst=20),
    }


LIMITS = limits()
_FORGET_AFTER = 60.0


class Pace:
    """Keeps to the limits. A chat's allowance grows with time up to its burst; the account's goes out evenly."""

    def __init__(self, limits: Limits = LIMITS, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._monotonic = monotonic
        self._account_free: dict[tuple[str, str], float] = {}
        self._chat_free: dict[Address, float] = {}
        self._tidied = 0.0
        self._longest = max([_FORGET_AFTER, *(one.burst * one.chat_seconds for one in limits.values())])

    async def wait(self, address: Address) -> None:
        """Wait until this chat may be written to."""
        seconds = self.delay(address)
        if seconds > 0:
            await asyncio.sleep(seconds)

    def delay(self, address: Address) -> float:
        """Take the next place in line; the seconds until it comes up."""
        limit = self.limits.get(address.channel)
        if limit is None:
            return 0.0
        now, account = self._monotonic(), (address.channel, address.account)
        self._tidy(now)
        by_chat = self._next(address, limit, now)
        self._chat_free[address] = by_chat
        turn = max(now, by_chat, self._account_free.get(account, now))
        self._account_free[account] = max(self._account_free.get(account, now), now) + 1.0 / limit.per_second
        return turn - now

    def rest(self, address: Address) -> float:
        """The seconds this chat has to rest before it may be written to, whatever the account may do. Takes no place."""
        limit, now = self.limits.get(address.channel), self._monotonic()
        return max(0.0, self._next(address, limit, now) - now) if limit else 0.0

    def _next(self, address: Address, limit: Limit, now: float) -> float:
        """When a chat's next message may go; long rest allows a burst, no more."""
        rested = now - limit.burst * limit.chat_seconds
        return max(self._chat_free.get(address, rested), rested) + limit.chat_seconds

    def pause(self, address: Address, seconds: float) -> None:
        """The account was asked to be quiet for so long."""
        account = (address.channel, address.account)
        self._account_free[account] = max(self._account_free.get(account, 0.0), self._monotonic() + seconds)

    def _tidy(self, now: float) -> None:
        if now - self._tidied > _FORGET_AFTER:
            self._chat_free = {one: free for one, free in self._chat_free.items() if free > now - self._longest}
            self._tidied = now
