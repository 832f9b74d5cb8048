"""What an officer writes: to the person, or for the desk alone."""

from dataclasses import replace

from bot.casework.states import MOVES, may
from bot.dialogue.choices import label
from bot.dialogue.desk.parts import buttons, event, not_now
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.messages import Reply
from bot.model.step import Act, Step, TellPerson


def reply(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """To the person, by the bot."""
    if not may("reply", case, officer):
        return not_now(turn, case)
    text, attachment = turn.incoming.text.strip(), turn.incoming.attachment
    if not text and not attachment:
        return turn.step(Reply("desk/write", {"number": case.number}), desk=f"reply:{case.number}")
    writing = event(turn, officer, case, "to-person", text)
    facts = {"officer": officer.name, "number": case.number, "text": text}
    said = Reply("told/said", facts, (label("write", f"write:{case.number}"), label("menu", "do:menu")), attachment)
    working = replace(case, state=MOVES["reply"].to or case.state)
    effects = (Act(case, writing, working), TellPerson(case.person, said, talking=case.number))
    next = (
        label("reply", f"reply:{case.number}"),
        label("close", f"close:{case.number}"),
        label("queue", "do:queue"),
    )
    return turn.step(Reply("desk/sent", {"number": case.number}, next), effects=effects, desk="")


def note(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """For officers only."""
    if not may("note", case, officer):
        return not_now(turn, case)
    if not turn.incoming.text.strip():
        return turn.step(Reply("desk/write-note", {"number": case.number}), desk=f"note:{case.number}")
    writing = event(turn, officer, case, "note", turn.incoming.text.strip())
    return turn.step(
        Reply("desk/noted", {"number": case.number}, buttons(case, officer)), effects=(Act(case, writing),), desk=""
    )
