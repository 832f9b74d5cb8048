"""Whoever holds a paper asks how the case stands: its number, then its secret number. The number alone shows nothing."""

import hashlib
import re

from bot.casework.states import OPEN
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.knowledge import overlays
from bot.model.content import said
from bot.model.conversation import Conversation
from bot.model.effects.cases import LinkCase, TriedPaper
from bot.model.effects.telling import TellOfficers
from bot.model.messages import Reply
from bot.model.paper import Standing
from bot.model.step import Step
from bot.understanding.release import Release

_ASKED, _SHOWN = "paper", "paper-shown"
_OFFICE = "service/find-officer"
_LONGEST_NOTE = 220
_BETWEEN = re.compile(r"[\s.\-–]")
_PIN = re.compile(r"[0-9]{6}")


def read_pin(text: str) -> str:
    """A secret number as people write it: 482 913; "" when it is something else."""
    digits = _BETWEEN.sub("", text.strip()[:20])
    return digits if _PIN.fullmatch(digits) else ""


def secret_number(token: str) -> str:
    """Six digits made of fresh chance."""
    return f"{int.from_bytes(hashlib.sha256(token.encode()).digest()[:8], 'big') % 1_000_000:06}"


def spaced(pin: str) -> str:
    """As people read and say it: 482 913."""
    return f"{pin[:3]} {pin[3:]}"


def ask(turn: Turn, number: str) -> Step:
    """A number that is none of their own: the same words, whether there is such a case or not."""
    return turn.step(Reply("paper/ask", {"number": number}, (label("menu", "do:menu"),)), desk=f"{_ASKED}:{number}")


def asked_for(conversation: Conversation, text: str, button: str) -> tuple[str, str, str]:
    """The paper a message is about: its number, and the secret number tried or the paper's id shown before."""
    kind, _, rest = conversation.desk.partition(":")
    number, _, id = rest.partition(":")
    if kind == _ASKED and read_pin(text):
        return number, read_pin(text), ""
    return (number, "", id) if kind == _SHOWN and button == f"paper-link:{number}" else ("", "", "")


def listen(turn: Turn) -> Step | None:
    """The secret number that was asked for, or the button by which the case comes to this chat."""
    kind, what = turn.button
    standing = turn.conversation.known.paper
    if kind == "paper-link":
        return _linked(turn, standing if standing and standing.number == what else None)
    number, pin, _ = asked_for(turn.conversation, turn.incoming.text if turn.typed else "", "")
    return _shown(turn, number, standing) if pin else None


def facts_of(release: Release, standing: Standing, language: str) -> dict[str, object]:
    """What a paper shows: the state, by when, who looks after it and where; nothing of what it is about."""
    return {
        "number": standing.number,
        "state": standing.state,
        "open": standing.state in OPEN,
        "due": standing.due if standing.clock == "running" and standing.state in OPEN else None,
        "zone": release.zone(standing.village),
        "officer": standing.officer_name,
        "place": release.place(standing.unit),
        "office": office_of(release, standing.village, language),
    }


def office_of(release: Release, village: str, language: str) -> str:
    """When and where the officer sits and their telephone, where the village has written it down shortly."""
    found = overlays.note_for(release.content, _OFFICE, village)
    text = said(found[1].text, language) if found else ""
    return text if len(text) <= _LONGEST_NOTE else ""


def _wrong() -> Reply:
    return Reply("paper/wrong", buttons=(label("cases", "do:cases"), label("menu", "do:menu")))


def _shown(turn: Turn, number: str, standing: Standing | None) -> Step:
    tried = TriedPaper(number, standing is not None)
    if standing is None:
        return turn.step(_wrong(), effects=(tried,), desk="")
    free = standing.free and standing.state in OPEN
    links = (label("paper-link", f"paper-link:{number}"),) if free else ()
    reply = Reply("paper/standing", facts_of(turn.release, standing, turn.language), (*links, label("menu", "do:menu")))
    return turn.step(reply, effects=(tried,), desk=f"{_SHOWN}:{number}:{standing.id}")


def _linked(turn: Turn, standing: Standing | None) -> Step:
    """Once only, and the officer is told: a paper may be in the wrong hands."""
    if standing is None or not standing.free or standing.state not in OPEN:
        return turn.step(_wrong(), desk="")
    notice = Reply("notice/linked", {"number": standing.number}, (label("open-case", f"case:{standing.number}"),))
    effects = (
        LinkCase(standing.number, standing.id, turn.conversation.person),
        TellOfficers(standing.unit, notice, holder=standing.officer),
    )
    buttons = (label("cases", "do:cases"), label("menu", "do:menu"))
    return turn.step(Reply("paper/linked", {"number": standing.number}, buttons), effects=effects, desk="")
