"""Training: people who do not exist, what they handed in and what they answer, as the content tells it.

An officer practises on their cases at the same desk as on real ones. Nothing of it reaches anybody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from bot.model.case import Case, Event, EventKind
from bot.model.content import Text

_STRICT: dict[str, Any] = {"extra": "forbid"}
STORY = "practice"
"""Among a pretend case's answers: the id of its story. No form has a question of this name."""
When = Literal["always", "unanswered", "answered"]
Slip = Literal["always", "unanswered", "digits", "words", "stranger"]


@dataclass(frozen=True, slots=True)
class Line:
    """What a pretend person does after an officer's act, once: words they write, or a button they press.

    `when`: whether the officer has written to them before that act. `stranger`: somebody else holds their phone.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    after: EventKind
    says: str = ""
    presses: Literal["", "solved", "unsolved", "share-yes", "share-no"] = ""
    when: When = "always"
    stranger: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A pretend person: the form they filled in, and their lines; of those that fit an act the first not yet said is theirs.

    They write Indonesian, whatever the officer speaks. `secret` are words nobody who is not they may read from us.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    order: int
    form: str
    answers: Mapping[str, str]
    lines: tuple[Line, ...]
    secret: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is told kindly when an officer's act was not the best one.

    `when` it is: "unanswered", they have not written to the person yet; "digits", a long number stands in what they wrote;
    "words", one of `words`; "stranger", a secret of the person's, while somebody else held the phone.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT
    id: str
    after: EventKind
    when: Slip
    text: Text
    words: tuple[str, ...] = ()
    urgency: Literal["", "emergency"] = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """How an officer's practice stands: its round (0 for none), and its cases with their books; `next` is a round to come."""

    round: int = 0
    next: int = 1
    cases: tuple[tuple[Case, tuple[Event, ...]], ...] = ()
