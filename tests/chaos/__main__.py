"""Make the faults, print each one's figure, and put the long form's into docs/reliability.md.

python -m tests.chaos              every fault, in the long form
python -m tests.chaos F2 F9        these
python -m tests.chaos --short      as in `make test`; writes nothing
"""

import argparse
import asyncio
import sys
import time

from tests.chaos.faults import FAULTS
from tests.chaos.outcome import Fault, Outcome
from tests.chaos.table import Row, keep


def make(fault: Fault, times: int) -> Row:
    """Make one fault so many times, and print what came of it."""
    print(f"{fault.id}: {fault.what}", flush=True)
    began = time.monotonic()
    outcome: Outcome = asyncio.run(fault.run(times))
    row = Row.of(fault, outcome, time.monotonic() - began)
    print(f"    {row.figures}\n    failures {outcome.failures} of {outcome.trials} ({row.seconds} s)", flush=True)
    if outcome.stock:
        print(f"    stock echo bot: {outcome.stock}", flush=True)
    return row


def main() -> int:
    """Exit 1 when a promise was broken."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("faults", nargs="*", metavar="FAULT", help="F1, F2 ...; all when none is named")
    options.add_argument("--short", action="store_true", help="as in `make test`")
    given = options.parse_args()
    known = {one.id: one for one in FAULTS}
    if unknown := set(given.faults) - known.keys():
        options.error(f"no such fault: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    failures = 0
    for fault in FAULTS:
        if not given.faults or fault.id in given.faults:
            row = make(fault, fault.short if given.short else fault.long)
            failures += row.failures
            if not given.short:
                keep(row)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
