"""Everything the files of one release say, before anything is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from bot.model.content import (
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
from bot.model.forms import Checklist, Form
from bot.model.particulars import FollowWords, ParticularWords
from bot.model.practice import Lesson, Story
from bot.model.rules import Holiday, QuietHours, Reading, Rules
from bot.model.templates import Templates
from bot.model.work import Agency, Job, Rate, SeekerWords, Vacancy


@dataclass(frozen=True, slots=True)
class Head:
    """What a release says of itself."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    version: str
    date: date


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the files of one release say."""

    version: str
    date: date
    digest: str
    topics: Mapping[str, Topic]
    menu: tuple[MenuEntry, ...]
    countries: Mapping[str, Named]
    sectors: Mapping[str, Named]
    figures: Mapping[str, Figure]
    contacts: Mapping[str, Contact]
    jobs: tuple[Job, ...]
    forms: Mapping[str, Form]
    commands: tuple[Command, ...]
    languages: tuple[Language, ...]
    dangers: tuple[Danger, ...]
    rules: Rules
    holidays: tuple[Holiday, ...]
    words: Mapping[str, str]
    small_words: SmallWords
    quiet: QuietHours
    rates: Mapping[str, Rate]
    agencies: tuple[Agency, ...]
    vacancies: tuple[Vacancy, ...]
    education: Mapping[str, Named]
    work_languages: Mapping[str, Named]
    seeker_words: SeekerWords
    checklists: Mapping[str, Checklist]
    overlays: tuple[Overlay, ...]
    out_of_scope: Mapping[str, tuple[str, ...]]
    glossary: Mapping[str, str]
    particulars: ParticularWords
    follow_words: FollowWords
    reading: Reading
    desk: DeskRules
    replies: Mapping[str, CannedReply]
    practice: Mapping[str, Story]
    lessons: tuple[Lesson, ...]
    templates: Templates
