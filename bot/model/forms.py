"""What is asked of people, as frozen values: registrations, the check of an offer, checklists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from bot.model.content import Source, Text

_STRICT: dict[str, Any] = {"extra": "forbid"}
Told = Literal["", "about", "country", "sector", "danger", "story", "amount", "since"]
Level = Literal["village", "district", "regency", "province"]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the closed choices of a field. Where the field is filled `from` what was told, also meant by these ids."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    label: Text
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. Of kind `agency` it is a placement company's name, looked up in the list.

    `from_` (in the file: from) is what the message before the form may have told already. It is asked only `if_` (in the
    file: if) each of the earlier questions named there was answered so, "" for not at all. Its answer `sets` whether we may
    write to the person of the case first. `then` is what we say at once to some answers: "unsafe" how to get away, and whom
    to call.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {**_STRICT, "alias_generator": lambda name: name.rstrip("_")}
    id: str
    kind: Literal["choice", "text", "number", "village", "phone", "date", "yes-no", "media", "agency"]
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
    from_: Told = ""
    if_: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sets: Literal["", "may-write"] = ""
    then: Mapping[str, Literal["unsafe"]] = field(default_factory=dict)

    def fits(self, answers: Mapping[str, str]) -> bool:
        """Whether it is asked at all, after these answers."""
        return all(answers.get(one, "") in wanted for one, wanted in self.if_.items())

    def contradicts(self, answers: Mapping[str, str]) -> bool:
        """Whether an answer given before has no place any more. What was known before the first question waits for it."""
        return any(one in answers and answers[one] not in wanted for one, wanted in self.if_.items())


@dataclass(frozen=True, slots=True)
class Sign:
    """What some answers together mean, with its source: `when` maps a question to the answers that count, all must fit.

    Of a number ranges count ("0-17"), of a company's name what the list says of it. With an empty `when` it always fits.

    `stop`: do not go on, get help; `warn`: a sign of a bad offer; `ask`: something to find out first.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    when: Mapping[str, tuple[str, ...]]
    level: Literal["stop", "warn", "ask"]
    reason: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Form:
    """Questions asked one at a time. One that opens a plan asks how the person of a case may be written to.

    A registration (`opens` a case) says why it asks and how long the answers are kept after closing; one that opens a
    verdict keeps nothing: its `signs` judge the answers, so many warnings as `stop_at_warnings` are as grave as a stop,
    and `reports_as` is the form a bad result can become. `up_when` names the answers that accuse the people of a level, by
    field: such a case starts above them and never comes to them.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    kind: str
    title: Text
    purpose: Text
    keep_months: int
    fields: tuple[Field, ...]
    urgency: Literal["emergency", "sensitive", "general"] = "general"
    up_when: Mapping[str, Mapping[str, Level]] = field(default_factory=dict)
    order: int = 50
    opens: Literal["case", "verdict", "plan"] = "case"
    signs: tuple[Sign, ...] = ()
    stop_at_warnings: int = 0
    reports_as: str = ""

    def field(self, id: str) -> Field | None:
        """The field of this id, or None when a newer release has dropped it."""
        return next((one for one in self.fields if one.id == id), None)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist; `topic` explains it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    text: Text
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Papers or steps somebody works through over weeks."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    title: Text
    items: tuple[Item, ...]
    order: int = 50
