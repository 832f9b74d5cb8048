"""One person in several chats."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

MOST_CHATS = 4
"""Of one person."""


@dataclass(frozen=True, slots=True)
class Chat:
    """Another chat of whoever writes, or one they may join: the person it was met as, and its channel.

    `begun` are the forms left unsent there, each with when it was last touched; `remembered`: something is kept for the next.
    """

    person: int
    channel: str
    begun: Mapping[str, datetime] = field(default_factory=dict)
    remembered: bool = False
