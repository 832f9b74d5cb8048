"""Files and folders that are still there after a power cut: a name is on the disk only when its folder has been synced."""

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path


def to_disk(path: Path) -> None:
    """Sync a file's content, or a folder's names."""
    if sys.platform == "win32" and path.is_dir():  # it has no such thing
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        with suppress(PermissionError):  # one we may write into and not read cannot be synced
            to_disk(one.parent)


def write_new(file: Path, text: str) -> None:
    """A new file that only its owner reads: whole and on the disk, or not there at all. What is there already stays as it is."""
    make_folder(file.parent)
    made = file.with_name(f"{file.name}.{secrets.token_hex(4)}.new")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(made, file)
    finally:
        made.unlink(missing_ok=True)
    to_disk(file.parent)
