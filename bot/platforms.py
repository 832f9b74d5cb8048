"""Opens the platforms that are set up, and attends to them: what each wants of the house, at its start and while it serves."""

import asyncio
import itertools
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack

from bot import clock
from bot.channel import Never, NotNow, Uncertain
from bot.channels.telegram import Receive, Refused, Telegram
from bot.channels.whatsapp import Account, WhatsApp
from bot.channels.whatsapp import Refused as RefusedByMeta
from bot.config import Config
from bot.sending import wait_before
from bot.tally import Tally

log = logging.getLogger(__name__)
Commands = Mapping[str, Sequence[tuple[str, str]]]
"""The commands a platform shows, by language, each with what it does."""


async def open_telegram(config: Config, stack: AsyncExitStack) -> Telegram | None:
    """Our bot, if there is a token; closed with the stack."""
    if not config.telegram_token:
        return None
    account = config.telegram_token.partition(":")[0]
    telegram = Telegram(
        config.telegram_token,
        account=account,
        api_url=config.telegram_api,
        secret=config.telegram_secret,
        now=clock.now,
    )
    stack.push_async_callback(telegram.close)
    return telegram


async def open_whatsapp(config: Config, stack: AsyncExitStack, tally: Tally) -> WhatsApp | None:
    """Our number, if there is a token; closed with the stack."""
    if not config.whatsapp_token:
        return None
    account = Account(
        config.whatsapp_number_id,
        config.whatsapp_token,
        config.whatsapp_secret,
        config.whatsapp_verify_token,
        config.whatsapp_api,
    )
    whatsapp = WhatsApp(account, now=clock.now, strange=tally.strange.labels("whatsapp").inc)
    stack.push_async_callback(whatsapp.close)
    return whatsapp


async def listen(telegram: Telegram, config: Config, receive: Receive, commands: Callable[[], Commands]) -> None:
    """Telegram's updates, by asking or by webhook, for ever. Raises `Refused` when its token is no good."""
    await _introduce(telegram, commands)
    if config.telegram_mode == "polling":
        await telegram.listen(receive)
    await _persist(lambda: telegram.open_webhook(f"{config.public_url}/telegram/webhook"), "Telegram")
    await asyncio.Event().wait()


async def know(telegram: Telegram) -> None:
    """The bot's name for links, for whoever leaves the rest to another; for ever."""
    try:
        await telegram.me()
    except (NotNow, Uncertain, Never, Refused) as error:
        log.warning("the bot's name could not be asked for: %s", type(error).__name__)
    await asyncio.Event().wait()


async def attend(whatsapp: WhatsApp) -> None:
    """WhatsApp comes to us, for ever. That its token is no good is said at once; the other channels work on."""
    try:
        await _persist(whatsapp.check, "WhatsApp")
    except RefusedByMeta as error:
        log.error("%s", error)
    except Never as error:
        log.warning("WhatsApp's number could not be looked up: %s", error)
    await asyncio.Event().wait()


async def _introduce(telegram: Telegram, commands: Callable[[], Commands]) -> None:
    """The bot's name for links, and the list of commands: a courtesy, without which everything works."""
    try:
        await telegram.me()
        await telegram.introduce(commands())
    except (NotNow, Uncertain, Never, Refused) as error:
        log.warning("the bot could not be introduced: %s", type(error).__name__)


async def _persist(act: Callable[[], Awaitable[None]], platform: str) -> None:
    """Try again while the platform cannot be reached: a start during its outage is a start all the same."""
    for attempt in itertools.count(1):
        try:
            return await act()
        except (NotNow, Uncertain) as error:
            log.warning("%s cannot be reached yet: %s", platform, type(error).__name__)
            await asyncio.sleep(wait_before(attempt, 1.0))
