"""The content as frozen values: what each kind of file under `content/` holds.

The same dataclasses are the schema: `bot.library` reads the files into them and reports every fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal

Text = Mapping[str, str]
Status = Literal["verified", "second-hand", "unverified"]
_STRICT: dict[str, Any] = {"extra": "forbid"}


def said(text: Text, language: str) -> str:
    """A text of the content in this language, else in Indonesian."""
    return text.get(language) or text.get("id") or ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read. `date` is what the page says of itself: "2025-10-15", "2025", or ""."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    title: str
    url: str
    date: str
    status: Status


@dataclass(frozen=True, slots=True)
class Answer:
    """A topic's answer in one language: up to three messages, as templates, and what people ask to get it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    title: str
    short: str
    questions: tuple[str, ...]
    parts: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """An edit after which an answer says something else: those who had the old one are told. `what` says what changed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    date: date
    what: Text
    was: Literal["outdated", "wrong"] = "outdated"


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing people ask about. `version` is a digest of its files; `answers` maps a language to its answer.

    `changes` lists every edit of meaning, oldest first. `discreet` topics are not named where others may look. `shows`
    adds what is looked up at that moment; `checklist`, and the forms `check` (a verdict) and `form` (a registration), are
    offered under the answer. `questions` are what people ask in languages it has no answer in.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    version: str
    checked: date
    review_by: date
    sources: tuple[Source, ...]
    related: tuple[str, ...] = ()
    form: str = ""
    check: str = ""
    ask: Literal["", "country"] = ""
    checklist: str = ""
    shows: Literal["", "vacancies", "wages"] = ""
    discreet: bool = False
    changes: tuple[Change, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Named:
    """A country or a sector: its names, and every way people write it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    name: Text
    aliases: tuple[str, ...]
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that lives once: an amount, a term, an age; or a range from `low` to `high`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    unit: str
    about: Text
    as_of: date
    review_by: date
    source: Source
    value: float | None = None
    low: float | None = None
    high: float | None = None
    per: Literal["", "month", "year", "hour", "day"] = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody, with the day it was last seen to be right."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    kind: Literal["phone", "whatsapp", "email", "web", "app"]
    value: str
    as_of: str
    source: Source
    note: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call. `country` "" means from everywhere."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    name: Text
    ways: tuple[Way, ...]
    country: str = ""
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line of the top list and the topics under it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    title: Text
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """A word that works everywhere, in every language."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Language:
    """What a language is known by: its function words, word endings and beginnings.

    `places` are the codes of the provinces and regencies where people speak it.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    name: Text
    words: tuple[str, ...]
    ends: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SmallWords:
    """Numbers as words and the words around them; words that carry a follow-up on, say nothing, or open a question."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    words: Mapping[str, int]
    around: tuple[str, ...]
    follow: tuple[str, ...]
    fillers: tuple[str, ...]
    openings: tuple[str, ...]
    asking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Danger:
    """Words that mean somebody is in danger, as patterns on normalised text. `call` names the contacts that fit it best."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    topic: str
    severity: Literal["emergency", "sensitive"]
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    call: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What a village adds to a national answer. `national` is the version of that answer it was written beside."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    topic: str
    national: str
    text: Text


@dataclass(frozen=True, slots=True)
class Overlay:
    """The notes of one village, district, regency or province, by its official code."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    unit: str
    as_of: date
    review_by: date
    source: str
    notes: tuple[Note, ...]
