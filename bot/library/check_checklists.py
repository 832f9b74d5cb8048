"""What may be wrong with a checklist: lines that say nothing, lead nowhere or do not fit, topics that offer one there is not."""

import re
from collections.abc import Iterator

from bot.library.faults import Fault
from bot.library.files import duplicates
from bot.model.content import Text
from bot.model.forms import Checklist, Item
from bot.understanding.release import Release

_MUST = ("id", "en")
_MOST_LABEL, _MOST_LINE, _MOST_ITEMS, _MOST_BUTTON = 24, 60, 14, 64
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def checklists(release: Release) -> Iterator[Fault]:
    """Everything wrong with the checklists and with the topics that offer them."""
    for checklist in release.content.checklists.values():
        yield from _checklist(release, checklist)
    for topic in release.content.topics.values():
        if topic.checklist and topic.checklist not in release.content.checklists:
            file = f"topics/{topic.id}/topic.yaml"
            yield Fault(
                file, 1, f"checklist: there is no checklist {topic.checklist}", "Correct the id", near="checklist:"
            )


def _checklist(release: Release, checklist: Checklist) -> Iterator[Fault]:
    file = f"checklists/{checklist.id}.yaml"
    yield from _text(file, "title", checklist.title, _MOST_LABEL)
    if not 1 <= len(checklist.items) <= _MOST_ITEMS:
        yield Fault(
            file, 1, f"{len(checklist.items)} items", f"From 1 to {_MOST_ITEMS}: make two lists of it", near="items:"
        )
    for id in sorted(set(duplicates([one.id for one in checklist.items]))):
        mend = "Rename one: what people ticked is kept under this id"
        yield Fault(file, 1, f"the item {id} stands twice", mend, near=f"id: {id} ... id: {id}")
    for item in checklist.items:
        yield from _text(file, item.id, item.text, _MOST_LINE)
        yield from _leads(release, file, checklist, item)


def _leads(release: Release, file: str, checklist: Checklist, item: Item) -> Iterator[Fault]:
    """The ids of an item: its own, that of the button it becomes, and that of the topic that explains it."""
    if not _ID.fullmatch(item.id):
        yield Fault(file, 1, f"{item.id!r} is no id", "Lower-case words with hyphens", near=f"id: {item.id}")
    if len(f"untick:{checklist.id}:{item.id}") > _MOST_BUTTON:
        what = f"{item.id}: too long together with {checklist.id}"
        yield Fault(file, 1, what, "Shorten one of the two ids", near=f"id: {item.id}")
    if item.topic and item.topic not in release.content.topics:
        what, near = f"{item.id}: there is no topic {item.topic}", f"id: {item.id} ... {item.topic}"
        yield Fault(file, 1, what, "Correct the id", near)


def _text(file: str, name: str, text: Text, most: int) -> Iterator[Fault]:
    missing = [language for language in _MUST if not text.get(language)]
    if missing:
        yield Fault(
            file,
            1,
            f"{name} is missing in {', '.join(missing)}",
            "Write it",
            near="title:" if name == "title" else f"id: {name}",
        )
    for words in text.values():
        if len(words) > most:
            yield Fault(file, 1, f"{words!r} is longer than {most} letters", "Say it in fewer words", near=words)
