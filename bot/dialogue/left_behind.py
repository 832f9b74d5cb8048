"""An officer is away or in office no more: those closest to what they left behind are told that it waits for them, and its people
that somebody else will answer. This comes in once for each time an officer leaves, so nobody is told twice of one.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.casework.deadlines import after_quiet
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.effects.telling import TellOfficers, TellPerson
from bot.model.messages import Reply
from bot.model.officers import Behind
from bot.model.step import Effect, Step

_WEST = "Asia/Jakarta"


def bring(turn: Turn) -> Step:
    """How many cases and of whom; the list says the rest."""
    gone = turn.conversation.known.gone
    if gone is None:
        return turn.step()
    zone = ZoneInfo(turn.release.villages.zones.get(gone.unit[:2], _WEST))
    last = (gone.until.astimezone(zone) - timedelta(minutes=1)).date() if gone.until else None
    facts = {"name": gone.name, "count": gone.many, "until": last}
    officers = TellOfficers(gone.unit, Reply("notice/left", facts, (label("queue", "do:queue"),)))
    return turn.step(effects=(officers, *(one for case in gone.behind for one in _tell_people(turn, case))))


def _tell_people(turn: Turn, case: Behind) -> tuple[Effect, ...]:
    """Whoever handed it in, and the worker it is about, each as their own plan allows; at night in an emergency alone."""
    quiet, at = turn.release.content.quiet, turn.incoming.at
    morning = None if case.urgency == "emergency" else after_quiet(at, quiet, turn.release.zone(case.village))
    word = Reply("told/left", {"number": case.number})
    people = (case.person, case.worker) if case.worker else (case.person,)
    return tuple(TellPerson(one, word, case=case.number, later=morning) for one in people)
