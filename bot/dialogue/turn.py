"""What a listener is given: the talk, what came in, what we know, and the message as understood."""

from dataclasses import dataclass

from bot.casework.clocks import Timing
from bot.casework.deadlines import Calendar
from bot.dialogue.choices import split
from bot.model.case import Case
from bot.model.conversation import Conversation
from bot.model.messages import Incoming, Reply
from bot.model.step import Effect, Step
from bot.understanding.release import Heard, Release


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and all that is needed to answer it."""

    conversation: Conversation
    incoming: Incoming
    release: Release
    heard: Heard

    @property
    def language(self) -> str:
        """The person's language."""
        return self.conversation.language

    @property
    def button(self) -> tuple[str, str]:
        """What was pressed, as kind and what; two empty strings when nothing was."""
        return split(self.incoming.button)

    @property
    def typed(self) -> bool:
        """Whether the person wrote words."""
        return self.incoming.kind == "text"

    def says(self, command: str) -> bool:
        """Whether the message is this command, as a word or as a button."""
        return self.button == ("do", command) or (self.typed and self.heard.command == command)

    def timing(self, case: Case) -> Timing:
        """The limits, and the calendar of the place a case is from."""
        rules = self.release.content.rules
        return Timing(rules, Calendar(rules.office_hours, self.release.holidays, self.release.zone(case.village)))

    def step(self, *replies: Reply, effects: tuple[Effect, ...] = (), **changes: object) -> Step:
        """What follows: these replies and effects, and the talk with these changes."""
        return Step(self.conversation.but(**changes), replies, effects)
