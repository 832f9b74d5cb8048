"""The content as frozen values: what each kind of file under `content/` holds.

The same dataclasses are the schema: `bot.library` reads the files into them and reports every fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
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
class Topic:
    """One thing people ask about. `version` is a digest of its files; `answers` maps a language to its answer."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    version: str
    checked: date
    review_by: date
    sources: tuple[Source, ...]
    related: tuple[str, ...] = ()
    form: str = ""
    ask: Literal["", "country"] = ""
    valid_from: date | None = None
    valid_until: date | None = None
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
class Wage:
    """What a job pays before deductions; `minimum` by law, `agreed` by treaty, `offered`, or `typical`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    amount: float
    currency: str
    per: Literal["month", "year", "hour", "day"]
    kind: Literal["minimum", "agreed", "offered", "typical"]
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, each end may be unknown."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One row of the table country x sector."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    country: str
    sector: str
    open: bool
    as_of: str
    review_by: date
    source: Source
    wage: Wage | None = None
    note: Text = field(default_factory=dict)
    age: Range = Range()
    language: Text = field(default_factory=dict)
    scheme: Text = field(default_factory=dict)
    contract: Text = field(default_factory=dict)
    costs: Text = field(default_factory=dict)
    unsure: tuple[str, ...] = ()


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
    """What a language is known by: its function words, word endings and beginnings."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    name: Text
    words: tuple[str, ...]
    ends: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()


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
    """Words that mean somebody is in danger, as patterns on normalised text."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    topic: str
    severity: Literal["emergency", "sensitive"]
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One of the closed choices of a field."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    kind: Literal["choice", "text", "number", "village", "phone", "date", "yes-no", "media"]
    ask: Text
    purpose: Text
    label: Text = field(default_factory=dict)
    example: Text = field(default_factory=dict)
    error: Text = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    low: int | None = None
    high: int | None = None
    skip: bool = False
    remember: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A registration: its questions, why they are asked and how long the answers are kept after closing."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    kind: str
    title: Text
    purpose: Text
    keep_months: int
    fields: tuple[Field, ...]
    urgency: Literal["emergency", "sensitive", "general"] = "general"
    up_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: int = 50

    def field(self, id: str) -> Field | None:
        """The field of this id, or None when a newer release has dropped it."""
        return next((one for one in self.fields if one.id == id), None)


@dataclass(frozen=True, slots=True)
class Limit:
    """How soon an officer must answer: minutes or hours on the clock, or working days."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    minutes: int = 0
    hours: int = 0
    working_days: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """The limit for one kind of case."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    kind: str
    urgency: Literal["emergency", "sensitive", "general"]
    limit: Limit


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When a village office works, in its own time zone."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    start: time
    end: time
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The deadlines of casework."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    office_hours: OfficeHours
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day no office works."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    date: date
    name: Text
    source: Source
