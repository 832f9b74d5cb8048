"""What an act does to a case's clock. One function, for whoever moves a case: the desk, its person, the clock itself.

    becomes = ticking(replace(case, state=..., officer=...), kind, at, timing)

`case` is as the act leaves it in all but its clock, `kind` is the event the act writes; back comes the case with `clock`,
`due`, `warn`, `left`, `raised_to`, `snoozed` and `answered` as they follow. `timing` is `turn.timing(case)`. Whoever moves a
case need not call it: every `Act` of a step is put through it (dialogue/ticks.py), and twice does no harm.

    opened, reopened, unmerged      the first limit, from now
    claimed, released, note, ...    nothing: a claim is no answer. Who goes on with what waited takes up what was left
    to-person, to-worker            from now the limit after an answer; put aside it stays
    waiting                         no time passes: what is left is kept
    from-person, from-worker        what was left, or the first limit from now when that is over sooner
    snoozed                         no time passes until `case.snoozed`, which the mover sets: at most `latest_aside`
    woken                           what was left
    transferred                     the first limit, from now: it is new to those who have it
    warned                          nobody is warned again within this limit
    raised                          the first limit, from now, for the level `case.raised_to`, which the mover sets
    closed, withdrawn, merged       it stands

Only a human's act stops a clock. The clock itself can only make one run: when the day has come until which a case was put
aside; when whoever waited for the person has left the office; and when the person of an emergency has been silent for as long
as one may be put aside (so `snoozed` says until when we wait for them).

A case that has risen once stays with those it has risen to, whoever answers: `raised_to` ends with the case, or when it goes
to an office they do not look after. Silence does not lower it, nor does one kind word.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.casework.deadlines import Calendar, after, between, deadline_for, length, within
from bot.model.case import Case, EventKind, Scope
from bot.model.rules import Limit, Rules

Stage = Literal["woken", "warned", "raised"]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Timing:
    """The limits, and the calendar of the place a case is from."""

    rules: Rules
    calendar: Calendar


Tick = Callable[[Case, datetime, Timing], Case]


def ticking(case: Case, kind: EventKind, at: datetime, timing: Timing) -> Case:
    """The case with its clock as it is after this event."""
    return _TICKS[kind](case, at, timing) if kind in _TICKS else case


def latest_aside(case: Case, at: datetime, rules: Rules) -> datetime:
    """Until when a case may be put aside at most."""
    return at + timedelta(hours=rules.aside_hours[case.urgency])


def farthest(at: datetime, rules: Rules) -> datetime:
    """No emergency can be due later than this: one that is was written while the wall clock was ahead, and rises at once."""
    limits = [one for each in rules.deadlines if each.urgency == "emergency" for one in (each.limit, each.then)]
    longest = max((timedelta(hours=one.hours, minutes=one.minutes) for one in limits), default=DAY)
    return at + max(longest, DAY)


def stage(case: Case, at: datetime, rules: Rules) -> Stage | None:
    """What time has brought a case to: to the day it was put aside for, to three quarters of its limit, to its end.

    Of two that have passed the later one counts: who comes too late is not warned first.
    """
    if case.state in ("closed", "withdrawn"):
        return None
    if case.clock != "running":
        return "woken" if _sleeps_too_long(case, at) else None
    if case.state == "waiting":
        return None
    if case.due <= at or (case.urgency == "emergency" and case.due > farthest(at, rules)):
        return "raised"
    return "warned" if case.warn and case.warn <= at else None


def _sleeps_too_long(case: Case, at: datetime) -> bool:
    """The day has come; or it waits for nobody any more, since whoever waited has left the office."""
    return case.snoozed <= at if case.snoozed else case.state != "waiting"


def _start(case: Case, at: datetime, timing: Timing, *, answered: bool = False) -> Case:
    """A limit from now on."""
    case = replace(case, answered=answered)
    limit, calendar = _limit(case, timing), timing.calendar
    warn = within(at, limit, calendar, timing.rules.warn_at_percent)
    due = within(at, limit, calendar)
    return replace(case, clock="running", due=due, warn=warn, left=0, snoozed=None)


def _first(case: Case, at: datetime, timing: Timing) -> Case:
    return _start(replace(case, raised_to=None), at, timing)


def _answered(case: Case, at: datetime, timing: Timing) -> Case:
    """Put aside until a day it stays aside, also when the officer has said so to the person."""
    if case.clock == "stopped" and case.snoozed:
        case = replace(case, answered=True)
        return replace(case, left=length(_limit(case, timing), timing.calendar))
    return _start(case, at, timing, answered=True)


def _paused(case: Case, at: datetime, timing: Timing) -> Case:
    wake = latest_aside(case, at, timing.rules) if case.urgency == "emergency" else None
    return replace(_kept(case, at, timing), clock="paused", snoozed=wake)


def _aside(case: Case, at: datetime, timing: Timing) -> Case:
    until = min(case.snoozed or at, latest_aside(case, at, timing.rules))
    return replace(_kept(case, at, timing), clock="stopped", snoozed=until)


def _kept(case: Case, at: datetime, timing: Timing) -> Case:
    """What is left of the limit, as it is kept; what stood before is kept already."""
    working = _limit(case, timing).working
    left = between(at, case.due, timing.calendar, working=working) if case.clock == "running" else case.left
    return replace(case, left=left)


def _resumed(case: Case, at: datetime, timing: Timing) -> Case:
    """What is left, from now; the whole limit when nothing was, for nobody can act in no time.

    Who was warned is not warned again.
    """
    if not case.left:
        return _start(case, at, timing, answered=case.answered)
    limit, calendar = _limit(case, timing), timing.calendar
    whole = length(limit, calendar)
    unwarned = case.left - (whole - whole * timing.rules.warn_at_percent // 100)
    due = after(at, case.left, calendar, working=limit.working)
    warn = after(at, unwarned, calendar, working=limit.working) if unwarned > 0 else None
    return replace(case, clock="running", due=due, warn=warn, left=0, snoozed=None)


def _woken(case: Case, at: datetime, timing: Timing) -> Case:
    """Nobody waits for the person any more."""
    if case.clock == "running":
        return case
    return _resumed(replace(case, state="working" if case.state == "waiting" else case.state), at, timing)


def _gone_on(case: Case, at: datetime, timing: Timing) -> Case:
    """Somebody takes on a case, or gives it back: what waited for its person runs again; what is put aside stays so."""
    stands = case.clock == "running" or case.state == "waiting" or (case.clock == "stopped" and case.snoozed)
    return case if stands else _resumed(case, at, timing)


def _heard(case: Case, at: datetime, timing: Timing) -> Case:
    """The person wrote: somebody must answer within the first limit, unless less was left than that."""
    if case.clock == "running" and not case.answered:
        return case
    rest = case if case.clock == "running" else _resumed(case, at, timing)
    anew = _start(case, at, timing)
    return anew if anew.due < rest.due else rest


def _moved(case: Case, at: datetime, timing: Timing) -> Case:
    """New to those who have it; who had to act before still does, where that is somebody above them."""
    above = case.raised_to is not None and case.raised_to != case.unit and Scope(case.raised_to).sees(case.unit)
    return _start(case if above else replace(case, raised_to=None), at, timing)


def _raised(case: Case, at: datetime, timing: Timing) -> Case:
    """The next level has the first limit; the last, which hears the same again and is not warned before, at least a day."""
    risen = _start(case, at, timing)
    return replace(risen, due=at + DAY, warn=None) if case.raised_to == "" and risen.due < at + DAY else risen


def _stopped(case: Case, at: datetime, timing: Timing) -> Case:
    return replace(case, clock="stopped", warn=None, left=0, raised_to=None, snoozed=None, answered=False)


def _warned(case: Case, at: datetime, timing: Timing) -> Case:
    return replace(case, warn=None)


def _limit(case: Case, timing: Timing) -> Limit:
    deadline = deadline_for(case.kind, case.urgency, timing.rules.deadlines)
    return deadline.then if case.answered else deadline.limit


_TICKS: Mapping[EventKind, Tick] = {
    "opened": _first,
    "reopened": _first,
    "unmerged": _first,
    "claimed": _gone_on,
    "released": _gone_on,
    "to-person": _answered,
    "to-worker": _answered,
    "waiting": _paused,
    "from-person": _heard,
    "from-worker": _heard,
    "snoozed": _aside,
    "woken": _woken,
    "transferred": _moved,
    "warned": _warned,
    "raised": _raised,
    "closed": _stopped,
    "withdrawn": _stopped,
    "merged": _stopped,
}
