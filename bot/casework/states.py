"""What may be done with a case, by whom, and where it goes: the table of the casework."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.case import Case, EventKind, Officer, State

REOPEN_WITHIN = timedelta(days=14)
OUTCOMES = ("solved", "referred", "not-possible", "no-reply")
OPEN: tuple[State, ...] = ("new", "working", "waiting")


@dataclass(frozen=True, slots=True)
class Move:
    """One act: from which states, to which, and whether only the officer who holds the case may do it."""

    event: EventKind
    fits: tuple[State, ...]
    to: State | None
    holder: bool = True


MOVES: dict[str, Move] = {
    "claim": Move("claimed", ("new", "working", "waiting"), "working", holder=False),
    "release": Move("released", ("working", "waiting"), "new"),
    "reply": Move("to-person", ("working", "waiting"), "working"),
    "note": Move("note", ("new", "working", "waiting", "closed"), None, holder=False),
    "waiting": Move("waiting", ("working",), "waiting"),
    "resume": Move("claimed", ("waiting",), "working"),
    "close": Move("closed", ("working", "waiting"), "closed"),
    "reveal": Move("revealed", ("new", "working", "waiting", "closed"), None, holder=False),
}


def may(act: str, case: Case, officer: Officer) -> bool:
    """Whether this officer may do this to the case as it stands."""
    move = MOVES[act]
    if act == "claim" and case.officer:
        return False
    return case.state in move.fits and (not move.holder or case.officer == officer.id)


def acts(case: Case, officer: Officer) -> tuple[str, ...]:
    """All that this officer may do now, in the order of the table."""
    return tuple(act for act in MOVES if may(act, case, officer))


def may_reopen(case: Case, now: datetime) -> bool:
    """Whether the person may still say that it is not solved."""
    return case.state == "closed" and case.closed is not None and now - case.closed <= REOPEN_WITHIN
