"""One `serve` on a database at a time: two would take the same updates and send the same letters.

The lock is the operating system's, on a file beside the database, so that it is gone with the process however it ended.
Only `serve` holds it: other commands work beside it, and wait for their turn to write like everybody.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.durable import make_folder
from bot.store.database import Unusable

if sys.platform != "win32":
    import fcntl


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock of this database. Raises `Unusable` when another process does."""
    file = path.with_name(f"{path.name}.lock")
    try:
        make_folder(file.parent)
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise Unusable(f"cannot use the lock {file}: {error.strerror}") from error
    try:
        _take(handle, path)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path) -> None:
    if sys.platform == "win32":
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Unusable(f"another serve works on {path}: stop it first, or give this one a DATABASE_URL") from error
