"""What a channel is to the rest of the house: it sends one message, or says who must act.

`NotNow` (we wait), `Closed` (the person must write first), `Never` (nobody can), `Moved` (the chat has another id),
`Uncertain` (it may have arrived), `Unfit` (the words could go without their file). Anything else it raises is a fault of ours
and kills the row, not the loop.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from bot.model.messages import Attachment, Outgoing


@dataclass(frozen=True, slots=True)
class File:
    """The content of a photo, voice note or file, and what its platform says it is ("" when it does not say)."""

    content: bytes = field(repr=False)
    mime: str = ""


Fetch = Callable[[Attachment], Awaitable[File]]
"""Brings what somebody sent, of 20 MB at most. Raises `NotNow`, `Uncertain`, or `Never` when nothing will bring it."""


class NotNow(Exception):
    """The channel cannot take it now: try again after so many seconds.

    `everyone` pauses the account, not the chat alone; `flood` says that the channel found us too fast. `arrived` are the ids
    of its pieces that did arrive, with commas between.
    """

    arrived = ""

    def __init__(self, after: float = 0.0, *, everyone: bool = False, flood: bool = False) -> None:
        super().__init__(f"not now, again in {after:.0f} s")
        self.after = after
        self.everyone = everyone
        self.flood = flood


class Never(Exception):
    """This address cannot be reached any more (blocked, deactivated, gone), or will never take this message (`this_one`)."""

    def __init__(self, why: str, *, this_one: bool = False) -> None:
        super().__init__(why)
        self.this_one = this_one


class Moved(Exception):
    """The chat has a new id; the row is to be sent there."""

    def __init__(self, chat: str) -> None:
        super().__init__("the chat has moved")
        self.chat = chat


class Closed(Exception):
    """The person must write first: until then the channel takes nothing but a template from us."""

    def __init__(self) -> None:
        super().__init__("the person must write first")


class Uncertain(Exception):
    """It may have arrived: the answer did not. Repeated once at most. `arrived`: ids of its pieces that did, with commas."""

    arrived = ""


class Unfit(Exception):
    """The platform will not take this file. None of it has arrived; the words may go without."""

    def __init__(self) -> None:
        super().__init__("the platform does not take this file")


class Channel(Protocol):
    """A platform as delivery sees it."""

    @property
    def name(self) -> str:
        """As in `Address.channel`."""

    async def send(self, outgoing: Outgoing, file: File | None = None) -> str:
        """Send one message; the platform's id for it (of the last piece, when the text had to be split).

        `file` is the content of its attachment, when that came by another channel and this one is sent files.
        """
