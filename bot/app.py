"""Builds the house: opens the rooms in order, hands each what it needs, closes them in reverse. Alone knows every room."""

import asyncio
import hashlib
import itertools
import logging
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette

from bot import clock, library, metrics
from bot.channels.telegram import Refused, Telegram
from bot.channels.webchat import WebChat
from bot.config import BadSetting, Config
from bot.delivery import Channel, Delivery, Never, NotNow, Uncertain, wait_before
from bot.notifications import correct
from bot.reception import Reception
from bot.releases import Releases, open_releases, warm, watch
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.vacancy_news import announce
from bot.web.rooms import Rooms, TelegramDoor
from bot.web.site import site

log = logging.getLogger(__name__)
STOP_WITHIN = 8


@dataclass(frozen=True, slots=True)
class House:
    """The rooms, open."""

    config: Config
    database: Database
    releases: Releases
    reception: Reception
    delivery: Delivery
    webchat: WebChat
    telegram: Telegram | None


@asynccontextmanager
async def open_store(config: Config) -> AsyncIterator[Database]:
    """The database, up to date. Raises `Unusable`."""
    migrate(config.database)
    database = await open_database(config.database, Seal(config.keys))
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def open_house(config: Config, *more: Channel, trial: bool = False) -> AsyncIterator[House]:
    """All rooms but the pages; `more` are channels of whoever opens it (the terminal). Raises `Unusable`, `Faulty`.

    A `trial` speaks from the content folder as it is, and publishes nothing.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_store(config))
        opened = Releases(database, config.content, library.load(config.content), clock.now) if trial else None
        current = opened or await open_releases(database, config.content, clock.now)
        webchat = WebChat()
        telegram = await _telegram(config, stack)
        channels = [*more, webchat, *([telegram] if telegram else [])]
        delivery = Delivery(database, channels, clock.now)
        reception = Reception(database, current.wording, delivery.wake, config.pages)
        yield House(config, database, current, reception, delivery, webchat, telegram)


async def _telegram(config: Config, stack: AsyncExitStack) -> Telegram | None:
    if not config.telegram_token:
        return None
    account = config.telegram_token.partition(":")[0]
    telegram = Telegram(
        config.telegram_token, account=account, api_url=config.telegram_api, secret=config.telegram_secret
    )
    stack.push_async_callback(telegram.close)
    return telegram


async def serve(config: Config, opened: Callable[[House], Awaitable[None]]) -> None:
    """Serve until SIGTERM or SIGINT: intake stops first, the batch at work commits, what is due is sent, then the doors close."""
    async with open_house(config) as house:
        server = _server(config, pages_of(house))
        loop = asyncio.get_running_loop()
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, partial(_leave, server, house.webchat))
        sockets = [_socket(config)]
        await asyncio.to_thread(warm, house.releases.wording().release)  # who is let in is answered without waiting
        await opened(house)
        workers = [asyncio.create_task(one) for one in _work(house)]
        serving = asyncio.create_task(server.serve(sockets))
        try:
            await asyncio.wait([serving, *workers], return_when=asyncio.FIRST_COMPLETED)
            _raise_first(workers)
        finally:
            _leave(server, house.webchat)
            await _stop(workers)
            await serving
            await house.reception.finish()


def _work(house: House) -> list[Coroutine[Any, Any, None]]:
    """The loops that never end by themselves."""

    def months() -> Mapping[str, int]:
        return house.releases.wording().release.keep_months()

    loops: list[Coroutine[Any, Any, None]] = [
        house.delivery.run(),
        clock.run(house.database, months),
        watch(house.releases, partial(_tell_news, house)),
    ]
    if house.telegram:
        loops.append(_listen(house, house.telegram))
    return loops


async def _tell_news(house: House) -> None:
    """What follows from the release in use for people who did not ask just now: changed answers, new work."""
    receive, now = house.reception.receive, clock.now
    await correct(house.database, receive, now)
    await announce(house.database, house.releases.wording().release.content.vacancies, receive, now())


async def _listen(house: House, telegram: Telegram) -> None:
    """Telegram's updates, by asking or by webhook."""
    await _introduce(house, telegram)
    if house.config.telegram_mode == "polling":
        await telegram.listen(house.reception.receive)
    await _persist(lambda: telegram.open_webhook(f"{house.config.public_url}/telegram/webhook"))
    await asyncio.Event().wait()


async def _introduce(house: House, telegram: Telegram) -> None:
    """The list of commands is a courtesy: without it everything works."""
    try:
        await telegram.introduce(house.releases.wording().commands())
    except (NotNow, Uncertain, Never, Refused) as error:
        log.warning("the list of commands could not be set: %s", type(error).__name__)


async def _persist(act: Callable[[], Awaitable[None]]) -> None:
    """Try again while the platform cannot be reached: a start during its outage is a start all the same."""
    for attempt in itertools.count(1):
        try:
            return await act()
        except (NotNow, Uncertain) as error:
            log.warning("Telegram cannot be reached yet: %s", type(error).__name__)
            await asyncio.sleep(wait_before(attempt, 1.0))


def pages_of(house: House) -> Starlette:
    """The web application on top of the rooms."""
    telegram, receive = house.telegram, house.reception.receive
    door = TelegramDoor(lambda body, secret: telegram.take(body, secret, receive), telegram.fetch) if telegram else None
    return site(
        Rooms(
            database=house.database,
            receive=receive,
            wording=house.releases.wording,
            webchat=house.webchat,
            telegram=door,
            now=clock.now,
            secret=hashlib.sha256(b"pages" + house.config.keys[0].encode()).digest(),
            secure=house.config.public_url.startswith("https://"),
            public_url=house.config.public_url,
            metrics=partial(metrics.page, house.database, house.config.database, house.releases, clock.now),
            ready=partial(metrics.ready, house.database),
        )
    )


def _leave(server: uvicorn.Server, webchat: WebChat) -> None:
    """Listening pages would hold the server up: they are let go at once and come back to the next process."""
    webchat.close()
    server.should_exit = True


def _server(config: Config, pages: Starlette) -> uvicorn.Server:
    server = uvicorn.Server(
        uvicorn.Config(
            pages,
            host=config.host,
            port=config.port,
            log_config=None,
            access_log=False,
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_WITHIN,
        )
    )
    # The signals are ours: uvicorn would wait for listening pages before anybody could let them go.
    server.capture_signals = nullcontext  # type: ignore[method-assign, assignment]
    return server


def _socket(config: Config) -> socket.socket:
    """The port, or one line saying why not."""
    try:
        return socket.create_server((config.host, config.port), reuse_port=False, backlog=2048)
    except OSError as error:
        raise BadSetting(
            f"cannot listen on {config.host}:{config.port}: {error.strerror}; set another PORT or HOST"
        ) from None


def _raise_first(workers: list[asyncio.Task[None]]) -> None:
    for worker in workers:
        if worker.done() and not worker.cancelled():
            worker.result()


async def _stop(workers: list[asyncio.Task[None]]) -> None:
    for worker in workers:
        worker.cancel()
    await asyncio.wait(workers, timeout=STOP_WITHIN)
