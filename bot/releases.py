"""The release in use, and how another takes its place while people talk: whole or not at all.

The database keeps every release that was ever in use. The content folder is looked at every few seconds: when it has
changed and has come to rest, `check` runs on it in a process of its own, and only what has no fault is published. A fault
leaves everything as it was and is said in the log and on the metrics page. `rollback` writes one row; the next look obeys.
"""

import asyncio
import itertools
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import library
from bot.library import Faulty
from bot.model.editions import Edition
from bot.store import editions, releases
from bot.store.database import Database, NotStored, Refused, Transaction
from bot.store.releases import Because
from bot.understanding.release import Release
from bot.wording import Wording

log = logging.getLogger(__name__)
LOOK = 5.0
_FAULTY, _HOURLY, _FOLLOWED = 1, 720, 12
Changed = Callable[[], Awaitable[object]]


class Releases:
    """Hands out the words of the release in use. Make one with `open_releases`."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        release: Release,
        clock: Callable[[], datetime],
        cache: Path,
        *,
        changed: bool = False,
    ) -> None:
        self.faults = 0
        self._cache = cache
        self._database = database
        self._folder = folder
        self._clock = clock
        self._wording = Wording(release)
        self._seen = library.trace(folder)
        self._handled = () if changed else self._seen
        self._left = False

    def wording(self) -> Wording:
        """The words of the release in use: ask anew for every message."""
        return self._wording

    async def warm(self) -> None:
        """Have the release in use learn all that it learns, so that the first who asks does not wait for it."""
        await asyncio.to_thread(warm, self._wording.release, self._cache)

    async def look(self, *, publishes: bool = True) -> bool:
        """Take up what was published or rolled back elsewhere, or what has changed in the folder; whether anything did.

        Who does not publish leaves what changes in the folder to another.
        """
        before = self._wording
        await self._follow()
        await self._watch(publishes=publishes)
        return self._wording is not before

    async def _follow(self) -> None:
        """The database says what is in use: a command or another process may have changed it."""
        current = await releases.current(self._database)
        if current and current.digest != self._wording.release.content.digest:
            release = await load_published(self._database, current.digest)
            await self._take(release)
            async with self._database.transaction() as tx:  # what was said meanwhile in the words of before
                if await _is_used(tx, release):  # to learn takes a while
                    await editions.turn_over(tx, partial(now_said, release), self._clock())

    async def _watch(self, *, publishes: bool) -> None:
        """What changes in the folder is left to come to rest between two looks before it is read.

        What was left to another is ours when we publish from now on: whoever it was left to may have died at it.
        """
        trace = library.trace(self._folder)
        rests, self._seen = trace == self._seen, trace
        if rests and trace != self._handled:
            if publishes:
                self._handled, left, self._left = trace, self._left, False
                await self._try_folder(left=left)
            else:
                self._left = True

    async def _try_folder(self, *, left: bool) -> None:
        """Nor is what was `left` to another, and in use at some time since, put into use again: it may have been rolled back."""
        digest = await asyncio.to_thread(library.digest_of, self._folder)
        if digest == self._wording.release.content.digest:
            self.faults = 0
            return
        if left and await releases.like(self._database, digest):
            return
        self.faults = await _checked(self._folder, self._cache)
        if self.faults:
            log.error(
                "the content was left as it was: %d faults in %s; run desmigratif check", self.faults, self._folder
            )
            return
        release = await asyncio.to_thread(library.load, self._folder)
        await publish(self._database, release, library.files_of(self._folder), "published", self._clock())
        await self._take(release)

    async def _take(self, release: Release) -> None:
        await asyncio.to_thread(warm, release, self._cache)
        self._wording = Wording(release)
        log.warning("release %s (%s) is in use", release.version, release.content.digest)


def warm(release: Release, cache: Path) -> None:
    """Have a release learn all that it learns, or take it from the files of this folder, where it is kept."""
    from bot.library.learnt import have_learnt  # noqa: PLC0415  brings numpy

    have_learnt(release, cache)


async def open_releases(database: Database, folder: Path, clock: Callable[[], datetime], cache: Path) -> Releases:
    """The release to begin with: what was in use before, or, the very first time, what the folder holds.

    What has changed in the folder meanwhile is taken up like any other change: when `check` finds no fault in it. What was
    rolled back from stays so.
    Raises `Faulty` when there is nothing to serve.
    """
    current = await releases.current(database)
    if current is None:
        release = await asyncio.to_thread(library.load, folder)
        await publish(database, release, library.files_of(folder), "published", clock())
        return Releases(database, folder, release, clock, cache)
    if library.is_content(folder) and library.digest_of(folder) == current.digest:
        return Releases(database, folder, await asyncio.to_thread(library.load, folder), clock, cache)
    left = library.is_content(folder) and await releases.like(database, library.digest_of(folder))
    release = await _last_that_loads(database, folder, current.digest)
    return Releases(database, folder, release, clock, cache, changed=not left)


async def _last_that_loads(database: Database, folder: Path, digest: str) -> Release:
    """What was in use; the folder's when this program is newer than that and cannot read it any more."""
    try:
        return await load_published(database, digest)
    except Faulty as error:
        log.error("the release in use cannot be read any more, the folder's takes its place: %s", error)
        return await asyncio.to_thread(library.load, folder)


async def publish(database: Database, release: Release, files: dict[str, bytes], because: Because, at: datetime) -> int:
    """Put a release into use: in one transaction with the end of every answer it changes; how many these are."""
    content = release.content
    async with database.transaction() as tx:
        await releases.keep(tx, content.digest, content.version, content.date.isoformat(), files, at)
        return await _use(tx, release, because, at)


async def roll_back(database: Database, release: Release, at: datetime) -> int:
    """Put a release that was published before into use again; how many answers that changes."""
    async with database.transaction() as tx:
        return await _use(tx, release, "rolled-back", at)


async def _use(tx: Transaction, release: Release, because: Because, at: datetime) -> int:
    await releases.use(tx, release.content.digest, because, at)
    return await editions.turn_over(tx, lambda told: now_said(release, told), at)


async def _is_used(tx: Transaction, release: Release) -> bool:
    """Whether no other has taken its place meanwhile."""
    current = await releases.current(tx)
    return current is not None and current.digest == release.content.digest


def now_said(release: Release, told: Edition) -> str:
    """The code of what a release says instead of something told earlier; "" when it says nothing."""
    topic = release.topic(told.topic)
    return release.edition(topic, told.country, told.sector).code if topic else ""


async def load_published(database: Database, digest: str) -> Release:
    """A release out of the database. Raises `Faulty` when this program cannot read it any more."""
    files = await releases.files(database, digest)
    with TemporaryDirectory(prefix="desmigratif-") as folder:
        return await asyncio.to_thread(library.load_files, files, Path(folder))


async def watch(
    current: Releases,
    changed: Changed,
    rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    on_duty: Callable[[], bool] = lambda: True,
) -> None:
    """Look every few seconds until cancelled; `changed` is awaited when another release took the place, and each hour.

    Each hour: a day may have passed on which something opens or ends. Whoever is not on duty only follows; whoever is, tells
    the news once more when all must have followed, and when they have just come on duty: somebody may have died at it.
    """
    took, was_on_duty = -_FOLLOWED, False
    for look in itertools.count():
        try:
            took = look if await current.look(publishes=on_duty()) else took
            begins, was_on_duty = on_duty() and not was_on_duty, on_duty()
            if on_duty() and (begins or look in (took, took + _FOLLOWED) or look % _HOURLY == 0):
                await changed()
        except (NotStored, Refused, Faulty, OSError) as error:
            log.error("the content could not be looked at: %s", type(error).__name__)
        await rest(LOOK)


async def _checked(folder: Path, cache: Path) -> int:
    """Run `check` on a folder in a process of its own, so that nobody waits for it; how many faults it found."""
    command = (sys.executable, "-m", "bot", "check", "--content-only")
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, "CONTENT_DIR": str(folder), "CACHE_DIR": str(cache)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    for line in lines[:-1][:20]:
        log.error("content: %s", line)
    return 0 if process.returncode == 0 else max(_FAULTY, len(lines) - 1)
