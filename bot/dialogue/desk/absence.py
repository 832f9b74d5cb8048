"""An officer is away until a day, or back: what they hold waits for others meanwhile, and nobody's notices reach them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.casework.dates import read_day
from bot.casework.overseeing import away_through
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.case import Officer
from bot.model.effects.offices import Leave
from bot.model.messages import Reply
from bot.model.step import Step

_ASKED = "away:"
_WEST = "Asia/Jakarta"
_OFFERED = {"away-today": 0, "away-three-days": 2, "away-week": 6, "away-two-weeks": 13}


def listen(turn: Turn, officer: Officer) -> Step | None:
    """The word for being away, with a day behind it or without; a button with a day; the day we asked for; the word for back."""
    kind, what = turn.button
    if turn.says("back-at-work"):
        return _back(turn, officer)
    if kind == "away":
        return _leave(turn, officer, what)
    said = _day_said(turn) if turn.typed else None
    if said is not None:
        return _leave(turn, officer, said) if said else _ask(turn, officer, "desk/away")
    return _answered(turn, officer) if turn.conversation.desk == _ASKED else None


def _answered(turn: Turn, officer: Officer) -> Step | None:
    """The day we asked for, or that it was not meant; any other word or button as ever."""
    if turn.says("cancel"):
        return turn.step(Reply("cases/kept"), desk="")
    return _leave(turn, officer, turn.incoming.text) if turn.typed and not turn.heard.command else None


def _day_said(turn: Turn) -> str | None:
    """What stands behind the word for being away; None when the message does not begin with it."""
    text = " ".join(turn.incoming.text.lower().split())
    words = (
        word
        for one in turn.release.content.commands
        if one.id == "away"
        for each in one.words.values()
        for word in each
    )
    begun = sorted((word for word in words if f"{text} ".startswith(f"{word} ")), key=len)
    return text[len(begun[-1]) :].strip() if begun else None


def _leave(turn: Turn, officer: Officer, said: str) -> Step:
    """Away to the end of that day, where the officer sits."""
    day = read_day(said, _today(turn, officer), turn.release.content.particulars.months)
    until = away_through(str(day), turn.incoming.at, _zone(turn, officer))
    if until is None:
        return _ask(turn, officer, "desk/away-no-day")
    buttons = (label("back-at-work", "do:back-at-work"), label("queue", "do:queue"))
    return turn.step(Reply("desk/is-away", {"day": day}, buttons), effects=(Leave(officer, until),), desk="")


def _back(turn: Turn, officer: Officer) -> Step:
    reply = Reply("desk/is-back", buttons=(label("queue", "do:queue"),))
    return turn.step(reply, effects=(Leave(officer, None),), desk="")


def _ask(turn: Turn, officer: Officer, phrase: str) -> Step:
    today = _today(turn, officer)
    days = tuple(label(name, f"away:{today + timedelta(days=days)}") for name, days in _OFFERED.items())
    return turn.step(Reply(phrase, buttons=(*days, label("cancel", "do:cancel"))), desk=_ASKED)


def _today(turn: Turn, officer: Officer) -> date:
    return turn.incoming.at.astimezone(ZoneInfo(_zone(turn, officer))).date()


def _zone(turn: Turn, officer: Officer) -> str:
    return turn.release.villages.zones.get(officer.unit[:2], _WEST)
