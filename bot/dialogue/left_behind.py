"""An officer is away or in office no more: those closest to what they left behind are told that it waits for them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.effects.telling import TellOfficers
from bot.model.messages import Reply
from bot.model.step import Step

_WEST = "Asia/Jakarta"


def bring(turn: Turn) -> Step:
    """How many cases and of whom; the list says the rest."""
    gone = turn.conversation.known.gone
    if gone is None:
        return turn.step()
    zone = ZoneInfo(turn.release.villages.zones.get(gone.unit[:2], _WEST))
    last = (gone.until.astimezone(zone) - timedelta(minutes=1)).date() if gone.until else None
    facts = {"name": gone.name, "count": gone.many, "until": last}
    return turn.step(effects=(TellOfficers(gone.unit, Reply("notice/left", facts, (label("queue", "do:queue"),))),))
