"""What follows from one message: the new conversation, what is said, and what is done."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.conversation import Conversation
from bot.model.effects.cases import CaseEffect
from bot.model.effects.joining import JoiningEffect
from bot.model.effects.offices import OfficeEffect
from bot.model.effects.people import PersonEffect
from bot.model.effects.telling import Telling
from bot.model.messages import Reply

Effect = CaseEffect | Telling | OfficeEffect | JoiningEffect | PersonEffect


@dataclass(frozen=True, slots=True)
class Step:
    """All that follows from one message, as plain values."""

    conversation: Conversation
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


Facts = Mapping[str, object]
