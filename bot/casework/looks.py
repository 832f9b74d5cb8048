"""Why somebody looked at what is covered: the reason as it stands in the book, for the person may ask."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model.case import Event

REASONS = ("call", "papers", "refer", "supervise", "other")
"""To call the person, check papers, refer the case, supervise; "other" comes with words."""
OPEN_FOR = timedelta(minutes=10)
"""How long details once opened stay open, before a reason is asked again."""


def written(reason: str, words: str = "") -> str:
    """A reason as kept with the event: `call`, or `other: words`; a file opened is `file: field`."""
    return f"{reason}: {words}" if words else reason


def read(text: str) -> tuple[str, str]:
    """A reason as kept, and its words; books begun before reasons were asked hold "" or the name of a field."""
    reason, _, words = text.partition(": ")
    return (reason, words) if reason in (*REASONS, "file") else ("", "")


def opened_since(events: Sequence[Event], person: int, moment: datetime) -> bool:
    """Whether the book says that this person opened the details since then."""
    return any(event.kind == "revealed" and event.by == person and event.at >= moment for event in events)
