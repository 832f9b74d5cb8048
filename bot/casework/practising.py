"""Training, the pure part: what a pretend person answers, what may be learnt from an act, how a practice has gone."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.casework.numbers import sayable
from bot.model.case import Case, Event, EventKind
from bot.model.practice import STORY, Lesson, Line, Practice, Slip, Story, When

DEEDS: tuple[EventKind, ...] = ("claimed", "to-person", "note", "revealed", "closed")
"""What is counted at the end: in how many cases the officer did it."""
_LONG_NUMBER = re.compile(r"(?:\d[ .\-]?){9,}")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Learnt:
    """How a practice has gone: how many cases, in how many of them each deed was done, and what there is to remember."""

    cases: int
    deeds: Mapping[EventKind, int]
    lessons: tuple[Lesson, ...]


def answer(story: Story, before: Sequence[Event], event: Event) -> Line | None:
    """What the pretend person does after this event of their case; `before` is its book without it."""
    said = {one.text for one in before if one.kind == "from-person"}
    fitting = (line for line in story.lines if line.after == event.kind and _WHEN[line.when](before))
    return next((line for line in fitting if not line.says or line.says not in said), None)


def lessons(
    story: Story, rules: Iterable[Lesson], case: Case, before: Sequence[Event], event: Event
) -> tuple[Lesson, ...]:
    """What there is to learn from this act."""
    fitting = (rule for rule in rules if rule.after == event.kind and rule.urgency in ("", case.urgency))
    return tuple(rule for rule in fitting if _SLIPS[rule.when](story, rule, before, event))


def learnt(practice: Practice, stories: Mapping[str, Story], rules: Sequence[Lesson]) -> Learnt:
    """How it has gone; each lesson once."""
    done = {kind: sum(any(one.kind == kind for one in book) for _, book in practice.cases) for kind in DEEDS}
    found = [
        lesson
        for case, book in practice.cases
        if (story := stories.get(case.answers.get(STORY, "")))
        for place, event in enumerate(book)
        for lesson in lessons(story, rules, case, book[:place], event)
    ]
    return Learnt(len(practice.cases), done, tuple(rule for rule in rules if rule in found))


def _answered(before: Iterable[Event]) -> bool:
    return any(one.kind == "to-person" for one in before)


def _digits(_: Story, __: Lesson, before: Sequence[Event], event: Event) -> bool:
    """A telephone number or that of an identity card; the case's own number is none."""
    text = event.text.replace(event.case, "").replace(sayable(event.case), "")
    return _LONG_NUMBER.search(text) is not None


def _names(words: Iterable[str], text: str) -> bool:
    spoken = f" {' '.join(_WORD.findall(text.lower()))} "
    return any(f" {' '.join(_WORD.findall(word.lower()))} " in spoken for word in words)


def _to_a_stranger(story: Story, _: Lesson, before: Sequence[Event], event: Event) -> bool:
    """Whoever wrote last from this phone was not they, and now reads what is theirs."""
    heard = [one.text for one in before if one.kind == "from-person"]
    strange = bool(heard) and any(line.stranger and line.says == heard[-1] for line in story.lines)
    return strange and _names(story.secret, event.text)


_WHEN: Mapping[When, Callable[[Sequence[Event]], bool]] = {
    "always": lambda before: True,
    "answered": _answered,
    "unanswered": lambda before: not _answered(before),
}
_SLIPS: Mapping[Slip, Callable[[Story, Lesson, Sequence[Event], Event], bool]] = {
    "always": lambda story, rule, before, event: True,
    "unanswered": lambda story, rule, before, event: not _answered(before),
    "digits": _digits,
    "words": lambda story, rule, before, event: _names(rule.words, event.text),
    "stranger": _to_a_stranger,
}
