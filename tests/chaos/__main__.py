"""Make the faults, print each one's figure, and put the long form's into docs/reliability.md.

python -m tests.chaos              every fault, in the long form
python -m tests.chaos F2 F9        these
python -m tests.chaos --short      as in `make test`; writes nothing

Several are made side by side, each in a process of its own, those that take longest first; what measures how long people
wait comes last, alone.
"""

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.chaos.faults import FAULTS
from tests.chaos.outcome import Fault, Outcome
from tests.chaos.table import Row, keep

AT_ONCE = 2


def make(fault: Fault, *, short: bool) -> int:
    """Make one fault, print what came of it, keep the long form's row; 1 when a promise was broken."""
    began = time.monotonic()
    outcome: Outcome = asyncio.run(fault.run(fault.short if short else fault.long))
    row = Row.of(fault, outcome, time.monotonic() - began)
    print(
        f"{fault.id}: {fault.what}\n    {row.figures}\n    failures {outcome.failures} of {outcome.trials} ({row.seconds} s)"
    )
    if outcome.stock:
        print(f"    stock echo bot: {outcome.stock}")
    if not short:
        keep(row)
    return 1 if outcome.failures else 0


def make_all(faults: Sequence[Fault], *, short: bool) -> int:
    """Each in a process of its own; 1 when one of them broke a promise."""

    def apart(fault: Fault) -> int:
        command = [sys.executable, "-m", "tests.chaos", fault.id, *(["--short"] if short else [])]
        ended = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        print(ended.stdout, end="", flush=True)
        return ended.returncode

    beside = sorted((one for one in faults if not one.alone), key=lambda one: -one.minutes)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        codes = list(pool.map(apart, beside))
    return max((*codes, *(apart(one) for one in faults if one.alone)), default=0)


def main() -> int:
    """Exit 1 when a promise was broken."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("faults", nargs="*", metavar="FAULT", help="F1, F2 ...; all when none is named")
    options.add_argument("--short", action="store_true", help="as in `make test`")
    given = options.parse_args()
    known = {one.id: one for one in FAULTS}
    if unknown := set(given.faults) - known.keys():
        options.error(f"no such fault: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    chosen = [one for one in FAULTS if not given.faults or one.id in given.faults]
    return make(chosen[0], short=given.short) if len(chosen) == 1 else make_all(chosen, short=given.short)


if __name__ == "__main__":
    sys.exit(main())
