"""Forks processes off one that has everything loaded, so that a start takes moments: `python -m tests.chaos.nursery MODULE ...`.

What else stands on the command line is for the module's `prepare`. Each line of its input is one process: a JSON object with
its `folder`, its `environment` and the `words` for the module's `main`. It says `pid N`, then `ended CODE`; what the process
prints comes in between. The dead are buried only when the next is asked for, so that a pid is nobody else's until then.
"""

import gc
import importlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def bear(main: Callable[[Sequence[str]], None], asked: dict[str, Any]) -> int:
    """Fork one process off and wait until it is dead; its pid."""
    pid = os.fork()
    if not pid:
        _live(main, asked)
    print(f"pid {pid}", flush=True)
    dead = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert dead
    print(f"\nended {dead.si_status}", flush=True)
    return pid


def _live(main: Callable[[Sequence[str]], None], asked: dict[str, Any]) -> None:
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(Path(asked["folder"]) / "errors.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
    code = 1
    try:
        main(asked["words"])
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Until there is no more input."""
    module = importlib.import_module(sys.argv[1])
    if sys.argv[2:]:
        module.prepare(*sys.argv[2:])
    gc.freeze()
    print("loaded", flush=True)
    pid = 0
    for line in sys.stdin:
        if pid:
            os.waitpid(pid, 0)
        pid = bear(module.main, json.loads(line))


if __name__ == "__main__":
    main()
