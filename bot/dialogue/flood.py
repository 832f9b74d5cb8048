"""Who writes faster than we may answer is asked to slow down; until then nothing but a call for help is heard of them.

Each message fills the person's measure by one, and time empties it: so many at once are no flood, nor so many a second.
While it is over full, a message changes nothing and gets no answer, but for one word a minute that we cannot keep up. A call
for help is heard all the same: each danger, the word and the buttons that lead to help, once a minute. Presses count as
messages do. What the clock brings counts for nobody.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.dialogue.choices import label, pressed
from bot.model.conversation import Conversation, Flood
from bot.model.messages import UNASKED, Incoming, Reply
from bot.model.step import Step
from bot.understanding.release import Release

OVER_AFTER = 15.0  # seconds of silence end the worst flood
_MINUTE = timedelta(minutes=1)
_OWN_ACCOUNTS = ("officers", "terminal")  # behind a login, or at the machine itself
_SLOW_DOWN = "slow-down"
_TO_HELP = ("do:emergency", "form:help")


@dataclass(frozen=True, slots=True)
class Measure:
    """How many messages at once are no flood, and how many a second."""

    holds: int
    a_second: float


PERSONS = Measure(40, 1.0)  # a chat can be sent one message a second in answer
OFFICERS = Measure(120, 5.0)


def hold(talk: Conversation, incoming: Incoming, release: Release) -> Step | None:
    """What becomes of a message in a flood; None when it is listened to."""
    if not _counts(incoming):
        return None
    flood = _filled(talk, incoming.at)
    if flood.level <= _measure(talk).holds or _cry(talk, flood, incoming, release):
        return None
    if _SLOW_DOWN in flood.said:
        return Step(talk.but(flood=flood))
    help = label("emergency", "do:emergency")
    told = talk.but(flood=_having_said(flood, _SLOW_DOWN, incoming.at), shown=(help.id,))
    return Step(told, (Reply(_SLOW_DOWN, buttons=(help,)),))


def overrun(talk: Conversation, incoming: Incoming) -> bool:
    """Whether the measure is over full with this message."""
    return _counts(incoming) and _filled(talk, incoming.at).level > _measure(talk).holds


def count(talk: Conversation, incoming: Incoming, release: Release) -> Conversation:
    """The talk with one more message that is listened to."""
    if not _counts(incoming):
        return talk
    flood = _filled(talk, incoming.at)
    cry = _cry(talk, flood, incoming, release) if flood.level > _measure(talk).holds else ""
    return talk.but(flood=_having_said(flood, cry, incoming.at) if cry else flood)


def _counts(incoming: Incoming) -> bool:
    return incoming.kind not in UNASKED and incoming.address.account not in _OWN_ACCOUNTS


def _measure(talk: Conversation) -> Measure:
    return OFFICERS if talk.known.officer else PERSONS


def _filled(talk: Conversation, at: datetime) -> Flood:
    """The measure with one more message in it. A clock that was put back empties nothing, and forgets what was said."""
    flood, measure = talk.flood, _measure(talk)
    passed = max(0.0, (at - flood.at).total_seconds()) if flood.at else 0.0
    level = min(max(0.0, flood.level - passed * measure.a_second) + 1, measure.holds + OVER_AFTER * measure.a_second)
    return Flood(level, at, {what: when for what, when in flood.said.items() if timedelta() <= at - when < _MINUTE})


def _having_said(flood: Flood, what: str, at: datetime) -> Flood:
    return replace(flood, said={**flood.said, what: at})


def _cry(talk: Conversation, flood: Flood, incoming: Incoming, release: Release) -> str:
    """The call for help in a message, unless this minute it had its answer already; "" for none."""
    heard_as = pressed(talk, incoming, release)
    if heard_as.button:
        cry = heard_as.button if heard_as.button in _TO_HELP else ""
    else:
        cry = release.alarm(heard_as.text) if heard_as.kind != "start" else ""
    return "" if cry in flood.said else cry
