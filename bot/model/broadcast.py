"""A message from a coordinator or the ministry to many people: what is said to whom, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.model.case import Officer, Scope

Stand = Literal["waiting", "running", "refused", "stopped", "done"]
"""Waits for a second person, is on its way, was refused by them, was stopped in the middle, has reached everybody it could."""
Reach = Literal["waiting", "sent", "quiet", "left-out", "unreached", "failed"]
"""What became of it for one person. `quiet`: they want nothing unasked. `left-out`: others may read their phone, or they have
a sensitive matter with us. `unreached`: no chat in which we may write first."""
REACHES: tuple[Reach, ...] = ("waiting", "sent", "quiet", "left-out", "unreached", "failed")


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Words by language for those who handed in something of these kinds and live in these units; Indonesian is always there.

    `scope` is what its author saw when they wrote it: nobody else is in its audience.
    """

    id: int
    author: int
    author_name: str
    scope: Scope
    units: tuple[str, ...]
    kinds: tuple[str, ...]
    words: Mapping[str, str]
    at: datetime
    stand: Stand = "waiting"
    second: str = ""

    def said(self, language: str) -> str:
        """In this language, else in Indonesian."""
        return self.words.get(language) or self.words["id"]


@dataclass(frozen=True, slots=True)
class News:
    """A broadcast stands elsewhere than before: who wrote it, if they are in office, who may be its second person, and how many
    people it has come to what for (`Reach`, or how their letter stands)."""

    broadcast: Broadcast
    author: Officer | None = None
    seconds: tuple[Officer, ...] = ()
    results: Mapping[str, int] = field(default_factory=dict)
