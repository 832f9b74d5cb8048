"""What a topic's own files may hold wrongly: dates, languages, layout no chat can show, links, templates, stray files."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from jinja2 import TemplateSyntaxError

from bot.library.faults import Fault
from bot.library.files import duplicates
from bot.library.folder import kept
from bot.model.content import Answer, Topic
from bot.understanding.release import Release

MUST = ("id", "en")
_BESIDE_ANSWERS = ("topic.yaml", "questions.yaml")
_LAYOUT = re.compile(r"^[ \t]*(?:(?P<heading>#+.*)|(?P<table>\|.*))$", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?://|\{\{)([^)\n]*)\)?")
_QUOTED = re.compile(r"'([^']+)'")


def topics(release: Release, today: date) -> Iterator[Fault]:
    """Everything wrong with the topics one by one."""
    languages = {one.id for one in release.content.languages}
    for topic in release.content.topics.values():
        yield from _dates(topic, today)
        yield from _changes(topic)
        for language, answer in topic.answers.items():
            file = f"topics/{topic.id}/{language}.md"
            if language not in languages:
                mend = "Correct the file's name, or add the language"
                yield Fault(file, 0, f"data/languages.yaml knows no language {language}", mend)
            yield from _layout(file, answer)
            yield from _asked_twice(file, answer.questions)
        for asked in topic.questions.values():
            yield from _asked_twice(f"topics/{topic.id}/questions.yaml", asked)


def stray(folder: Path) -> Iterator[Fault]:
    """Files among the topics that nothing reads."""
    for file in (one.relative_to(folder) for one in kept(folder / "topics")):
        read = len(file.parts) == 4 and (file.suffix == ".md" or file.name in _BESIDE_ANSWERS)
        if not read:
            mend = "A topic's folder holds topic.yaml, questions.yaml and an answer such as id.md: rename or remove it"
            yield Fault(str(file), 0, "nothing reads this file", mend)


def unfilled(error: Exception) -> tuple[str, str]:
    """Why a text cannot be filled in, in an editor's words, and a piece of the text where it shows."""
    if isinstance(error, KeyError):
        return f"nothing in data/ is named {error}", str(error.args[0])
    if isinstance(error, TemplateSyntaxError):
        return _template(error)
    name = _QUOTED.search(str(error))
    return str(error), name.group(1) if name else ""


def _template(error: TemplateSyntaxError) -> tuple[str, str]:
    said, lines = error.message or "", (error.source or "").splitlines()
    near = lines[error.lineno - 1].strip() if 0 < error.lineno <= len(lines) else ""
    if "end of template" in said and (opened := [line.strip() for line in lines if "{%" in line]):
        return "{% if %} without {% endif %}", opened[-1]
    if "unknown tag" in said:
        word = _QUOTED.search(said)
        ends = "{% endif %} without {% if %}"
        return ends if word and word.group(1) in ("endif", "else", "elif") else said, near
    return f"{{{{ or {{% that is not closed, or a word in it that is not right ({said})", near


def _dates(topic: Topic, today: date) -> Iterator[Fault]:
    file = f"topics/{topic.id}/topic.yaml"
    if topic.checked > today:
        mend = "Write the day the answer was held against its sources"
        yield Fault(file, 1, f"checked {topic.checked} is still to come", mend, near="checked:")
    if topic.valid_from and topic.valid_until and topic.valid_from > topic.valid_until:
        what = f"valid_from {topic.valid_from} is after valid_until {topic.valid_until}"
        yield Fault(file, 1, what, "Correct one of the two", near="valid_from:")


def _changes(topic: Topic) -> Iterator[Fault]:
    for change in topic.changes:
        missing = [language for language in MUST if not change.what.get(language)]
        if missing:
            what = f"changes: what of {change.date} is missing in {', '.join(missing)}"
            near = f"changes: ... {change.date}"
            yield Fault(f"topics/{topic.id}/topic.yaml", 1, what, "Write it: people are told", near=near)


def _layout(file: str, answer: Answer) -> Iterator[Fault]:
    for part in answer.parts:
        for found in _LAYOUT.finditer(part):
            line = found.group().strip()
            what, mend = ("a heading", "Write it **bold**") if found["heading"] else ("a table", "Write a list with -")
            yield Fault(file, 1, f"{what}, which no chat can show: {line[:30]!r}", mend, near=line)
        for found in _LINK.finditer(part):
            what = f"a link that does not begin with https://: {found.group(1)!r}"
            yield Fault(file, 1, what, "Write the whole address", near=found.group())


def _asked_twice(file: str, questions: Sequence[str]) -> Iterator[Fault]:
    spelt = {" ".join(question.casefold().split()): question for question in questions}
    for words in duplicates([" ".join(question.casefold().split()) for question in questions]):
        question = spelt[words]
        near = f"{question} ... {question}"
        yield Fault(file, 1, f"the question {question!r} stands twice", "Keep one of them", near=near)
