"""What may be wrong with the messages a platform approves beforehand: one that tells too much, or that it would not take."""

import re
from collections.abc import Iterator
from typing import get_args

from bot.casework.window import filled
from bot.library.faults import Fault
from bot.model.content import said
from bot.model.templates import Notice, TemplateSheet, TemplateText
from bot.understanding.release import Release

_FILE = "rules/whatsapp-templates.yaml"
_MUST = ("id", "en")
_LANGUAGES = ("id", "en", "ms")
"""Of ours, those in which the platform takes templates."""
_NAME = re.compile(r"[a-z0-9_]{1,512}")
_PLACE = re.compile(r"\{\{(.*?)\}\}")
_WORD = re.compile(r"[\w-]+")
_PRESS = re.compile(r"do:[a-z-]{1,40}")
_LONGEST, _LONGEST_BUTTON = 350, 20
_STANDS = ("", "case", "covered", "work", "emergency")


def templates(release: Release) -> Iterator[Fault]:
    """Everything wrong with them, and with what messages cost."""
    rules = release.content.templates
    if rules.again_after_hours < 1:
        yield Fault(
            _FILE, 1, "again_after_hours is less than 1", "Nobody is written to at every turn", "again_after_hours:"
        )
    names = [one.name for one in rules.templates]
    for one in rules.templates:
        near = f"name: {one.name}"
        if names.count(one.name) > 1:
            yield Fault(_FILE, 1, f"the name {one.name!r} stands twice", "Rename one", near)
        yield from _sheet(release, one)
    for price in rules.prices:
        if price.price < 0 or not price.source.url:
            what = f"the price of {price.category} since {price.since} has no source, or is less than nothing"
            yield Fault(_FILE, 1, what, "Write what the platform publishes, and where", near="prices:")


def _sheet(release: Release, one: TemplateSheet) -> Iterator[Fault]:
    near = f"name: {one.name}"
    if not _NAME.fullmatch(one.name):
        yield Fault(_FILE, 1, f"{one.name!r} is no name", "Small letters, digits and _", near)
    if not one.stands_for or set(one.stands_for) - set(_STANDS):
        known = ", ".join(name for name in get_args(Notice) if name in _STANDS and name)
        yield Fault(_FILE, 1, f"{one.name}: stands for nothing it could", f"One or more of: {known}", near)
    if one.press and not _PRESS.fullmatch(one.press):
        yield Fault(
            _FILE, 1, f"{one.name}: {one.press!r} is no button of ours", "do: and a word of data/commands", near
        )
    for language in _MUST:
        if language not in one.texts:
            yield Fault(_FILE, 1, f"{one.name}: the language {language} is missing", "Write it", near)
    for language, text in one.texts.items():
        if language not in _LANGUAGES:
            what = f"{one.name}: the platform takes no templates in {language}"
            yield Fault(_FILE, 1, what, f"One of {', '.join(_LANGUAGES)}", near)
        yield from _text(release, one, text)


def _text(release: Release, one: TemplateSheet, text: TemplateText) -> Iterator[Fault]:
    body, near = text.body, text.body[:40]
    places = [int(place) if place.isdigit() else 0 for place in _PLACE.findall(body)]
    if places != list(range(1, len(one.parameters) + 1)):
        mend = f"Its parameters are {len(one.parameters)}: {{{{1}}}}, {{{{2}}}} ... in their order, each once"
        yield Fault(_FILE, 1, f"{one.name}: the places of {near!r} are not so many", mend, near)
    if body != body.strip() or body.startswith("{{") or body.rstrip(".!?").endswith("}}") or "\n\n\n" in body:
        mend = "Words before the first place and after the last, no gaps"
        yield Fault(_FILE, 1, f"{one.name}: {near!r} begins or ends as the platform does not take it", mend, near)
    if not 0 < len(body) <= _LONGEST:
        yield Fault(_FILE, 1, f"{one.name}: {len(body)} letters", f"1 to {_LONGEST}", near)
    if bool(text.button) != bool(one.press) or len(text.button) > _LONGEST_BUTTON:
        mend = f"Its words, at most {_LONGEST_BUTTON} letters, and `press`: both or neither"
        yield Fault(_FILE, 1, f"{one.name}: the button {text.button!r} does not fit", mend, near)
    yield from _tells(release, one, text)


def _tells(release: Release, one: TemplateSheet, text: TemplateText) -> Iterator[Fault]:
    """Nobody who looks at the phone may learn anything of it."""
    words = f"{filled(text.body, ['...'] * len(one.parameters))} {text.button}"
    spoken = _spaced(words)
    named = (*release.content.templates.never_say, *_discreet(release))
    forbidden = [word for word in named if _spaced(word) in spoken]
    if release.hear(words).danger:
        forbidden.append("what sounds of danger")
    for word in forbidden:
        mend = "Say that there is news, and nothing of what it is about"
        yield Fault(_FILE, 1, f"{one.name}: {word!r} tells too much", mend, text.body[:40])


def _spaced(words: str) -> str:
    """Whole words only: a name may hide in none."""
    return f" {' '.join(_WORD.findall(words.casefold()))} "


def _discreet(release: Release) -> list[str]:
    """What the forms and the matters are called that are not named where others may look."""
    forms = [said(form.title, language) for form in release.content.forms.values() for language in _MUST]
    topics = [
        answer.title for one in release.content.topics.values() if one.discreet for answer in one.answers.values()
    ]
    return [*forms, *topics]
