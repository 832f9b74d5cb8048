"""The command `desmigratif` on a day that passes as fast as a test says: so much is over as stands in the file `SHIFT` names.

Hours go by in a moment, and no clock was put right: what waits for its time finds that it has come.
"""

import sys

from bot import clock
from tests.chaos.shifted import main


def nothing_ahead(_: clock.Clocks) -> float:
    """The steady clock has gone along with the wall clock."""
    return 0.0


if __name__ == "__main__":
    assert callable(clock.Clocks.ahead)
    clock.Clocks.ahead = nothing_ahead
    main(sys.argv[1:])
