"""The folder `content/` into one release. Everything wrong with any file is said at once, and then nothing is loaded."""

import lzma
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.library import market
from bot.library.faults import Fault, Faulty
from bot.library.files import Sheet, duplicates, gather, read_yaml, shape, split_front_matter
from bot.library.folder import digest, digest_of, is_content
from bot.model.content import (
    Answer,
    Command,
    Contact,
    Danger,
    Figure,
    Language,
    MenuEntry,
    Named,
    Overlay,
    SmallWords,
    Topic,
)
from bot.model.desk import CannedReply, DeskRules
from bot.model.forms import Checklist, Form, Option
from bot.model.knowledge import Content, Head
from bot.model.particulars import FollowWords, ParticularWords
from bot.model.practice import Lesson, Story
from bot.model.rules import Holiday, QuietHours, Reading, Rules
from bot.model.templates import Templates
from bot.model.work import Job, Rate, SeekerWords
from bot.understanding.normalise import Normaliser, read_words
from bot.understanding.phrases import read_pattern
from bot.understanding.release import Release, assemble
from bot.understanding.villages import Villages

_BREAK = re.compile(r"\n---[ \t]*\n")


def load(folder: Path) -> Release:
    """The release in this folder. Raises `Faulty`."""
    return assemble(read(folder), read_villages(folder))


def read(folder: Path) -> Content:
    """The files as values, their references not yet followed (`check` does). Raises `Faulty`."""
    if not is_content(folder):
        raise Faulty([Fault("release.yaml", 0, f"{folder} holds no content", "Set CONTENT_DIR to the content folder")])
    parts: dict[str, Callable[[], Any]] = {
        "head": partial(_one, Head, folder / "release.yaml", folder),
        "topics": partial(_by_id, _topics, folder),
        "menu": partial(_one, tuple[MenuEntry, ...], folder / "data/menu.yaml", folder),
        "countries": partial(_listed_by_id, tuple[Named, ...], folder / "data/countries.yaml", folder),
        "sectors": partial(_listed_by_id, tuple[Named, ...], folder / "data/sectors.yaml", folder),
        "figures": partial(_many_by_id, tuple[Figure, ...], "data/figures", folder),
        "contacts": partial(_many_by_id, tuple[Contact, ...], "data/contacts", folder),
        "jobs": partial(_one, tuple[Job, ...], folder / "data/wages.yaml", folder),
        "forms": partial(_by_id, _forms, folder),
        "commands": partial(_one, tuple[Command, ...], folder / "data/commands.yaml", folder),
        "languages": partial(_one, tuple[Language, ...], folder / "data/languages.yaml", folder),
        "dangers": partial(_dangers, folder),
        "rules": partial(_one, Rules, folder / "rules/deadlines.yaml", folder),
        "holidays": partial(_one, tuple[Holiday, ...], folder / "calendars/holidays.yaml", folder),
        "words": partial(_words, folder),
        "small_words": partial(_one, SmallWords, folder / "data/small-words.yaml", folder),
        "quiet": partial(_one, QuietHours, folder / "rules/quiet-hours.yaml", folder),
        "rates": partial(_rates, folder),
        "agencies": partial(market.read_agencies, folder / "data/agencies.csv", folder),
        "vacancies": partial(market.read_vacancies, folder / "data/vacancies.csv", folder),
        "education": partial(_listed_by_id, tuple[Named, ...], folder / "data/education.yaml", folder),
        "work_languages": partial(_listed_by_id, tuple[Named, ...], folder / "data/work-languages.yaml", folder),
        "seeker_words": partial(_one, SeekerWords, folder / "data/seekers.yaml", folder),
        "checklists": partial(_by_id, _checklists, folder),
        "overlays": partial(_overlays, folder),
        "desk": partial(_optional, DeskRules, folder / "rules/desk.yaml", folder, DeskRules()),
        "replies": partial(_by_id, _replies, folder),
        "practice": partial(_by_id, _stories, folder),
        "lessons": partial(_optional, tuple[Lesson, ...], folder / "rules/practice.yaml", folder, ()),
        "templates": partial(_optional, Templates, folder / "rules/whatsapp-templates.yaml", folder, Templates()),
        "out_of_scope": partial(_optional, Mapping[str, tuple[str, ...]], folder / "data/out-of-scope.yaml", folder),
        "glossary": partial(_optional, Mapping[str, str], folder / "data/glossary.yaml", folder),
        "particulars": partial(_optional, ParticularWords, folder / "data/particulars.yaml", folder, ParticularWords()),
        "reading": partial(_optional, Reading, folder / "rules/reading.yaml", folder, Reading()),
        "follow_words": partial(_optional, FollowWords, folder / "data/follow-ups.yaml", folder, FollowWords()),
    }
    found = dict(zip(parts, gather(parts.values()), strict=True))
    head = found.pop("head")
    gather(_patterns(found["dangers"], read_words(found["words"])))
    return Content(version=head.version, date=head.date, digest=digest_of(folder), **found)


def load_files(files: Mapping[str, bytes], folder: Path) -> Release:
    """A release kept elsewhere, laid out in an empty folder. Raises `Faulty`."""
    for path, body in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    return load(folder)


@lru_cache(maxsize=1)
def _villages(packed: bytes) -> Villages:
    """Kept for the next release, which nearly always has the same list: it is the largest thing in memory."""
    return Villages.read(lzma.decompress(packed).decode("utf-8"))


def read_villages(folder: Path) -> Villages:
    """The official list of villages."""
    try:
        return _villages((folder / "villages.csv.xz").read_bytes())
    except (OSError, lzma.LZMAError, UnicodeDecodeError, ValueError) as error:
        mend = "Make it anew: desmigratif village import FOLDER"
        raise Faulty([Fault("villages.csv.xz", 0, f"not readable: {error}", mend)]) from None


def _one(kind: Any, path: Path, root: Path) -> Any:
    return shape(kind, read_yaml(path, root))


def _optional(kind: Any, path: Path, root: Path, none: Any = MappingProxyType({})) -> Any:
    """What releases had none of at first."""
    return _one(kind, path, root) if path.is_file() else none


def _listed_by_id(kind: Any, path: Path, root: Path) -> dict[str, Any]:
    return _unique([(str(path.relative_to(root)), one) for one in _one(kind, path, root)])


def _many_by_id(kind: Any, folder: str, root: Path) -> dict[str, Any]:
    files = sorted((root / folder).glob("*.yaml"))
    lists = gather(partial(_one, kind, file, root) for file in files)
    return _unique(
        [(str(file.relative_to(root)), one) for file, found in zip(files, lists, strict=True) for one in found]
    )


def _by_id(read_all: Callable[[Path], list[tuple[str, Any]]], root: Path) -> dict[str, Any]:
    return _unique(read_all(root))


def _unique(found: list[tuple[str, Any]]) -> dict[str, Any]:
    doubled = set(duplicates([one.id for _, one in found]))
    if doubled:
        raise Faulty(
            [
                Fault(file, 0, f"the id {one.id!r} stands twice", "Rename one")
                for file, one in found
                if one.id in doubled
            ]
        )
    return {one.id: one for _, one in found}


def _topics(root: Path) -> list[tuple[str, Any]]:
    files = sorted((root / "topics").glob("*/*/topic.yaml"))
    stray = [one for one in (root / "topics").glob("*/*") if one.is_dir() and not (one / "topic.yaml").is_file()]
    missing = [
        partial(
            _raise,
            Fault(f"{one.relative_to(root)}/topic.yaml", 0, "the file is missing", "Write it or remove the folder"),
        )
        for one in stray
    ]
    topics = gather([*missing, *(partial(_topic, file, root) for file in files)])
    return [(str(file.relative_to(root)), one) for file, one in zip(files, topics, strict=True)]


def _raise(fault: Fault) -> None:
    raise Faulty([fault])


def _topic(file: Path, root: Path) -> Topic:
    sheet, folder = read_yaml(file, root), file.parent
    texts = sorted(folder.glob("*.md"))
    answers = dict(zip([one.stem for one in texts], gather(partial(_answer, one, root) for one in texts), strict=True))
    value = {
        **_named(sheet),
        "id": f"{folder.parent.name}/{folder.name}",
        "version": digest(folder.iterdir(), root),
        "questions": _questions(folder / "questions.yaml", root),
        "answers": {},
    }
    topic: Topic = shape(Topic, sheet, value)
    return replace(topic, answers=answers)


def _named(sheet: Sheet) -> dict[str, Any]:
    """The values by name. Raises `Faulty` when a file holds a list or bare words instead."""
    if sheet.value is not None and not isinstance(sheet.value, dict):
        raise Faulty([Fault(sheet.file, sheet.line(()), "no lines like `name: value`", "See docs/content.md")])
    return sheet.value or {}


def _questions(file: Path, root: Path) -> dict[str, tuple[str, ...]]:
    """What people ask in languages without an answer of their own."""
    found: dict[str, tuple[str, ...]] = _one(dict[str, tuple[str, ...]], file, root) if file.is_file() else {}
    return found


def _answer(file: Path, root: Path) -> Answer:
    sheet, body, _ = split_front_matter(file, root)
    parts = [part.strip() for part in _BREAK.split("\n" + body.strip() + "\n") if part.strip()]
    if not parts:
        raise Faulty([Fault(sheet.file, 0, "there is no answer below the front matter", "Write it")])
    found: Answer = shape(Answer, sheet, {**_named(sheet), "parts": parts})
    return found


def _forms(root: Path) -> list[tuple[str, Any]]:
    answers = _one(tuple[Option, ...], root / "data/yes-no.yaml", root)
    files = sorted((root / "forms").glob("*.yaml"))
    return [
        (str(file.relative_to(root)), one)
        for file, one in zip(files, gather(partial(_form, file, root, answers) for file in files), strict=True)
    ]


def _form(file: Path, root: Path, answers: tuple[Option, ...]) -> Form:
    """A form; a question of yes or no has the two answers every language knows."""
    sheet = read_yaml(file, root)
    form: Form = shape(Form, sheet)
    fields = tuple(replace(one, options=answers) if one.kind == "yes-no" else one for one in form.fields)
    return replace(form, fields=fields)


def _dangers(root: Path) -> tuple[Danger, ...]:
    files = sorted((root / "danger").glob("*.yaml"))
    return tuple(gather(partial(_one, Danger, file, root) for file in files))


def _checklists(root: Path) -> list[tuple[str, Any]]:
    files = sorted((root / "checklists").glob("*.yaml"))
    lists = gather(partial(_one, Checklist, file, root) for file in files)
    return [(str(file.relative_to(root)), one) for file, one in zip(files, lists, strict=True)]


def _replies(root: Path) -> list[tuple[str, Any]]:
    files = sorted((root / "replies").glob("*.yaml"))
    found = gather(partial(_one, CannedReply, file, root) for file in files)
    return [(str(file.relative_to(root)), one) for file, one in zip(files, found, strict=True)]


def _stories(root: Path) -> list[tuple[str, Any]]:
    files = sorted((root / "practice").glob("*.yaml"))
    found = gather(partial(_one, Story, file, root) for file in files)
    return [(str(file.relative_to(root)), one) for file, one in zip(files, found, strict=True)]


def _overlays(root: Path) -> tuple[Overlay, ...]:
    files = sorted((root / "overlays").glob("*.yaml"))
    return tuple(gather(partial(_one, Overlay, file, root) for file in files))


def _rates(root: Path) -> dict[str, Rate]:
    path = root / "data/rates.yaml"
    listed: tuple[Rate, ...] = _one(tuple[Rate, ...], path, root) if path.is_file() else ()
    return {one.currency: one for one in listed}


def _patterns(dangers: Iterable[Danger], normaliser: Normaliser) -> list[Callable[[], None]]:
    """Every pattern of a danger can be read as one."""
    return [
        partial(_pattern, rule.id, source, normaliser) for rule in dangers for source in (*rule.phrases, *rule.unless)
    ]


def _pattern(rule: str, source: str, normaliser: Normaliser) -> None:
    try:
        read_pattern(source, normaliser)
    except ValueError as error:
        raise Faulty([Fault(f"danger/{rule}.yaml", 0, str(error), "Correct the phrase or remove it")]) from None


def _words(root: Path) -> dict[str, str]:
    files = sorted((root / "data").glob("words*.yaml"))
    sheets: list[Sheet] = gather(partial(read_yaml, file, root) for file in files)
    return {short: spelt or "" for sheet in sheets for short, spelt in _named(sheet).items()}
