"""Moves of a case by the table in casework/states.py: taken on, given back, waiting, closed."""

from dataclasses import replace

from bot.casework.states import MOVES, OUTCOMES, may
from bot.dialogue.choices import label
from bot.dialogue.desk.parts import event, not_now
from bot.dialogue.desk.seeing import shown
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.messages import Reply
from bot.model.step import Act, Step, TellPerson


def claim(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """Whoever is first has it; the other is told who."""
    if case.officer and case.officer != officer.id:
        return turn.step(Reply("desk/taken", {"number": case.number, "officer": case.officer_name}), desk="")
    if case.officer == officer.id:
        return turn.step(shown(turn, officer, case, opened=False), desk="")
    return _moved(turn, officer, case, "claim", "desk/claimed", "told/claimed", holder=officer.id)


def release(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """Back into the queue."""
    return _moved(turn, officer, case, "release", "desk/released", "told/released", holder=0)


def wait(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """The person must answer first."""
    return _moved(turn, officer, case, "waiting", "desk/waiting", "told/waiting")


def resume(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """Go on with it."""
    return _moved(turn, officer, case, "resume", "desk/working", "told/working")


def close(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """Which outcome?"""
    if not may("close", case, officer):
        return not_now(turn, case)
    choices = tuple(label(one, f"outcome:{case.number}:{one}") for one in OUTCOMES)
    return turn.step(Reply("desk/outcome", {"number": case.number}, choices), desk="")


def outcome(turn: Turn, officer: Officer, case: Case, outcome: str) -> Step:
    """Closing needs an outcome and a word for the person."""
    if outcome not in OUTCOMES or not may("close", case, officer):
        return not_now(turn, case)
    text = turn.incoming.text.strip()
    if not text:
        return turn.step(Reply("desk/outcome-note"), desk=f"outcome:{case.number}:{outcome}")
    written = event(turn, officer, case, "closed", text)
    answers = (label("yes", f"solved:{case.number}"), label("not-solved", f"unsolved:{case.number}"))
    told = Reply("told/closed", {"number": case.number, "outcome": outcome, "text": text}, answers)
    effects = (
        Act(case, written, replace(case, state="closed", outcome=outcome)),
        TellPerson(case.person, told, talking="-"),
    )
    return turn.step(
        Reply("desk/closed", {"number": case.number}, (label("queue", "do:queue"),)), effects=effects, desk=""
    )


def _moved(turn: Turn, officer: Officer, case: Case, act: str, said: str, told: str, holder: int | None = None) -> Step:
    """One move of the table: the event, the new state, the word to the officer and to the person."""
    if not may(act, case, officer):
        return not_now(turn, case)
    written = event(turn, officer, case, MOVES[act].event)
    word = Reply(told, {"officer": officer.name, "number": case.number})
    after = replace(case, state=MOVES[act].to or case.state, officer=case.officer if holder is None else holder)
    effects = (Act(case, written, after), TellPerson(case.person, word))
    next = (label("open-case", f"case:{case.number}"), label("queue", "do:queue"))
    return turn.step(Reply(said, {"number": case.number}, next), effects=effects, desk="")
