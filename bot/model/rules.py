"""The rules of casework and of when we write, as frozen values."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar, Literal

from bot.model.content import Source, Text

_STRICT: dict[str, Any] = {"extra": "forbid"}


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


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When nobody is written to unasked, by the clock on their own wall; `end` lies in the next morning."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    start: time
    end: time
