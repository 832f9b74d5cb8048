"""What happened to a case, line by line, as its page tells it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.casework import looks
from bot.model.case import Delivery, Event, EventKind

FOR_OFFICERS: frozenset[EventKind] = frozenset(
    ("note", "asked-help", "revealed", "exported", "warned", "asked-who-read", "number-changed")
)
"""What the person of a case never sees of it."""
_OPENLY: frozenset[EventKind] = frozenset(("note", "snoozed", "asked-help", "transferred", "reopened"))
"""Whose words are shown also while the case is covered: an officer wrote them for officers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `covered`: there are words, and whoever looks has not opened the case. `file` names what came with it, `other`
    is the number of the case it was joined with."""

    kind: EventKind
    at: datetime
    who: str
    text: str = ""
    reason: str = ""
    other: str = ""
    covered: bool = False
    file: str = ""
    delivery: Delivery | None = None

    @property
    def inside(self) -> bool:
        """Whether it is for officers only."""
        return self.kind in FOR_OFFICERS


def timeline(events: Sequence[Event], deliveries: Mapping[int, Delivery], *, opened: bool) -> list[Entry]:
    """The book of a case as lines, in order; `deliveries` by the place of the event they belong to."""
    return [_entry(place, event, deliveries.get(place), opened=opened) for place, event in enumerate(events)]


def _entry(place: int, event: Event, delivery: Delivery | None, *, opened: bool) -> Entry:
    reason, words = looks.read(event.text) if event.kind == "revealed" else ("", event.text)
    if event.kind in ("merged", "unmerged"):
        return Entry(event.kind, event.at, event.by_name, other=event.text.partition(" ")[0], delivery=delivery)
    shown = opened or event.kind in _OPENLY or event.kind == "revealed"
    return Entry(
        kind=event.kind,
        at=event.at,
        who=event.by_name,
        text=words if shown else "",
        reason=reason,
        covered=bool(words) and not shown,
        file=f"event-{place}" if event.attachment and opened else "",
        delivery=delivery,
    )
