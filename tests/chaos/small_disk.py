"""A disk of a few megabytes, to be filled and emptied: a file system in memory, where we may mount one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_PIECE = 4096


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """What somebody else has put on it is one file, the filler."""

    folder: Path

    @property
    def _filler(self) -> Path:
        return self.folder / "filler"

    def fill(self, leave: int) -> None:
        """Until so many bytes are left; with 0 to the last one. What the service gives back meanwhile stays free."""
        with self._filler.open("ab") as file:
            end = file.tell() + shutil.disk_usage(self.folder).free - leave
            with suppress(OSError):  # the service has taken some of it meanwhile
                os.posix_fallocate(file.fileno(), file.tell(), end - file.tell() - _PIECE)
            while file.seek(0, os.SEEK_END) < end and _takes(file.fileno()):
                pass

    def empty(self) -> None:
        """There is room again."""
        self._filler.unlink(missing_ok=True)


def _takes(file: int) -> bool:
    try:
        return os.write(file, bytes(_PIECE)) > 0
    except OSError:
        return False


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk | None]:
    """Mounted at this folder for as long as the block; None, and a folder like any other, where that is not allowed."""
    folder.mkdir()
    if not _done("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "chaos", str(folder)):
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        if not _done("umount", str(folder)):
            _done("umount", "--lazy", str(folder))


def _done(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode == 0
    except FileNotFoundError:
        return False
