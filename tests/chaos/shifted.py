"""The command `desmigratif` with a wall clock that jumps: how far it is off, in seconds, stands in the file CHAOS_SHIFT names.

Only the wall clock: the steady one runs on, as in a machine whose clock is put right. It sweeps, and looks at its content,
many times a second; and it believes a clock that has jumped after a moment, so that there is something to tell at all.
"""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot import clock
from bot.cli import main as desmigratif
from tests.chaos.crashing import hurry, prepare

__all__ = ["main", "prepare", "put"]
SHIFT = "CHAOS_SHIFT"
_BELIEVED = 0.5


def put(file: Path, seconds: float) -> None:
    """Put the clock forward or back: so far off the true time."""
    fresh = file.with_suffix(".new")
    fresh.write_text(str(seconds))
    fresh.replace(file)


def main(words: Sequence[str]) -> None:
    """A command of `desmigratif`."""
    true, file = clock.now, Path(os.environ[SHIFT])
    clock.now = lambda: true() + timedelta(seconds=float(file.read_text()))
    clock.BELIEVED = _BELIEVED
    hurry()
    desmigratif(list(words), prog_name="desmigratif")
