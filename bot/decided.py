"""A message and what was decided on it; and those others who are told something because of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.conversation import Conversation
from bot.model.effects.people import Answered, Corrected, Meant, Rated, Unanswered, Withheld
from bot.model.messages import UNASKED, Incoming, Message
from bot.model.step import Step
from bot.model.templates import Notice
from bot.store.people import Place
from bot.store.post import NOTICE, UNASKED_FOR, Letter

LIGHT = Answered | Withheld | Corrected | Rated | Unanswered | Meant
"""What follows from ordinary messages, and is written in bulk."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A message and what was decided on it: its number, where it came from, the step, the replies in words, from when on."""

    number: int
    place: Place
    incoming: Incoming
    step: Step
    messages: Sequence[Message]
    due: datetime

    @property
    def asked(self) -> bool:
        """Whether the person wrote to us; else the clock did it."""
        return self.incoming.kind not in UNASKED

    @property
    def heavy(self) -> bool:
        """Whether more follows than replies, the talk and statistics."""
        return not self.asked or any(not isinstance(effect, LIGHT) for effect in self.step.effects)


@dataclass(slots=True)
class Told:
    """Those others who were told something, and the letters to them."""

    letters: list[Letter] = field(default_factory=list)
    talks: dict[int, Conversation] = field(default_factory=dict)


def letter(
    told: Told,
    one: Decided,
    place: Place,
    messages: Sequence[Message],
    *,
    about: str = "",
    later: datetime | None = None,
    covered: bool = False,
    kind: Notice = "",
) -> None:
    """A letter to somebody else than the one who wrote; `about` a case, `later` when it must wait for their hours."""
    step, priority = 1 + len(told.letters), UNASKED_FOR if later else NOTICE
    told.letters += [
        Letter(one.number, step, n, place.id, message, priority, later, about, covered, kind)
        for n, message in enumerate(messages)
    ]
