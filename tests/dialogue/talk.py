"""One person's talk, turn by turn: what they write and press, and what came of it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.casework.numbers import numbered
from bot.dialogue.step import step
from bot.model.case import Case, Officer
from bot.model.conversation import Conversation, Filling, Known
from bot.model.effects.cases import OpenCase
from bot.model.messages import Address, Attachment, Incoming, Kind, Reply
from bot.model.step import Step
from bot.understanding.release import Release

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""Ten o'clock in Java, eleven in Lombok."""
PERSON, OFFICER = 7, 70
LANTAN, LANTAN_TYPED = "52.02.12.2001", "Lantan, Batukliang Utara"
PHOTO = Attachment("photo", "AgAC-photo", "telegram")
VOICE = Attachment("voice", "AgAC-voice", "telegram")
NUMBER = numbered(100_001)
_MEDIA = {"photo": PHOTO, "voice": VOICE, "file": Attachment("file", "AgAC-file", "telegram")}

Found = TypeVar("Found")


@dataclass
class Talk:
    """The dialogue with one person, by the same door as reception's: `step`."""

    release: Release
    conversation: Conversation = field(default_factory=lambda: Conversation(PERSON, greeted=True))
    known: Known = field(default_factory=Known)
    at: datetime = MONDAY
    last: Step = field(init=False)

    def take(self, kind: Kind, **what: Any) -> list[str]:
        """Something comes in; the phrases said."""
        incoming = Incoming(Address("telegram", "bot", "siti"), "m", kind, self.at, **what)
        self.last = step(self.conversation.but(known=self.known), incoming, self.release)
        self.conversation = self.last.conversation
        return self.phrases

    def write(self, text: str) -> list[str]:
        return self.take("text", text=text)

    def press(self, button: str) -> list[str]:
        """Press a button that is on the screen."""
        assert button in self.conversation.shown, f"{button} is not among {self.conversation.shown}"
        return self.forge(button)

    def forge(self, button: str, text: str = "") -> list[str]:
        """Press a button that may never have been shown."""
        return self.take("button", button=button, text=text)

    def send(self, kind: Kind) -> list[str]:
        return self.take(kind, attachment=_MEDIA.get(kind))

    def wait(self, **time: float) -> None:
        self.at += timedelta(**time)

    @property
    def phrases(self) -> list[str]:
        return [reply.phrase for reply in self.last.replies]

    @property
    def buttons(self) -> list[str]:
        return [button.id for reply in self.last.replies for button in reply.buttons]

    @property
    def filling(self) -> Filling:
        assert self.conversation.filling is not None, "no form is open"
        return self.conversation.filling

    def reply(self, phrase: str) -> Reply:
        return next(reply for reply in self.last.replies if reply.phrase == phrase)

    def effects(self, kind: type[Found]) -> list[Found]:
        return [effect for effect in self.last.effects if isinstance(effect, kind)]

    def effect(self, kind: type[Found]) -> Found:
        (found,) = self.effects(kind)
        return found

    def begin(self, form: str) -> list[str]:
        """Open a form and agree; where it is asked, it is safe to talk now."""
        self.forge(f"form:{form}")
        said = self.press(f"agree:{form}")
        return self.press("field:now:yes") if "field:now:yes" in self.conversation.shown else said

    def sent(self) -> Case:
        """The case just opened."""
        return self.effect(OpenCase).case


def officer(unit: str = LANTAN, id: int = 1, name: str = "Bu Ani") -> Officer:
    """An officer of a place."""
    return Officer(id, OFFICER + id, name, "officer", unit)


def case_of(**changes: Any) -> Case:
    """A case of the person, an hour old."""
    opened = MONDAY - timedelta(hours=1)
    plain = Case(
        NUMBER, "ask-officer", "ask-officer", "general", LANTAN, LANTAN, PERSON, opened, opened + timedelta(days=1)
    )
    answers = {"village": LANTAN, "question": "Kapan kantor buka?", "phone": "081234567890"}
    return replace(plain, answers=answers, **changes)
