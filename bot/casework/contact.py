"""Whether something about a case may be sent to somebody who did not ask for it just now: the rule every letter passes."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model.case import Case, Urgency
from bot.model.contact import Contact


@dataclass(frozen=True, slots=True)
class Manner:
    """How a letter goes. `kept`: not at all, until they come back of their own accord. `covered`: what it says is kept, and a
    word that names nothing goes in its place. `later`: not before this moment."""

    kept: bool = False
    covered: bool = False
    later: datetime | None = None


OPENLY, KEPT = Manner(), Manner(kept=True)


def manner(urgency: Urgency, plan: Contact | None, at: datetime) -> Manner:
    """How somebody may be written to about a case at this moment. Without a plan we write first in general matters only."""
    if plan is None:
        return OPENLY if urgency == "general" else KEPT
    if not plan.may_write or plan.silent:
        return KEPT
    return Manner(covered=plan.shared, later=_opens(plan, at))


def stricter(one: Manner, other: Manner) -> Manner:
    """What holds when both do: a letter goes only where, how and when each of them lets it."""
    later = max((moment for moment in (one.later, other.later) if moment), default=None)
    return Manner(one.kept or other.kept, one.covered or other.covered, later)


def manner_of(case: Case, at: datetime) -> Manner:
    """How the person of a case may be written to about it."""
    return manner(case.urgency, case.plan, at)


def _opens(plan: Contact, at: datetime) -> datetime | None:
    """When their hours begin next; None while they last. Hours may go past midnight."""
    if not plan.begin or not plan.end or plan.begin == plan.end:
        return None
    local = at.astimezone(ZoneInfo(plan.zone))
    begin, end, clock = time.fromisoformat(plan.begin), time.fromisoformat(plan.end), local.time()
    inside = begin <= clock < end if begin < end else clock >= begin or clock < end
    if inside:
        return None
    today = datetime.combine(local.date(), begin, local.tzinfo)
    return (today if clock < begin else today + timedelta(days=1)).astimezone(UTC)
