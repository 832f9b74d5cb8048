"""What becomes of a person's chats: a code given, a wrong one typed, two joined, one parted again."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OfferJoining:
    """Whoever types this code in another chat may join it with the one it was asked for in; the code before it is void."""

    code: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class TriedJoining:
    """Somebody typed a code that does not stand: it counts against guessing."""


@dataclass(frozen=True, slots=True)
class Join:
    """The chat that wrote and the one this code was given in (`other` is its person) are one person from now on."""

    other: int
    code: str


@dataclass(frozen=True, slots=True)
class Part:
    """The chat that wrote is on its own again, with what came from it."""


JoiningEffect = OfferJoining | TriedJoining | Join | Part
