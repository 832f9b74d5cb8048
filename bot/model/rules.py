"""The rules of casework and of when we write, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar, Literal

from bot.model.case import Urgency
from bot.model.content import Source, Text

_STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Limit:
    """How soon an officer must answer: minutes or hours on the clock, or working days."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    minutes: int = 0
    hours: int = 0
    working_days: int = 0

    @property
    def working(self) -> bool:
        """Whether it runs in office hours only."""
        return self.working_days > 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """The limits for one kind of case: until its first answer, and `then`, from each answer on, until the next or the end."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    kind: str
    urgency: Urgency
    limit: Limit
    then: Limit


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When a village office works, in its own time zone."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    start: time
    end: time
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The deadlines of casework.

    `warn_at_percent` is how much of a limit is over when the officer is warned. `aside_hours` is how long a case may be put
    aside at most, by urgency.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    office_hours: OfficeHours
    deadlines: tuple[Deadline, ...]
    warn_at_percent: int
    aside_hours: Mapping[Urgency, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """How many cases one officer may open before the level above is told; 0 is no limit. All count over the last day.

    `out_of_sight`: how often within an hour they may ask for one that is not in their sight.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    in_an_hour: int = 0
    not_held: int = 0
    outside_hours: int = 0
    same_person: int = 0
    out_of_sight: int = 0


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
