"""Backups on a timer: a checked copy each day, a few of them kept, none for long.

What is deleted for a person must not live on in copies: nothing is older than 30 days, but the newest one until the next is
made. Backups are told by their names, so a restart neither repeats nor skips one.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.store.contents import Contents
from bot.store.copies import copy, remove_left_behind
from bot.store.database import Database, NotStored, Unusable

log = logging.getLogger(__name__)
LOOK = 60.0
AGAIN = timedelta(hours=1)
DAILY = timedelta(days=7)
WEEKLY = timedelta(days=30)
_NAME = "desmigratif-%Y%m%dT%H%M%SZ"
_ENDINGS = (".db", ".dump")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where backups go, and after how long the next one is due."""

    folder: Path
    every: timedelta


def named(moment: datetime, ending: str = ".db") -> str:
    """The file name of a backup of this moment; `.dump` is one of a server's."""
    return moment.astimezone(UTC).strftime(_NAME) + ending


def backups(folder: Path) -> dict[datetime, Path]:
    """The finished backups of a folder, by their moments."""
    return {moment: file for file in sorted(folder.glob("*")) if (moment := _moment(file))}


def last_backup(folder: Path) -> datetime | None:
    """When the newest good backup was made; None when there is none."""
    return max(backups(folder), default=None)


def outlived(made: Iterable[datetime], now: datetime) -> set[datetime]:
    """Which backups go: all but the newest of each day for 7 days, of each week for 30, and the newest of all."""
    newest_first = sorted(made, reverse=True)
    stay: dict[object, datetime] = {}
    for one in newest_first:
        if now - one <= DAILY:
            stay.setdefault(one.date(), one)
        elif now - one <= WEEKLY:
            stay.setdefault(one.isocalendar()[:2], one)
    return set(newest_first[1:]) - set(stay.values())


def is_due(last: datetime | None, failed: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether to make one now: counted from the last good one, and not within an hour of one that failed."""
    if failed and failed <= now < failed + AGAIN:
        return False
    return last is None or now >= last + every


def prune(folder: Path, now: datetime) -> None:
    """Remove the backups that have outlived their use, and what a killed process left half made."""
    remove_left_behind(folder)
    made = backups(folder)
    for moment in sorted(outlived(made, now)):
        made[moment].unlink(missing_ok=True)


async def back_up(database: Database, folder: Path, now: datetime) -> tuple[Path, Contents]:
    """Make one now. Raises `NotStored` or `Unusable`, and leaves nothing behind then."""
    _make(folder)
    made = folder / named(now, ".db" if isinstance(database.store, Path) else ".dump")
    found = await copy(database, made)
    prune(folder, now)
    return made, found


async def run(
    database: Database,
    plan: Plan,
    clock: Callable[[], datetime],
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Look each minute whether one is due, until cancelled. One that fails is tried again after an hour."""
    failed: datetime | None = None
    while True:
        await rest(LOOK)
        now = clock()
        try:
            prune(plan.folder, now)
            last = max((one for one in backups(plan.folder) if one <= now), default=None)
            if is_due(last, failed, plan.every, now):
                made, found = await back_up(database, plan.folder, now)
                log.info("backup %s: %d events, sound", made.name, found.events)
        except (NotStored, Unusable, OSError) as error:
            failed = now
            log.error("no backup could be made, again in an hour: %s", error)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(f"cannot make backups in {folder}: {error.strerror}") from error


def _moment(file: Path) -> datetime | None:
    try:
        return datetime.strptime(file.stem, _NAME).replace(tzinfo=UTC) if file.suffix in _ENDINGS else None
    except ValueError:
        return None
