"""How a command runs: settings read once, one clear line and exit 1 for what an operator can mend."""

import asyncio
import errno
import logging
import sys
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import click

from bot.channels.telegram import Refused
from bot.config import BadSetting, Config, read_config
from bot.library import Faulty
from bot.library.faults import counted
from bot.logs import set_up
from bot.store.database import NotStored, Unusable
from bot.store.seal import WrongKey

Result = TypeVar("Result")
MENDABLE = (BadSetting, Unusable, NotStored, WrongKey, Refused)
_SHOWN_FAULTS = 50
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class Group(click.Group):
    """Turns the errors an operator can mend into one line; everything else is a bug and shows where it is.

    `others` are commands that are loaded when one is asked for that is not there yet.
    """

    def __init__(self, *, others: Callable[[], Sequence[click.Command]], **settings: Any) -> None:
        super().__init__(**settings)
        self._others = others

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of this name."""
        if name not in self.commands:
            self._load_others()
        return super().get_command(context, name)

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all."""
        self._load_others()
        return super().list_commands(context)

    def _load_others(self) -> None:
        for command in self._others():
            self.add_command(command)

    def invoke(self, context: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(context)
        except Faulty as error:
            for fault in error.faults[:_SHOWN_FAULTS]:
                click.echo(str(fault), err=True)
            raise SystemExit(f"{counted(error.faults)} in the content: run desmigratif check") from None
        except MENDABLE as error:
            raise SystemExit(f"desmigratif: {error}") from None
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            raise SystemExit(f"desmigratif: no room on the disk ({error.filename or 'a file'}): make some") from None


def settings() -> Config:
    """The settings, and logging set up by them."""
    config = read_config()
    set_up(json=config.log_json)
    return config


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end."""
    with asyncio.Runner(loop_factory=_loop()) as runner:
        return runner.run(work)


def _loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's, where there is one: requests and trips to the database's thread cost less than with Python's own."""
    if sys.platform == "win32":
        return None
    import uvloop  # noqa: PLC0415

    return uvloop.new_event_loop


def quiet() -> None:
    """For commands whose output is read by programs: only errors are logged, to stderr."""
    logging.getLogger().setLevel(logging.ERROR)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
