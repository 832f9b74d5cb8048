"""Bu Ani's chat, and the case before her: what the tests of the desk speak of."""

from bot.model.case import Case, Event
from bot.model.conversation import Conversation, Known
from bot.model.effects.cases import Act
from bot.model.effects.telling import RefusedLook
from bot.understanding.release import Release
from tests.dialogue.talk import Talk, case_of, officer

ANI, BUDI = officer(), officer(id=2, name="Pak Budi")


def sit_down(release: Release) -> Talk:
    """Bu Ani at her desk."""
    return Talk(release, Conversation(ANI.person, greeted=True), Known(officer=ANI))


def lay(desk: Talk, *events: Event, held: int = 0, theirs: str = "id", **changes: object) -> Case:
    """A case before her, by default one she holds."""
    case = case_of(**{"state": "working", "officer": ANI.id, "officer_name": ANI.name, **changes})
    desk.known = Known(officer=ANI, case=case, events=events, held=held, theirs=theirs)
    return case


def kept(desk: Talk) -> tuple[str, str]:
    """What the last act wrote into the book: kind and words."""
    written = desk.effect(Act).event
    return written.kind, written.text


def nothing_happened(desk: Talk) -> bool:
    """Whether the last message changed nothing and told nobody; that they looked out of their sight is counted apart."""
    return not [one for one in desk.last.effects if not isinstance(one, RefusedLook)]
