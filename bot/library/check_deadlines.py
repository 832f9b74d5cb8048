"""What may be wrong with the limits of casework: a kind of case without one, an emergency that sleeps at night."""

from collections.abc import Iterator
from typing import get_args

from bot.library.faults import Fault
from bot.model.case import Urgency
from bot.model.rules import Deadline, Limit
from bot.understanding.release import Release

_FILE = "rules/deadlines.yaml"
_URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
_ASIDE_IN_DANGER = 24  # hours: nobody in danger is left alone for longer


def deadlines(release: Release) -> Iterator[Fault]:
    """Everything wrong with the limits."""
    rules = release.content.rules
    hours = rules.office_hours
    if hours.start >= hours.end or not hours.days:
        yield Fault(
            _FILE, 1, "an office never opens", "Write when it opens and closes, and on which days", "office_hours:"
        )
    if not 0 < rules.warn_at_percent < 100:
        mend = "Warn after the beginning and before the end: 1 to 99"
        yield Fault(_FILE, 1, f"warn_at_percent is {rules.warn_at_percent}", mend, near="warn_at_percent:")
    yield from _aside(release)
    for one in rules.deadlines:
        yield from _limits(one)
    yield from _all_kinds(release)


def _aside(release: Release) -> Iterator[Fault]:
    hours = release.content.rules.aside_hours
    if set(hours) != set(_URGENCIES) or any(many <= 0 for many in hours.values()):
        yield Fault(_FILE, 1, "aside_hours: not for each urgency", "Write hours for each of them", near="aside_hours:")
    if hours.get("emergency", 0) > _ASIDE_IN_DANGER:
        mend = f"At most {_ASIDE_IN_DANGER}: nobody in danger is put aside for longer"
        yield Fault(_FILE, 1, "an emergency can be put aside for too long", mend, near="aside_hours:")


def _limits(one: Deadline) -> Iterator[Fault]:
    near = f"kind: {one.kind}, urgency: {one.urgency}"
    for name, limit in (("limit", one.limit), ("then", one.then)):
        what = f"{one.kind}, {one.urgency}: {name}"
        if not _is_one(limit):
            mend = "Write minutes and hours, or working_days; not both, not none"
            yield Fault(_FILE, 1, f"{what} is no length of time", mend, near)
        if one.urgency == "emergency" and limit.working:
            mend = "Write minutes or hours: danger keeps no office hours"
            yield Fault(_FILE, 1, f"{what} stands still at night", mend, near)


def _is_one(limit: Limit) -> bool:
    clock = limit.minutes or limit.hours
    return min(limit.minutes, limit.hours, limit.working_days) >= 0 and bool(clock) != bool(limit.working_days)


def _all_kinds(release: Release) -> Iterator[Fault]:
    """Each kind of case a form opens has one line for each urgency."""
    listed = [(one.kind, one.urgency) for one in release.content.rules.deadlines]
    kinds = {form.kind for form in release.content.forms.values() if form.opens == "case"}
    for kind in sorted(kinds):
        for urgency in _URGENCIES:
            if listed.count((kind, urgency)) != 1:
                what = f"{kind}, {urgency} stands {listed.count((kind, urgency))} times"
                yield Fault(_FILE, 1, what, "Write it once", near=f"kind: {kind}")
