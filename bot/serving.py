"""The house at work: what runs in its rooms while it serves. Each worker's loops; what the one on duty does besides; what is
heard from other workers.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot import backups, broadcasting, case_clock, clock
from bot.channel import Fetch
from bot.channels.telegram import Telegram
from bot.channels.webchat import WebChat
from bot.channels.whatsapp import WhatsApp
from bot.clearing import Clearing
from bot.config import Config
from bot.copying import Copying
from bot.delivery import Delivery
from bot.digests import Mornings
from bot.duty import Duty
from bot.notifications import correct
from bot.platforms import Commands, attend, know, listen
from bot.reception import Reception
from bot.releases import Releases, watch
from bot.store.calls import ANYTHING, Calls
from bot.store.database import Database
from bot.store.disk import tend
from bot.tally import Tally
from bot.vacancy_news import announce

_WEB, _OUTBOX, _RELEASE = "web ", "outbox", "release"
"""What workers call out to each other; `_RELEASE` is called by the database itself."""


@dataclass(frozen=True, slots=True)
class House:
    """The rooms, open."""

    config: Config
    database: Database
    releases: Releases
    reception: Reception
    delivery: Delivery
    clearing: Clearing
    copying: Copying
    webchat: WebChat
    telegram: Telegram | None
    whatsapp: WhatsApp | None
    tally: Tally
    fetch: Fetch
    calls: Calls
    duty: Duty
    released: asyncio.Event


def letters_wait(delivery: Delivery, calls: Calls) -> None:
    """There may be something to send, here or at another worker."""
    delivery.wake()
    calls.say(_OUTBOX)


def page_has_news(calls: Calls, chat: str) -> None:
    """A page of this web chat may be open at another worker."""
    calls.say(f"{_WEB}{chat}")


def work(house: House) -> list[Coroutine[Any, Any, None]]:
    """The loops that never end by themselves, of each worker; the duty is those of one."""
    duty = house.duty
    loops: list[Coroutine[Any, Any, None]] = [
        house.delivery.run(),
        watch(house.releases, partial(_tell_news, house), partial(_rest, house), lambda: duty.ours),
        tend(house.database.disk),
        duty.run(partial(_once_in_the_fleet, house)),
        house.calls.run(partial(_hear, house)),
    ]
    if house.telegram and not duty.ours:
        loops.append(know(house.telegram))
    if house.whatsapp:
        loops.append(attend(house.whatsapp))
    return loops


def _hear(house: House, what: str) -> None:
    """Another worker says so, or nobody could be heard for a while."""
    if what in (_OUTBOX, ANYTHING):
        house.delivery.wake()
    if what in (_RELEASE, ANYTHING):
        house.released.set()
    if what == ANYTHING:
        house.webchat.wake_all()
    elif what.startswith(_WEB):
        house.webchat.wake(what.removeprefix(_WEB))


async def _rest(house: House, seconds: float) -> None:
    """So long, or until another release is in use."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await house.released.wait()
    house.released.clear()


def _once_in_the_fleet(house: House) -> list[Coroutine[Any, Any, None]]:
    """The loops of the worker on duty."""

    def months() -> Mapping[str, int]:
        return house.releases.wording().release.keep_months()

    def commands() -> Commands:
        return house.releases.wording().commands()

    wake = partial(letters_wait, house.delivery, house.calls)
    loops: list[Coroutine[Any, Any, None]] = [
        house.clearing.run(),
        house.copying.run(),
        clock.run(clock.Duties(house.database, months, house.tally, wake, _looking(house))),
    ]
    if house.config.backup_hours:
        plan = backups.Plan(house.config.backup_folder, timedelta(hours=house.config.backup_hours))
        loops.append(backups.run(house.database, plan, clock.now))
    if house.telegram:
        loops.append(listen(house.telegram, house.config, house.reception.receive, commands))
    return loops


def _looking(house: House) -> Callable[[datetime], Awaitable[None]]:
    """What the clock looks at each minute: cases whose time has come, officers whose office opens, broadcasts."""
    mornings = Mornings()

    async def look(at: datetime) -> None:
        release, receive = house.releases.wording().release, house.reception.receive
        await case_clock.look(house.database, release.content.rules, receive, at)
        await mornings.bring(house.database, release, receive, at)
        await broadcasting.look(house.database, receive, at)

    return look


async def _tell_news(house: House) -> None:
    """What follows from the release in use for people who did not ask just now: changed answers, new work."""
    receive, now = house.reception.receive, clock.now
    await correct(house.database, receive, now)
    await announce(house.database, house.releases.wording().release.content.vacancies, receive, now())
