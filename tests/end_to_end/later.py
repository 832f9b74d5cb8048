"""The command `desmigratif` with a wall clock that can be put forward: `python -m tests.end_to_end.later FILE serve`.

By so many seconds as FILE says. The steady clock runs on, as in a machine whose clock is put right.
"""

import sys
from datetime import timedelta
from pathlib import Path

from bot import clock
from bot.cli import main as desmigratif

if __name__ == "__main__":
    true, ahead = clock.now, Path(sys.argv[1])
    clock.now = lambda: true() + timedelta(seconds=float(ahead.read_text()))
    desmigratif(sys.argv[2:], prog_name="desmigratif")
