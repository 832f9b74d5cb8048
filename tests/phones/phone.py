"""What a telephone can do, whichever channel it is on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.model.messages import Address, Incoming, Message


class Phone(Protocol):
    """One person's telephone with one channel on it."""

    address: Address

    def show(self, message: Message) -> str:
        """Bring a message onto the screen; what can be read there, the words on its buttons too."""

    def says(self, words: str, at: datetime) -> Sequence[Incoming]:
        """Write something; "/start x" is a link with x in it."""

    def sends(self, kind: str, words: str, at: datetime) -> Sequence[Incoming]:
        """Send a photo, voice, file, sticker, location or contact."""

    def presses(self, wanted: str, at: datetime) -> Sequence[Incoming]:
        """Press the newest button with this label or id. Raises `AssertionError` when there is none."""

    def forges(self, id: str, at: datetime) -> Sequence[Incoming]:
        """Press a button that is on no screen."""
