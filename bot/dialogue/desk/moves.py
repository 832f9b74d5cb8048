"""Moves of a case by the table in casework/states.py: taken on, given back, waiting, closed, opened again; help asked for."""

from dataclasses import replace

from bot.casework.routing import above
from bot.casework.states import MOVES, OUTCOMES, has_risen_to
from bot.dialogue.choices import label
from bot.dialogue.desk.parts import ask, can, done, moved, not_now, told
from bot.dialogue.desk.seeing import shown
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.effects.telling import TellOfficers, TellPerson
from bot.model.messages import Reply
from bot.model.step import Step


def claim(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """Whoever is first has it; the other is told who. Nobody takes on more than they can, but for an emergency."""
    if case.officer and case.officer != officer.id and not has_risen_to(case, officer):
        return turn.step(Reply("desk/taken", {"number": case.number, "officer": case.officer_name}), desk="")
    if case.officer == officer.id:
        return turn.step(shown(turn, officer, case, opened=False), desk="")
    most = turn.release.content.desk.cap if officer.cap is None else officer.cap
    held = turn.conversation.known.held
    if held >= most and case.urgency != "emergency" and not case.practice_of and can(turn, "claim", case, officer):
        facts = {"number": case.number, "held": held, "most": most}
        return turn.step(Reply("desk/full", facts, (label("mine", "today::mine"),)), desk="")
    step = _moved(turn, officer, case, "claim", "desk/claimed", "told/claimed", holder=officer.id)
    notice = Reply("notice/taken-over", {"number": case.number, "officer": officer.name})
    before = (TellOfficers(case.unit, notice, holder=case.officer),) if case.officer and step.effects else ()
    return replace(step, effects=(*step.effects, *before))


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
    if not can(turn, "close", case, officer):
        return not_now(turn, case)
    choices = tuple(label(one, f"outcome:{case.number}:{one}") for one in OUTCOMES)
    return ask(turn, case, "desk/outcome", buttons=choices)


def outcome(turn: Turn, officer: Officer, case: Case, outcome: str) -> Step:
    """Closing needs an outcome and a word for the person."""
    if outcome not in OUTCOMES or not can(turn, "close", case, officer):
        return not_now(turn, case)
    text = turn.incoming.text.strip()
    if not text:
        return ask(turn, case, "desk/outcome-note", f"outcome:{case.number}:{outcome}")
    answers = (label("yes", f"solved:{case.number}"), label("not-solved", f"unsolved:{case.number}"))
    word = Reply("told/closed", {"number": case.number, "outcome": outcome, "text": text}, answers)
    over = moved(turn, officer, case, "closed", text, state="closed", outcome=outcome)
    return done(turn, over, "desk/closed", TellPerson(case.person, word, talking="-"))


def reopen(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """Not over after all, says an officer, and why; it is theirs then."""
    if not can(turn, "reopen", case, officer):
        return not_now(turn, case)
    text = turn.incoming.text.strip()
    if not text:
        return ask(turn, case, "desk/reopen-why", f"reopen:{case.number}")
    again = moved(turn, officer, case, "reopened", text, state="working", outcome="", officer=officer.id)
    return done(turn, again, "desk/reopened", told(case, "told/opened-again", officer=officer.name))


def ask_help(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """The level above is asked for help; the case stays where it is."""
    if not can(turn, "ask-help", case, officer):
        return not_now(turn, case)
    text = turn.incoming.text.strip()
    if not text:
        return ask(turn, case, "desk/help-what", f"ask-help:{case.number}")
    step = done(turn, moved(turn, officer, case, "asked-help", text), "desk/help-asked")
    facts = {"number": case.number, "officer": officer.name}
    notice = Reply("notice/help-asked", facts, (label("open-case", f"case:{case.number}"),))
    heard = () if case.practice_of else (TellOfficers(above(officer.unit), notice),)
    return replace(step, effects=(*step.effects, *heard))


def _moved(turn: Turn, officer: Officer, case: Case, act: str, said: str, word: str, holder: int | None = None) -> Step:
    """One move of the table: the event, the new state, the word to the officer and to the person."""
    if not can(turn, act, case, officer):
        return not_now(turn, case)
    state, keeper = MOVES[act].to or case.state, case.officer if holder is None else holder
    act_done = moved(turn, officer, case, MOVES[act].event, state=state, officer=keeper)
    return done(turn, act_done, said, told(case, word, officer=officer.name))
