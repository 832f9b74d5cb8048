"""The folder as a whole: its files, what they are in twelve letters, and whether anything in it has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

Trace = tuple[tuple[str, int, int], ...]


def is_content(folder: Path) -> bool:
    """Whether a folder holds a release."""
    return (folder / "release.yaml").is_file()


def digest(files: Iterable[Path], root: Path) -> str:
    """What these files are, in twelve letters: a changed byte or name changes it."""
    found = hashlib.sha256()
    for file in sorted(one for one in files if one.is_file()):
        found.update(str(file.relative_to(root)).encode() + b"\0")
        found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()[:12]


def digest_of(folder: Path) -> str:
    """What a release is, in twelve letters."""
    return digest(kept(folder), folder)


def files_of(folder: Path) -> dict[str, bytes]:
    """A release's files by path."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in kept(folder)}


def trace(folder: Path) -> Trace:
    """Names, sizes and times of the files: cheap to take, and another as soon as anything is saved."""
    found = [(str(file.relative_to(folder)), file.stat()) for file in kept(folder)]
    return tuple((name, stat.st_size, stat.st_mtime_ns) for name, stat in found)


def kept(folder: Path) -> list[Path]:
    """The files of a release, in order; what begins with a dot or ends with ~ is an editor's program's own."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return sorted(one for one in found if not one.name.startswith(".") and not one.name.endswith("~"))
