"""The words by which people tell of a matter: about whom, how much money, since when, which papers; and how they go on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

_STRICT: dict[str, Any] = {"extra": "forbid"}
About = Literal["", "me", "family", "other"]
Unit = Literal["day", "week", "month", "year"]
Period = Literal["", "hour", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Relation:
    """Somebody a matter can be about. `owned` words count only as somebody's: "ibu saya", not "ibu, mau tanya"."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    about: Literal["family", "other"]
    words: tuple[str, ...]
    owned: bool = False


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency and what people call it. `marks` are letters that name it only before a dollar sign: hk$, S$."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    words: tuple[str, ...]
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a person's own, and what people call it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParticularWords:
    """Everything data/particulars.yaml holds; releases had none of it at first."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    relations: tuple[Relation, ...] = ()
    nobody: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    me: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    my: tuple[str, ...] = ()
    they: tuple[str, ...] = ()
    by_the_way: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    currencies: tuple[Currency, ...] = ()
    dollars: tuple[str, ...] = ()
    times: Mapping[str, float] = field(default_factory=dict)
    once: Mapping[str, float] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    tens: tuple[str, ...] = ()
    teens: tuple[str, ...] = ()
    per: Mapping[Literal["hour", "day", "month", "year"], tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[Unit, tuple[str, ...]] = field(default_factory=dict)
    one: Mapping[str, Unit] = field(default_factory=dict)
    lasting: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    moments: Mapping[str, int] = field(default_factory=dict)
    of_else: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    months: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowWords:
    """How people go on with what was just said, as data/follow-ups.yaml has it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    further: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    of_anything: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
