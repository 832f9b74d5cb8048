"""One way to spoil a platform's answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FOREVER = 3600.0


@dataclass(frozen=True, slots=True)
class Spoiling:
    """One way to spoil an answer. `doubtful`: nobody can know whether the message arrived, so it may come twice.

    `alone`: two of a kind at once would mean something else (two chats' flood limits are the bot's). `lasts` long enough for
    another chat to be answered meanwhile.
    """

    name: str
    how: Mapping[str, Any]
    doubtful: bool = False
    alone: bool = False
    lasts: bool = False


def both(name: str, **how: Any) -> list[Spoiling]:
    """With the message delivered, and without."""
    return [
        Spoiling(name, how, doubtful=True),
        Spoiling(f"{name}, delivered", {**how, "deliver": True}, doubtful=True),
    ]
