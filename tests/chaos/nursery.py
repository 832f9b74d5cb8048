"""Forks processes off one that has everything loaded, so that a start takes moments: `python -m tests.chaos.nursery MODULE ...`.

What else stands on the command line is for the module's `prepare`. Each line of its input is one process: a JSON object with
its `folder`, its `environment` and the `words` for the module's `main`. It says `pid N`, then `ended CODE`; what the process
prints comes in between. The dead are buried only when the next is asked for, so that a pid is nobody else's until then.

A line `twin PATH` makes another such nursery of it, as loaded as this one, for whoever listens at that socket.
"""

import gc
import importlib
import json
import os
import socket
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

TWIN = "twin "


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
    _bear_all(module.main, sys.stdin)


def _bear_all(main: Callable[[Sequence[str]], None], asked: Iterable[str]) -> None:
    pid = 0
    for line in asked:
        if line.startswith(TWIN):
            if not os.fork():
                return _bear_all(main, _asked_at(line.removeprefix(TWIN).strip()))
            continue
        if pid:
            os.waitpid(pid, 0)
        pid = bear(main, json.loads(line))
    return None


def _asked_at(path: str) -> Iterable[str]:
    """From here on we are asked by, and answer to, whoever listens there."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        for stream in (0, 1):
            os.dup2(line.fileno(), stream)
    return os.fdopen(0, closefd=False)  # what the other has read ahead is its own


if __name__ == "__main__":
    main()
