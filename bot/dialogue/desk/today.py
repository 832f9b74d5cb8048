"""The officer's list."""

from bot.dialogue.desk.parts import line
from bot.dialogue.turn import Turn
from bot.model.case import Officer
from bot.model.messages import Button, Reply
from bot.model.step import Step

_MOST = 10


def today(turn: Turn, officer: Officer) -> Step:
    """What waits, the most pressing first."""
    cases = turn.conversation.known.queue
    place = turn.release.place(officer.unit)
    if not cases:
        return turn.step(Reply("desk/empty", {"place": place}), desk="")
    lines = [line(turn, case) for case in cases[:_MOST]]
    buttons = tuple(Button(f"case:{one.number}", phrase="case", facts={"number": one.number}) for one in cases[:_MOST])
    return turn.step(Reply("desk/queue", {"place": place, "count": len(cases), "lines": lines}, buttons), desk="")
