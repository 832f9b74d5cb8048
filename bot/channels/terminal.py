"""The terminal as a channel: one person types, the service answers; and a script of such a talk, played line by line."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channel import File
from bot.markdown import plain
from bot.model.messages import Address, Attachment, Choice, Incoming, Kind, Message, Outgoing

ACCOUNT = "terminal"
_KINDS: Mapping[str, Kind] = {
    kind: kind for kind in ("text", "photo", "voice", "file", "sticker", "location", "contact", "start")
}


class BadLine(Exception):
    """A line of a script is no line of a talk."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """The channel; `show` is given each message's words and the labels of its choices."""

    show: Callable[[str], None]

    @property
    def name(self) -> str:
        """As in `Address.channel`."""
        return "terminal"

    async def send(self, outgoing: Outgoing, file: File | None = None) -> str:
        """Print it."""
        self.show(in_print(outgoing.message))
        return str(outgoing.id)


def person(name: str) -> Address:
    """Somebody at the terminal."""
    return Address("terminal", ACCOUNT, name)


def in_print(message: Message) -> str:
    """A message as plain text, its choices numbered below."""
    lines = [plain(message.text)]
    lines += [
        f"  [{n}] {choice.label}{f' {choice.url}' if choice.url else ''}" for n, choice in enumerate(message.choices, 1)
    ]
    lines += [f"  ({' | '.join(anchor.label for anchor in message.anchors)})"] if message.anchors else []
    return "\n".join(lines)


def typed(line: str, shown: Sequence[Message], at: datetime, who: Address, id: str) -> Incoming:
    """What was typed; a line that equals the label of a choice shown is the press of it."""
    choice = _labelled(line, shown)
    if choice is not None:
        return Incoming(who, id, "button", at, button=choice.id)
    return Incoming(who, id, "text", at, text=line)


def read_script(lines: Sequence[str]) -> Iterator[tuple[Kind, str]]:
    """The lines of a script: {"type": "text|voice|photo|sticker|location|contact", "user": "..."}. Raises `BadLine`."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _script_line(number, line)


def _script_line(number: int, line: str) -> tuple[Kind, str]:
    try:
        found = json.loads(line)
        return _KINDS[found.get("type", "text")], str(found.get("user", ""))
    except (ValueError, AttributeError, KeyError):
        kinds = ", ".join(_KINDS)
        raise BadLine(f'line {number}: not a line like {{"type":"text","user":"..."}} (types: {kinds})') from None


def played(kind: Kind, user: str, shown: Sequence[Message], at: datetime, who: Address, id: str) -> Incoming:
    """A script's line as an incoming message."""
    if kind == "text":
        return typed(user, shown, at, who, id)
    media = Attachment(kind, f"terminal:{id}", "terminal") if kind in ("photo", "voice", "file") else None
    return Incoming(who, id, kind, at, text=user, attachment=media)


def as_json(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Messages as `talk --script` writes them."""
    return [
        {
            "text": plain(one.text),
            "buttons": [{"id": choice.id, "label": choice.label} for choice in (*one.choices, *one.anchors)],
        }
        for one in messages
    ]


def _labelled(line: str, shown: Sequence[Message]) -> Choice | None:
    """The newest choice of this label."""
    wanted = line.strip().casefold()
    choices = (choice for message in shown for choice in (*message.choices, *message.anchors))
    return next((choice for choice in choices if choice.label.casefold() == wanted), None)
