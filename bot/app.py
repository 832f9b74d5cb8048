"""Builds the house: opens the rooms in order, hands each what it needs, closes them in reverse. Alone knows every room."""

import asyncio
import gc
import hashlib
import logging
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from bot import backups, clock, library, metrics
from bot.channel import Channel
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.clearing import Clearing
from bot.config import BadSetting, Config
from bot.copying import Copying
from bot.delivery import Delivery
from bot.duty import Duty
from bot.fetching import fetching
from bot.model.templates import Templates
from bot.pace import Pace, limits
from bot.platforms import open_telegram, open_whatsapp
from bot.posters import Doors
from bot.reception import Reception
from bot.releases import Releases, open_releases
from bot.serving import House, letters_wait, page_has_news, work
from bot.store.calls import Calls
from bot.store.database import Database, open_database
from bot.store.disk import Disk
from bot.store.lock import serving
from bot.store.migrations import bring_up_to_date
from bot.store.seal import Seal
from bot.tally import new_tally
from bot.web.rooms import Rooms, TelegramDoor, WhatsAppDoor
from bot.web.site import site

log = logging.getLogger(__name__)
STOP_WITHIN = 8


@asynccontextmanager
async def open_store(config: Config) -> AsyncIterator[Database]:
    """The database, up to date. Raises `Unusable`."""
    disk = _disk(config)
    disk.make_way()
    await bring_up_to_date(config.database)
    database = await open_database(config.database, Seal(config.keys), disk)
    try:
        yield database
    finally:
        await database.close()


def _disk(config: Config) -> Disk:
    """The disk the database lies on. A server watches its own: of it we hear when it is full."""
    if isinstance(config.database, Path):
        return Disk(config.database, config.disk_floor, config.ballast)
    return Disk(config.folder / "database")


@asynccontextmanager
async def open_house(config: Config, *more: Channel, trial: bool = False) -> AsyncIterator[House]:
    """All rooms but the pages; `more` are channels of whoever opens it (the terminal). Raises `Unusable`, `Faulty`.

    A `trial` speaks from the content folder as it is, and publishes nothing.
    """
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_store(config))
        current = await (_on_trial if trial else open_releases)(database, config.content, clock.now, config.cache)
        calls, tally = Calls(config.database), new_tally()
        webchat = WebChat(call=partial(page_has_news, calls))
        telegram = await open_telegram(config, stack)
        whatsapp = await open_whatsapp(config, stack, tally)
        channels = [*more, webchat, *([telegram] if telegram else []), *([whatsapp] if whatsapp else [])]
        pace = Pace(limits(config.telegram_per_second))
        sources = {one.name: one.fetch for one in (telegram, whatsapp) if one}
        fetch, templates, worker = fetching(database, sources), partial(_templates, current), _worker(config)
        delivery = Delivery(
            database, channels, clock.now, pace, tally=tally, templates=templates, fetch=fetch, worker=worker
        )
        doors, wake = partial(_known_doors, config, telegram), partial(letters_wait, delivery, calls)
        reception = Reception(database, current.wording, wake, config.pages, tally, delivery, doors)
        clearing, copying = Clearing(database, channels, clock.now), Copying(database, fetch, list(sources), clock.now)
        rooms = (database, current, reception, delivery, clearing, copying, webchat, telegram, whatsapp)
        yield House(config, *rooms, tally, fetch, calls, Duty(config.database), asyncio.Event())


def _worker(config: Config) -> str:
    """Whose a letter is that is being sent: its place, and this process at it. The only one on a file needs no name."""
    if isinstance(config.database, Path):
        return ""
    return f"{socket.gethostname()}:{config.port}/{secrets.token_hex(4)}"


def _templates(current: Releases) -> Templates:
    """What may be sent where the day after somebody's last message is over, as the release in use has it."""
    return current.wording().release.content.templates


async def _on_trial(database: Database, folder: Path, now: Callable[[], datetime], cache: Path) -> Releases:
    """The folder's release, ready to talk."""
    current = Releases(database, folder, library.load(folder), now, cache)
    await current.warm()
    return current


async def open_doors(config: Config) -> Doors:
    """Where people come in, for whoever does not open the house. Errors as of sending, and `Refused`."""
    async with AsyncExitStack() as stack:
        return await _doors(config, await open_telegram(config, stack))


def _known_doors(config: Config, telegram: Telegram | None) -> Doors:
    """The same as far as we know it already, for whoever cannot wait for the network."""
    return Doors(telegram.username if telegram else "", config.whatsapp_number, config.public_url)


async def _doors(config: Config, telegram: Telegram | None) -> Doors:
    """The bot's own name is asked from Telegram, the rest is set."""
    return Doors(await telegram.me() if telegram else "", config.whatsapp_number, config.public_url)


async def serve(config: Config, opened: Callable[[House], Awaitable[None]]) -> None:
    """Serve until SIGTERM or SIGINT: intake stops first, the batch at work commits, what is due is sent, then the doors close."""
    gc.disable()  # what is loaded now stays: to look it through for garbage, again and again, would be a tenth of the start
    async with serving(config.database), open_house(config) as house:
        await _serve(house, opened)


async def _serve(house: House, opened: Callable[[House], Awaitable[None]]) -> None:
    server = _server(house.config, pages_of(house))
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, partial(_leave, server, house))
    sockets = [_socket(house.config)]
    await house.releases.warm()  # who is let in is answered without waiting
    gc.freeze()
    gc.enable()
    await opened(house)
    workers = [asyncio.create_task(one) for one in work(house)]
    serving = asyncio.create_task(server.serve(sockets))
    try:
        await asyncio.wait([serving, *workers], return_when=asyncio.FIRST_COMPLETED)
        _raise_first(workers)
    finally:
        _leave(server, house)
        await _stop(workers)
        await serving
        await house.reception.finish()


def pages_of(house: House) -> Starlette:
    """The web application on top of the rooms."""
    telegram, receive = house.telegram, house.reception.receive
    door = TelegramDoor(lambda body, secret: telegram.take(body, secret, receive)) if telegram else None
    return site(
        Rooms(
            database=house.database,
            receive=receive,
            wording=house.releases.wording,
            webchat=house.webchat,
            telegram=door,
            whatsapp=_whatsapp_door(house),
            fetch=house.fetch,
            now=clock.now,
            secret=hashlib.sha256(b"pages" + house.config.keys[0].encode()).digest(),
            secure=house.config.public_url.startswith("https://"),
            public_url=house.config.public_url,
            doors=partial(_doors, house.config, house.telegram),
            metrics=partial(metrics.page, _watched(house)),
            ready=metrics.Readiness(house.database),
            on_duty=partial(_on_duty, house),
        )
    )


def _on_duty(house: House) -> bool:
    """Of several workers, whether it is this one; of one process on a file nobody asks."""
    return house.duty.ours and not isinstance(house.config.database, Path)


def _whatsapp_door(house: House) -> WhatsAppDoor | None:
    whatsapp, receive = house.whatsapp, house.reception.receive
    if whatsapp is None:
        return None
    return WhatsAppDoor(whatsapp.shake, lambda body, signature: whatsapp.take(body, signature, receive))


def _watched(house: House) -> metrics.Watched:
    last_backup = partial(backups.last_backup, house.config.backup_folder)
    return metrics.Watched(house.database, house.releases, house.tally, clock.now, last_backup, lambda: house.duty.ours)


def _leave(server: uvicorn.Server, house: House) -> None:
    """Listening pages would hold the server up: they are let go at once and come back to the next process.

    What waits for a database that another program holds is given up: nobody was told that it is stored.
    """
    house.webchat.close()
    house.database.hurry()
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
            proxy_headers=True,  # of a proxy on this machine only: else a visitor could name any address as theirs
            forwarded_allow_ips="127.0.0.1",
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
