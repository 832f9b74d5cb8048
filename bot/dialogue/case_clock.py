"""Time does something to a case: it warns whoever must act, it raises the case to the next level, it wakes what was put aside.

The clock brings it by the door in, as `number:stage:muted`; `muted` are the officers (by id) who hear of many cases at once and
are told how many instead. Whatever was done meanwhile stands: then the stage is over, and nothing follows.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.casework.clocks import Stage, stage, ticking
from bot.casework.deadlines import after_quiet
from bot.casework.rising import hearing, next_level
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event
from bot.model.effects.cases import Act
from bot.model.effects.telling import TellPerson, TellThese
from bot.model.messages import Reply
from bot.model.step import Effect, Step

_NOTICES = {"warned": "notice/warned", "raised": "notice/raised", "woken": "notice/woken"}


@dataclass(frozen=True, slots=True)
class Brought:
    """What the clock brings: to which case, what, and which officers hear of it in another way."""

    number: str
    stage: str
    muted: frozenset[int] = frozenset()

    def written(self) -> str:
        """As the text of a message."""
        return f"{self.number}:{self.stage}:{','.join(map(str, sorted(self.muted)))}"


def read(text: str) -> Brought:
    """The text of a message as what the clock brings."""
    number, stage, muted = text.split(":")
    return Brought(number, stage, frozenset(int(one) for one in muted.split(",") if one))


def bring(turn: Turn) -> Step:
    """What follows from it, for the case, its officers and, when nobody has acted in time, its person."""
    brought, case = read(turn.incoming.text), turn.conversation.known.case
    now = stage(case, turn.incoming.at, turn.release.content.rules) if case else None
    if case is None or now is None or now != brought.stage:
        return turn.step()
    becomes = _becomes(turn, case, now)
    act = Act(case, Event(case.number, now, turn.incoming.at, 0), becomes)
    person = (_tell_person(turn, becomes),) if now == "raised" else ()
    return turn.step(effects=(act, _tell_officers(turn, case, becomes, now, brought.muted), *person))


def _becomes(turn: Turn, case: Case, now: Stage) -> Case:
    if now == "raised":
        level = case.unit if case.raised_to is None else case.raised_to
        case = replace(case, raised_to=next_level(level, turn.conversation.known.over))
    return ticking(case, now, turn.incoming.at, turn.timing(case))


def _tell_officers(turn: Turn, case: Case, becomes: Case, now: Stage, muted: frozenset[int]) -> Effect:
    """Its number and kind, nothing of what it says; but for emergencies not in the night."""
    heard = hearing(now, case.unit, case.officer, case.raised_to, turn.conversation.known.over)
    facts = {
        "number": case.number,
        "title": turn.release.title_of_form(case.form, "id"),
        "urgency": case.urgency,
        "place": _level(turn, becomes),
        "due": becomes.due,
        "zone": turn.release.zone(case.village),
    }
    notice = Reply(_NOTICES[now], facts, (label("open-case", f"case:{case.number}"),))
    return TellThese(tuple(one for one in heard if one.id not in muted), notice, _morning(turn, case))


def _tell_person(turn: Turn, case: Case) -> Effect:
    """That the promised time is over, who must answer now, and by when."""
    facts = {
        "number": case.number,
        "urgency": case.urgency,
        "place": _level(turn, case),
        "due": case.due,
        "zone": turn.release.zone(case.village),
    }
    help = (label("emergency", "do:emergency"),) if case.urgency == "emergency" else ()
    buttons = (*help, label("write", f"write:{case.number}"), label("menu", "do:menu"))
    return TellPerson(case.person, Reply("told/raised", facts, buttons), later=_morning(turn, case))


def _level(turn: Turn, case: Case) -> str:
    """The place of the level it has risen to; "" for the ministry, which is of no place."""
    return turn.release.place(case.raised_to) if case.raised_to else ""


def _morning(turn: Turn, case: Case) -> datetime | None:
    """When they may be told; an emergency is told at any hour."""
    at = turn.incoming.at
    if case.urgency == "emergency":
        return None
    told = after_quiet(at, turn.release.content.quiet, turn.release.zone(case.village))
    return told if told > at else None
