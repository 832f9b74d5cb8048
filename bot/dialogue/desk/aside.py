"""A case put aside until a day, with a reason; the clock wakes it then."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.casework.clocks import latest_aside
from bot.casework.dates import read_day
from bot.dialogue.choices import label
from bot.dialogue.desk.parts import ask, can, done, moved, not_now, told
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.messages import Button
from bot.model.step import Step

_MONDAY = 0


def snooze(turn: Turn, officer: Officer, case: Case, day: str) -> Step:
    """Until when, then why. The person is told."""
    if not can(turn, "snooze", case, officer):
        return not_now(turn, case)
    text = turn.incoming.text.strip()
    if not day and not text:
        return ask(turn, case, "desk/snooze", f"snooze:{case.number}", _days(turn, case))
    until = _read(turn, case, day or text)
    if until is None:
        latest = _latest(turn, case)
        return ask(turn, case, "desk/no-day", f"snooze:{case.number}", _days(turn, case), latest=latest)
    if not day or not text:
        return ask(turn, case, "desk/snooze-why", f"snooze:{case.number}:{until}", day=until)
    aside = moved(turn, officer, case, "snoozed", text, snoozed=_morning(turn, case, until))
    return done(turn, aside, "desk/snoozed", told(case, "told/snoozed", officer=officer.name, day=until), day=until)


def wake(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """Back to it before the day."""
    if not can(turn, "wake", case, officer):
        return not_now(turn, case)
    awake = moved(turn, officer, case, "woken")
    return done(turn, awake, "desk/working", told(case, "told/working", officer=officer.name))


def _today(turn: Turn, case: Case) -> date:
    return turn.incoming.at.astimezone(ZoneInfo(turn.release.zone(case.village))).date()


def _latest(turn: Turn, case: Case) -> date:
    latest = latest_aside(case, turn.incoming.at, turn.release.content.rules)
    return latest.astimezone(ZoneInfo(turn.release.zone(case.village))).date()


def _read(turn: Turn, case: Case, text: str) -> date | None:
    """A day to come that is not too far; None for any other."""
    today = _today(turn, case)
    found = read_day(text, today, turn.release.content.particulars.months)
    return found if found and today < found <= _latest(turn, case) else None


def _morning(turn: Turn, case: Case, day: date) -> datetime:
    """When the office of the case's village opens on that day."""
    zone = ZoneInfo(turn.release.zone(case.village))
    return datetime.combine(day, turn.release.content.rules.office_hours.start, zone)


def _days(turn: Turn, case: Case) -> tuple[Button, ...]:
    today = _today(turn, case)
    monday = today + timedelta(days=7 - (today.weekday() - _MONDAY) % 7)
    offered = {"tomorrow": today + timedelta(days=1), "in-three-days": today + timedelta(days=3), "next-monday": monday}
    latest = _latest(turn, case)
    return tuple(label(name, f"snooze:{case.number}:{day}") for name, day in offered.items() if day <= latest)
