"""What a village, or a unit above it, adds to a national answer; and whether that still fits."""

from collections.abc import Iterator

from bot.model.content import Note, Overlay
from bot.model.knowledge import Content


def note_for(content: Content, topic: str, village: str) -> tuple[Overlay, Note] | None:
    """The note nearest to a village: its own, else its district's, regency's or province's."""
    over = [
        (one, note) for one in content.overlays for note in one.notes if note.topic == topic and _over(one, village)
    ]
    return max(over, key=lambda pair: len(pair[0].unit), default=None)


def outgrown(content: Content) -> Iterator[tuple[Overlay, Note]]:
    """Notes whose national answer has changed since they were written beside it: still said, but due for a look."""
    for overlay in content.overlays:
        for note in overlay.notes:
            topic = content.topics.get(note.topic)
            if topic is not None and topic.version != note.national:
                yield overlay, note


def _over(overlay: Overlay, village: str) -> bool:
    return bool(village) and (village == overlay.unit or village.startswith(f"{overlay.unit}."))
