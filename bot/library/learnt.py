"""What releases learn, kept in files from one start to the next.

A file's name says what was learnt from (the content) and by what (the program); its first line is a digest of that name
and of all that follows. What is not just so is passed over and learnt anew: a file may be cut short, or somebody else's.
It is never needed: when it cannot be written, the service learns at every start.
"""

import hashlib
import json
import logging
import os
import platform
import time
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import BadZipFile

import numpy as np

from bot.library.folder import digest
from bot.understanding.lore import Lore, Values, as_values, from_values, learnt, recall
from bot.understanding.release import Release

log = logging.getLogger(__name__)
KEPT = 3  # the release in use, the one before, and one that is being tried
_ENDING, _HALF, _TEXTS = ".learnt", ".half", "texts"
_SEAL = 64
_AN_HOUR = 3600.0
_HOUSE = Path(__file__).parents[1]
_LEARNERS = ("library", "model", "understanding")


def have_learnt(release: Release, folder: Path) -> None:
    """Let a release know all that it learns: from a file of this folder, else by learning, which is then kept there."""
    file = kept_in(folder, release)
    lore = _read(file)
    if lore is not None:
        recall(release, lore)
        return
    lore = learnt(release)
    try:
        _write(file, as_values(lore))
        _prune(folder)
    except OSError as error:
        log.warning("what was learnt cannot be kept in %s: %s", folder, error.strerror)


def kept_in(folder: Path, release: Release) -> Path:
    """The file that holds, or would hold, what this release has learnt from this program."""
    return folder / f"{release.content.digest}-{program()}{_ENDING}"


@cache
def program(house: Path = _HOUSE) -> str:
    """What learns, in twelve letters: the sources it depends on, and the versions of what these stand on."""
    sources = digest((file for room in _LEARNERS for file in (house / room).glob("*.py")), house)
    stands_on = (platform.python_version(), np.__version__, version("snowballstemmer"))
    return hashlib.sha256(" ".join((sources, *stands_on)).encode()).hexdigest()[:12]


def _read(file: Path) -> Lore | None:
    """What a file keeps, which is noted as used; None when there is none, or none that can be trusted."""
    try:
        lore = from_values(_opened(file.name, file.read_bytes()))
        os.utime(file)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError, BadZipFile) as error:
        log.warning("%s cannot be used (%s): all is learnt anew", file, type(error).__name__)
        return None
    return lore


def _write(file: Path, values: Values) -> None:
    """Whole or not at all: under another name first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=_HALF, delete=False) as half:
        try:
            half.write(_closed(file.name, values))
            half.flush()
            os.fsync(half.fileno())
            Path(half.name).replace(file)
        except BaseException:
            Path(half.name).unlink(missing_ok=True)
            raise


def _closed(name: str, values: Values) -> bytes:
    texts = json.dumps(dict(values.texts), ensure_ascii=False).encode()
    members: dict[str, Any] = {**values.arrays, _TEXTS: np.frombuffer(texts, dtype=np.uint8)}
    body = BytesIO()
    np.savez(body, **members)
    return _seal(name, body.getbuffer()) + body.getbuffer()


def _opened(name: str, kept: bytes) -> Values:
    body = memoryview(kept)[_SEAL:]
    if kept[:_SEAL] != _seal(name, body):
        raise ValueError("another digest")
    with np.load(BytesIO(body), allow_pickle=False) as found:
        arrays = dict(found)
    return Values(arrays, json.loads(arrays.pop(_TEXTS).tobytes()))


def _seal(name: str, body: memoryview) -> bytes:
    found = hashlib.sha256(name.encode() + b"\n")
    found.update(body)
    return found.hexdigest().encode()


def _prune(folder: Path) -> None:
    """Keep what was used last; a file left half written by a process that was killed goes after an hour."""
    files = sorted(folder.glob(f"*{_ENDING}"), key=_used, reverse=True)
    halves = [one for one in folder.glob(f"*{_HALF}") if _used(one) < time.time() - _AN_HOUR]
    for one in (*files[KEPT:], *halves):
        one.unlink(missing_ok=True)


def _used(file: Path) -> float:
    """When a file was read or written last; another process may just have removed it."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0
