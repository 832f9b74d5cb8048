"""Unusual reading: somebody opens more than their work explains. The rules lie in content/rules/reading.yaml."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.casework.deadlines import open_now
from bot.model.book import Look
from bot.model.rules import OfficeHours, Reading

SPAN = timedelta(hours=24)
"""What is looked at together."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Office:
    """When the office of whoever looks works, where it stands."""

    hours: OfficeHours
    holidays: Collection[date]
    zone: str


def unusual(looks: Sequence[Look], now: datetime, rules: Reading, office: Office) -> str:
    """Which rule the looks of the last day break, by its name; "" when none. The gravest comes first."""
    fresh = [one for one in looks if now - SPAN < one.at <= now]
    return next((name for name, limit in _limits(rules) if limit and _COUNTS[name](fresh, now, office) >= limit), "")


def _limits(rules: Reading) -> tuple[tuple[str, int], ...]:
    return (
        ("in-an-hour", rules.in_an_hour),
        ("not-held", rules.not_held),
        ("outside-hours", rules.outside_hours),
        ("same-person", rules.same_person),
    )


def _in_an_hour(looks: Sequence[Look], now: datetime, _: Office) -> int:
    return len({one.case for one in looks if one.at > now - _HOUR})


def _not_held(looks: Sequence[Look], _: datetime, __: Office) -> int:
    return len({one.case for one in looks if not one.held})


def _outside_hours(looks: Sequence[Look], _: datetime, office: Office) -> int:
    """An officer called at night by somebody in danger opens one case, not many."""
    outside = (one for one in looks if not open_now(one.at, office.hours, office.holidays, office.zone))
    return len({one.case for one in outside})


def _same_person(looks: Sequence[Look], _: datetime, __: Office) -> int:
    """How often one person's cases were opened by somebody who has not taken them on."""
    often = Counter(one.person for one in looks if not one.held)
    return max(often.values(), default=0)


_COUNTS: dict[str, Callable[[Sequence[Look], datetime, Office], int]] = {
    "in-an-hour": _in_an_hour,
    "not-held": _not_held,
    "outside-hours": _outside_hours,
    "same-person": _same_person,
}
