"""What does not fit on the smallest screen: labels and texts as WhatsApp takes them, and choices nobody can tell apart.

Nothing of it would be lost there: a label would be cut and stand whole below, a long list be told with numbers, a long text
be sent in pieces. It is what an editor can say in fewer words.
"""

from collections.abc import Iterator, Mapping, Sequence

from bot.library.faults import THEN, Fault
from bot.library.files import duplicates
from bot.markdown import units, whatsapp
from bot.model.content import Text, Topic, said
from bot.model.forms import Form
from bot.model.screens import LONGEST_DESCRIPTION, LONGEST_ROW, LONGEST_TEXT, MOST_ROWS
from bot.understanding.release import Release
from bot.wording import Wording

_NAMED = ("taiwan", "domestic-work")
_TABLE = "_table"  # any other message is held to fewer letters anyhow


def screens(release: Release) -> Iterator[Fault]:
    """What of the content is too much, or alike."""
    content = release.content
    languages = [one.id for one in content.languages]
    yield from _entries(release, languages)
    for form in content.forms.values():
        yield from _choices(form, languages)
    for topic in content.topics.values():
        yield from _answers(release, topic)
    for id, reply in content.replies.items():
        yield from _label(f"replies/{id}.yaml", reply.title)
    for id, checklist in content.checklists.items():
        yield from _label(f"checklists/{id}.yaml", checklist.title)


def _entries(release: Release, languages: Sequence[str]) -> Iterator[Fault]:
    file = "data/menu.yaml"
    for language in languages:
        titles = [said(entry.title, language) for entry in release.content.menu]
        yield from _alike(file, f"the entries in {language}", titles)
        for entry in release.content.menu:
            topics = [one for one in entry.topics if one in release.content.topics]
            shown = [release.title(one, language) for one in topics]
            yield from _alike(file, f"the topics of {entry.id} in {language}", shown, f"id: {entry.id}")
    for entry in release.content.menu:
        yield from _label(file, entry.title)


def _choices(form: Form, languages: Sequence[str]) -> Iterator[Fault]:
    file = f"forms/{form.id}.yaml"
    yield from _label(file, form.title)
    for field in form.fields:
        near = f"id: {field.id}"
        if len(field.options) > MOST_ROWS:
            what = f"{field.id}: {len(field.options)} choices, and a list takes {MOST_ROWS}"
            yield Fault(file, 1, what, "Leave out or join some", f"{near}{THEN}options:")
        for words in field.label.values():
            if units(words) > LONGEST_DESCRIPTION:
                what = f"{field.id}: the label {words!r} is longer than {LONGEST_DESCRIPTION}"
                yield Fault(file, 1, what, "It stands in a list: shorten it", f"{near}{THEN}{words}")
        for option in field.options:
            yield from _label(file, option.label)
        for language in languages:
            labels = [said(one.label, language) for one in field.options]
            yield from _alike(file, f"{field.id}: the choices in {language}", labels, near)


def _answers(release: Release, topic: Topic) -> Iterator[Fault]:
    for language, answer in topic.answers.items():
        file = f"topics/{topic.id}/{language}.md"
        yield from _label(file, {language: answer.short})
        if not any(_TABLE in part for part in answer.parts):
            continue
        for part, source in zip(_parts(release, topic, language), answer.parts, strict=False):
            if units(whatsapp(part)) > LONGEST_TEXT:
                what = f"a message has more than {LONGEST_TEXT} signs as WhatsApp writes it"
                yield Fault(file, 1, what, "Split it with a line ---", near=source.partition("\n")[0])


def _parts(release: Release, topic: Topic, language: str) -> Sequence[str]:
    """An answer's messages at their longest; none when they cannot be filled in, which is told elsewhere."""
    today = release.content.date
    try:
        return max((Wording(release).answer(topic, language, today, *named) for named in ((), _NAMED)), key=_length)
    except Exception:  # a template of an editor can fail in any way
        return ()


def _length(parts: Sequence[str]) -> int:
    return sum(map(len, parts))


def _label(file: str, text: Text | Mapping[str, str]) -> Iterator[Fault]:
    """A label of so few letters may still be too long, since some letters count twice. More letters are told elsewhere."""
    for words in text.values():
        if len(words) <= LONGEST_ROW < units(words):
            what = f"{words!r} takes more room than {LONGEST_ROW} letters: an emoji counts two"
            yield Fault(file, 1, what, "It stands on a button: shorten it", near=words)


def _alike(file: str, where: str, labels: Sequence[str], near: str = "") -> Iterator[Fault]:
    for label in sorted(set(duplicates(labels))):
        yield Fault(
            file, 1, f"{where}: {label!r} stands twice", "Nobody can tell them apart: change one", near or label
        )
