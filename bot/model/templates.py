"""Messages approved by the platform beforehand, as content holds them, and what messages cost, as far as we were told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from bot.model.content import Source

Notice = Literal["", "case", "covered", "work", "emergency", "news", "template"]
"""What a letter is: an answer (""), a word about a case to its person, one that names nothing of it, a notice to officers, one of
somebody in danger, news nobody waits for, a template."""
Status = Literal["pending", "approved", "rejected"]
Category = Literal["utility", "marketing", "authentication"]
_STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class TemplateText:
    """What a template says in one language; `status` is what the platform said of it. `button`: its one button, if it has one."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    body: str
    button: str = ""
    status: Status = "pending"


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """A template by its name at the platform. It goes in place of the notices it `stands_for`; `press` is what its button means.

    `parameters` fill the numbered places of the body: `cover`, the harmless matter somebody wants to be written to about.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    name: str
    category: Category
    stands_for: tuple[Notice, ...]
    texts: Mapping[str, TemplateText]
    parameters: tuple[Literal["cover"], ...] = ()
    press: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What one message of a category costs from a day on, as the platform publishes it for the country we write to."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    category: Category
    price: Decimal
    currency: str
    since: date
    source: Source


@dataclass(frozen=True, slots=True)
class Templates:
    """What may be sent when the day after somebody's last message is over, and how messages are saved.

    `again_after_hours`: so long after a template no other goes to the same chat, but for danger. `merge`: what waits for one
    chat goes as one message where it fits. `never_say`: words that would tell too much to whoever looks at the phone.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    again_after_hours: int = 24
    merge: bool = False
    never_say: tuple[str, ...] = ()
    templates: tuple[TemplateSheet, ...] = ()
    prices: tuple[Price, ...] = ()


NO_TEMPLATES = Templates()
