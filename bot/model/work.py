"""Work abroad as frozen values: what it pays and asks for, what is open, who places people in it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal

from bot.model.content import Source, Text

_STRICT: dict[str, Any] = {"extra": "forbid"}
Education = Literal["", "sd", "smp", "sma", "d3", "s1"]


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
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency was worth in rupiah on a day: for comparing, never for changing money."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    currency: str
    rupiah: float
    as_of: date
    review_by: date
    source: Source


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A job somebody offers now, until `expires`. `education` is the least asked for; `languages` are ids, all needed."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    country: str
    sector: str
    title: str
    agency: str
    posted: date
    expires: date
    apply: str
    source: Source
    place: str = ""
    positions: int | None = None
    wage: Wage | None = None
    age: Range = Range()
    education: Education = ""
    languages: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """A placement company as a dated public list has it. Not being on it proves nothing."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: str
    status: Literal["licensed", "suspended", "revoked"]
    as_of: str
    source: Source
    city: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class SeekerWords:
    """Words that make a number from `low` to `high` an age, before or after it; and those `around` that say nothing more."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    before: tuple[str, ...]
    after: tuple[str, ...]
    low: int
    high: int
    around: tuple[str, ...]
