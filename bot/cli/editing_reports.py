"""What the editors' commands print, line by line."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from bot.knowledge.ageing import Due
from bot.knowledge.coverage import Coverage, Share
from bot.knowledge.difference import Difference, FactChange, Had, TopicChange
from bot.knowledge.doubts import Doubt
from bot.knowledge.rewording import Rewording

_MOST_NAMED = 8
_MOST_LINES = 24


def coverage(found: Sequence[Coverage]) -> Iterator[str]:
    """A table of all languages, then for each what is missing and what is hard to read."""
    yield from _table([("", *(one.language for one in found)), *_rows(found)])
    for one in found:
        if one.missing:
            yield ""
            yield f"{one.language}: {len(one.missing)} of the {one.needed.of} most needed are missing"
            yield from (f"  {topic}" for topic in one.missing)
    for one in found:
        if one.hardest:
            yield ""
            yield f"{one.language}: the hardest to read (LIX; hold it against the median {one.median_ease} of this language)"
        for hard in one.hardest:
            yield f"  {hard.ease.score:5}  {hard.topic}"
            yield f"         {hard.ease.longest_words} words: {hard.ease.longest}"


def _rows(found: Sequence[Coverage]) -> Iterator[tuple[str, ...]]:
    yield ("topics answered", *(_share(one.answered) for one in found))
    for area in found[0].areas:
        yield (f"  {area}", *(_share(one.areas[area]) for one in found))
    yield ("most needed", *(_share(one.needed) for one in found))
    yield ("our own sentences", *(_share(one.phrases) for one in found))
    yield ("questions, fewest", *(str(one.fewest_questions) for one in found))
    yield ("questions, median", *(f"{one.median_questions:g}" for one in found))
    yield ("reading ease, median", *(str(one.median_ease) for one in found))


def _share(share: Share) -> str:
    return f"{share.done}/{share.of} {share.percent:g}%" if share.of else "-"


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        yield "  ".join((first.ljust(widths[0]), *cells))


def due(found: Sequence[Due], today: date) -> Iterator[str]:
    """One thing a line, and below it what to do; things due alike on a day share the advice."""
    for (on, file, what, mend), things in groupby(found, key=lambda one: (one.on, one.place.file, one.what, one.mend)):
        yield f"{on}  {_when(on, today):12}  {file}: {what}"
        yield from (f"    {one.id}{_line(one.place.line)}" for one in things if one.id not in file)
        yield f"    -> {mend}"
    yield f"{len(found)} due, {sum(one.on < today for one in found)} of them past"


def _line(number: int) -> str:
    return f"  (line {number})" if number else ""


def _when(on: date, today: date) -> str:
    days = (on - today).days
    return f"in {days} days" if days > 0 else "today" if days == 0 else f"{-days} days past"


def doubts(found: Sequence[Doubt]) -> Iterator[str]:
    """By file: each source to be made sure of, and what rests on it."""
    for file, in_file in groupby(found, key=lambda one: one.file):
        yield file
        for one in in_file:
            yield f"  [ ] {one.status}: {' '.join(filter(None, (one.title, one.url)))}"
            yield f"      {_some(one.ids)}"
    yield f"{len(found)} sources to make sure of, under {sum(len(one.ids) for one in found)} facts"


def _some(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _MOST_NAMED} more" if len(ids) > _MOST_NAMED else ""
    return ", ".join(ids[:_MOST_NAMED]) + more


def difference(found: Difference) -> Iterator[str]:
    """What changes the meaning first, then what looks so, then everything else."""
    old, new = found.old, found.new
    yield f"{old.version} of {old.date} ({old.digest}) -> {new.version} of {new.date} ({new.digest})"
    changed = [one for one in found.topics if one.kind == "changed"]
    meant, doubtful = [one for one in changed if one.meaning], [one for one in changed if one.suspicions]
    yield from _section(
        "CHANGES THE MEANING: whoever had the old answer is told", (_meant(one, found) for one in meant)
    )
    yield from _section(
        "LOOKS LIKE A CHANGE OF MEANING: add a line to changes in topic.yaml if it is",
        ([f"{one.id}: {one.title}", *(f"  {why}" for why in one.suspicions)] for one in doubtful),
    )
    for kind in ("new", "gone"):
        listed = [one for one in found.topics if one.kind == kind]
        yield from _section(f"TOPICS {kind.upper()}", ([f"{one.id}: {one.title}", *_had(one.had)] for one in listed))
    worded = [one for one in changed if one.fields or one.texts]
    yield from _section("TOPICS CHANGED", (_topic(one) for one in worded))
    yield from _section("FIGURES, CONTACTS, WAGES, RATES CHANGED", (_fact(one) for one in found.facts))
    yield from _section("FORMS AND RULES CHANGED", (_fact(one) for one in found.rules))
    if found.others:
        yield from ("", f"ALSO CHANGED: {', '.join(found.others)}")
    if not (found.topics or found.facts or found.rules or found.others):
        yield "nothing is different"


def _section(title: str, entries: Iterable[Iterable[str]]) -> Iterator[str]:
    listed = [list(one) for one in entries]
    if listed:
        yield from ("", title)
        yield from (f"  {line}" for one in listed for line in one)


def _meant(topic: TopicChange, found: Difference) -> Iterator[str]:
    facts = [f"{one.room} {one.id}" for one in found.facts if topic.id in one.topics]
    yield f"{topic.id}: {topic.title}"
    yield from (f"  said in changes: {what}" for what in topic.marked)
    if facts:
        yield f"  through {_some(facts)}"
    elif not topic.marked:
        yield f"  through what stands in its tables for {_some(topic.editions)}"
    yield from _had(topic.had)


def _had(had: Sequence[Had]) -> Iterator[str]:
    for one in had:
        about = " ".join(filter(None, (one.country, one.sector)))
        yield f"  people who had the old answer{f' for {about}' if about else ''}: {one.people}"


def _topic(topic: TopicChange) -> Iterator[str]:
    yield f"{topic.id}: {topic.title}"
    yield from (f"  topic.yaml  {step}" for step in topic.fields)
    for text in topic.texts:
        yield from _text(text)


def _text(text: Rewording) -> Iterator[str]:
    if text.kind != "changed":
        yield f"  {text.language}.md is {text.kind}"
        return
    asked = (text.questions_added, text.questions_gone)
    questions = f"  (example questions: {asked[0]} added, {asked[1]} gone)" if any(asked) else ""
    yield f"  {text.language}.md{questions}"
    yield from (f"    {line}" for line in text.lines[:_MOST_LINES])
    if len(text.lines) > _MOST_LINES:
        yield f"    ... and {len(text.lines) - _MOST_LINES} more"


def _fact(fact: FactChange) -> Iterator[str]:
    where = f"; stands in {_some(fact.topics)}" if fact.topics else ""
    name = f"{fact.room} {fact.id}".strip()
    if fact.kind != "changed":
        yield f"{name} is {fact.kind}{where}"
        return
    yield f"{name}{where}"
    yield from (f"  {step}" for step in fact.steps[:_MOST_LINES])
