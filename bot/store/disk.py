"""Room on the disk: below a floor nothing more is taken in from people; a ballast is thrown off when that was not enough.

In WAL mode a DELETE writes too: on a disk that is full to the last byte nothing could be removed any more, and no officer
could work. So a file of real blocks lies beside the database, which means nothing and is given up then.
"""

import asyncio
import logging
import os
import shutil
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

log = logging.getLogger(__name__)
MIB = 1024 * 1024
BARELY = 2 * MIB
"""So much a start needs: SQLite's log, its index, the first rows."""
_ASKED_EVERY = 1.0
_TENDED_EVERY = 2.0


def left_on(path: Path) -> int:
    """Bytes free for us on the file system of this file or folder; 0 when it does not answer."""
    try:
        return shutil.disk_usage(path).free
    except OSError:
        return 0


class Disk:
    """The file system a database lies on. `floor` and `ballast` are bytes, 0 for none; `tick` counts seconds."""

    def __init__(
        self,
        database: Path,
        floor: int = 0,
        ballast: int = 0,
        left: Callable[[Path], int] = left_on,
        tick: Callable[[], float] = time.monotonic,
    ) -> None:
        self.floor = floor
        self._folder = database.parent
        self._file = database.with_name(f"{database.name}.ballast")
        self._ballast = ballast
        self._left = left
        self._tick = tick
        self._asked = float("-inf")
        self._low = False
        self._unmade = False

    @property
    def low(self) -> bool:
        """Whether less than the floor is left. The disk is asked once a second at most."""
        if self.floor and self._tick() - self._asked >= _ASKED_EVERY:
            self._asked = self._tick()
            self._find(self.left())
        return self._low

    def left(self) -> int:
        """Bytes free now."""
        return self._left(self._folder)

    @property
    def held(self) -> int:
        """Bytes of ballast there are."""
        try:
            return self._file.stat().st_size
        except OSError:
            return 0

    def _find(self, left: int) -> None:
        before, self._low = self._low, left < self.floor
        if self._low and not before:
            need = "less than DISK_FLOOR_MB: nothing is taken in from people until there is room"
            log.error("the disk has %d MB left, %s", left // MIB, need)
        elif before and not self._low:
            log.warning("the disk has room again, %d MB: people are answered", left // MIB)

    def make_way(self) -> None:
        """Before a start: without the little it needs, the ballast goes."""
        if self.left() < BARELY:
            self.give_up()

    def give_up(self) -> None:
        """The disk is full: throw the ballast off, so that officers can work and what has outlived its purpose can go."""
        self._asked = float("-inf")  # whoever asks next must not hear what was so a moment ago
        if self.held:
            self._file.unlink(missing_ok=True)
            log.critical("the disk is FULL: the ballast was given up so that officers can go on; make room now")

    def keep(self) -> None:
        """Make the ballast when it is not there and there is room for it and the floor. May take seconds.

        What was given up is not room enough to make it again.
        """
        held, room = self.held, max(self.floor, self._ballast) + self._ballast
        if held == self._ballast or self.left() + held < room:
            return
        self._file.unlink(missing_ok=True)
        try:
            self._allocate()
        except OSError as error:
            self._file.unlink(missing_ok=True)
            self._tell_unmade(error)

    def _allocate(self) -> None:
        """Blocks that are ours: a file that merely looks long would give nothing back."""
        if self._ballast:
            with self._file.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._ballast)
                os.fsync(file.fileno())
            self._unmade = False

    def _tell_unmade(self, error: OSError) -> None:
        if not self._unmade:
            log.error("the ballast cannot be made: %s; the service goes on without it", error.strerror)
        self._unmade = True


async def tend(disk: Disk, rest: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Have the ballast in its place whenever there is room for it, until cancelled."""
    while True:
        await asyncio.to_thread(disk.keep)
        await rest(_TENDED_EVERY)
