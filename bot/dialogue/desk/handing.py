"""A case given away: to the level above, or to another village's office. Whoever gives it has it no more."""

from bot.casework.routing import above, open_to
from bot.dialogue.choices import label
from bot.dialogue.desk.parts import ask, can, done, moved, not_now, told
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.effects.telling import TellOfficers
from bot.model.messages import Button, Reply
from bot.model.step import Step

_COUNTRY = "0"
"""Stands for the whole country in a button, whose unit is ""."""


def transfer(turn: Turn, officer: Officer, case: Case, to: str) -> Step:
    """To whom, then why; the person is told, and those who have it now."""
    if not can(turn, "transfer", case, officer):
        return not_now(turn, case)
    text = turn.incoming.text.strip()
    if not to:
        return (
            _place(turn, case, text) if text else ask(turn, case, "desk/transfer", f"transfer:{case.number}", _up(case))
        )
    unit = "" if to == _COUNTRY else to
    if not takes(turn, case, unit):
        return _no_such_unit(turn, case)
    place = turn.release.place(unit)
    if not text:
        return ask(turn, case, "desk/transfer-why", f"transfer:{case.number}:{to}", place=place)
    given = moved(turn, officer, case, "transferred", f"{place}: {text}", unit=unit, officer=0, state="new")
    step = done(turn, given, "desk/transferred", told(case, "told/transferred", place=place), place=place)
    return turn.step(*step.replies, effects=(*step.effects, *_news(case, unit)), desk="")


def takes(turn: Turn, case: Case, unit: str) -> bool:
    """Whether a case can go to this unit: there is one of this code, it is not there already, and it is open to it.

    Why it cannot is not said: whom a case is about would show in it.
    """
    known = unit == "" or bool(turn.release.place(unit))
    return known and unit != case.unit and open_to(unit, case.barred)


def _place(turn: Turn, case: Case, text: str) -> Step:
    """A place by its name or code: one, or a choice of those it may mean."""
    found = [one.code for one in turn.release.villages.find(text).matches]
    code = [text] if turn.release.place(text) else []
    fitting = [one for one in code or found if takes(turn, case, one)]
    choices = tuple(Button(f"transfer:{case.number}:{one}", label=turn.release.place(one)) for one in fitting)
    if not choices:
        return _no_such_unit(turn, case)
    return ask(turn, case, "desk/transfer-which", f"transfer:{case.number}", choices)


def _up(case: Case) -> tuple[Button, ...]:
    """The level above, where there is one."""
    unit = above(case.unit)
    return (label("level-above", f"transfer:{case.number}:{unit or _COUNTRY}"),) if case.unit else ()


def _no_such_unit(turn: Turn, case: Case) -> Step:
    return ask(turn, case, "desk/no-such-unit", f"transfer:{case.number}", _up(case))


def _news(case: Case, unit: str) -> tuple[TellOfficers, ...]:
    """Those who have it now hear of it; a pretend case is nobody else's."""
    buttons = (label("open-case", f"case:{case.number}"), label("claim", f"claim:{case.number}"))
    notice = Reply("notice/transferred", {"number": case.number, "urgency": case.urgency}, buttons)
    return () if case.practice_of else (TellOfficers(unit, notice),)
