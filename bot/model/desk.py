"""What the content says of the officers' desk: its rules, its short words, and replies written beforehand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.model.content import Source, Text

_STRICT: dict[str, Any] = {"extra": "forbid"}
ALONE = ("today", "mine", "team", "practice", "practice-end")
"""Orders that name no case."""


@dataclass(frozen=True, slots=True)
class DeskRules:
    """How many open cases an officer takes on, and the short words for an act.

    `orders` maps an act to its words by language: "tangani 1000012" is the press of `claim:1000012`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    cap: int = 30
    orders: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A reply to a person written beforehand, in their language; for some kinds of case, or for all (`kinds` empty).

    `text` is a template like an answer's: numbers stand in it as figures of the content, whom to call as contacts.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    title: Text
    text: Text
    order: int = 0
    kinds: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
