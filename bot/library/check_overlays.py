"""What villages add: to answers that exist, of units that exist, in words without numbers by hand."""

from collections.abc import Iterator

from bot.library.faults import Fault
from bot.model.content import Note, Overlay
from bot.understanding.release import Release

MUST = ("id", "en")


def overlays(release: Release) -> Iterator[Fault]:
    """Everything wrong with the overlays."""
    for overlay in release.content.overlays:
        file = f"overlays/{overlay.unit}.yaml"
        if not release.place(overlay.unit):
            mend = "Look it up: desmigratif village find NAME"
            yield Fault(file, 1, f"{overlay.unit} is no code of the official list", mend, "unit:")
        for note in overlay.notes:
            yield from _note(release, overlay, note, file)


def _note(release: Release, overlay: Overlay, note: Note, file: str) -> Iterator[Fault]:
    topic, near = release.topic(note.topic), f"topic: {note.topic}"
    if topic is None:
        yield Fault(file, 1, f"there is no topic {note.topic}", "Correct the id", near)
    elif len(note.national) != len(topic.version):
        mend = f"Write {topic.version}, if the note fits the answer as it is"
        yield Fault(file, 1, f"{note.topic}: national {note.national!r} is no version", mend, f"{near} ... national:")
    for language in MUST:
        if not note.text.get(language):
            yield Fault(file, 1, f"{note.topic}: the text is missing in {language}", "Write it", near)
