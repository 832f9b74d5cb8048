"""The talks of the handbook: played through the real reception and store, and drawn as text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

from bot import markdown
from bot.model.messages import Choice, Message
from bot.wording import Wording
from tests.replay import play, read

FOLDER = Path(__file__).parent / "talks"
WIDTH = 66
"""Letters in a line: it must fit a printed page."""
_PIN = re.compile(r"\b\d{3} \d{3}\b(?!-)")
_TOGETHER = "\u00a0"


async def drawn(file: Path, folder: Path, wording: Wording) -> str:
    """A talk as the officer named by `shown` has it on their screen."""
    script = read(file)
    came = await play(script, folder, wording, reopen=False)
    turns = zip(script["turns"], came, strict=True)
    return "\n\n".join(part for turn, seen in turns for part in _turn(script["shown"], turn, seen))


def _turn(shown: str, turn: Mapping[str, Any], seen: Mapping[str, Any]) -> Iterator[str]:
    if turn.get("hidden"):
        return
    if turn.get("who") == shown:
        yield f"Anda: {turn.get('says') or '[' + turn['presses'] + ']'}"
    for message in seen["arrived"][shown]:
        yield _message(message)


def _message(message: Message) -> str:
    text = _PIN.sub("123 456", markdown.plain(message.text))  # drawn by chance each time
    lines = [fill(line, WIDTH, subsequent_indent="  ") for line in text.splitlines()]
    return "\n".join(("Desmigratif:", *lines, *_buttons(message.choices)))


def _buttons(choices: Sequence[Choice]) -> list[str]:
    """The buttons below a message, as many in a line as fit."""
    whole = (f"[{one.label}]".replace(" ", _TOGETHER) for one in choices)
    return fill("  ".join(whole), WIDTH).replace(_TOGETHER, " ").splitlines()
