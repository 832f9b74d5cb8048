"""What may be done with a case, by whom, and where it goes: the table of the casework."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.model.case import Case, EventKind, Officer, State

REOPEN_WITHIN = timedelta(days=14)
OUTCOMES = ("solved", "referred", "not-possible", "no-reply")
OPEN: tuple[State, ...] = ("new", "working", "waiting")
HELD: tuple[State, ...] = ("working", "waiting")
Whose = Literal["anybody", "holder", "holder-or-nobody"]


@dataclass(frozen=True, slots=True)
class Move:
    """One act: from which states, to which, and whose the case must be for it to be done."""

    event: EventKind
    fits: tuple[State, ...]
    to: State | None
    whose: Whose = "holder"


MOVES: dict[str, Move] = {
    "claim": Move("claimed", OPEN, "working", "anybody"),
    "reply": Move("to-person", HELD, "working"),
    "note": Move("note", (*OPEN, "closed"), None, "anybody"),
    "reveal": Move("revealed", (*OPEN, "closed"), None, "anybody"),
    "waiting": Move("waiting", ("working",), "waiting"),
    "resume": Move("claimed", ("waiting",), "working"),
    "wake": Move("woken", HELD, None),
    "reopen": Move("reopened", ("closed",), "working", "anybody"),
    "close": Move("closed", HELD, "closed"),
    "snooze": Move("snoozed", HELD, None),
    "ask-help": Move("asked-help", HELD, None),
    "refer": Move("referred", HELD, None),
    "transfer": Move("transferred", OPEN, "new", "holder-or-nobody"),
    "merge": Move("merged", OPEN, "closed", "holder-or-nobody"),
    "unmerge": Move("unmerged", ("closed",), None, "anybody"),
    "release": Move("released", HELD, "new"),
}
_ALSO: Mapping[str, Callable[[Case, Officer], bool]] = {
    "claim": lambda case, officer: not case.officer or has_risen_to(case, officer),
    "snooze": lambda case, officer: not aside(case),
    "wake": lambda case, officer: aside(case),
    "reopen": lambda case, officer: not case.merged_into,
    "unmerge": lambda case, officer: bool(case.merged_into),
    "ask-help": lambda case, officer: officer.unit != "",
}
"""What else must hold: for help there must be somebody above."""
_WITHIN = {"reopen": REOPEN_WITHIN, "unmerge": REOPEN_WITHIN}


def may(act: str, case: Case, officer: Officer, now: datetime | None = None) -> bool:
    """Whether this officer may do this to the case as it stands; what has a term of days, only when `now` lies within it."""
    move = MOVES[act]
    if case.state not in move.fits or not _ALSO.get(act, _always)(case, officer):
        return False
    if act in _WITHIN and not (now and case.closed and now - case.closed <= _WITHIN[act]):
        return False
    holders = {"anybody": (case.officer,), "holder": (officer.id,), "holder-or-nobody": (officer.id, 0)}
    return case.officer in holders[move.whose]


def acts(case: Case, officer: Officer, now: datetime | None = None) -> tuple[str, ...]:
    """All that this officer may do now, in the order of the table."""
    return tuple(act for act in MOVES if may(act, case, officer, now))


def aside(case: Case) -> bool:
    """Whether it is put aside until a day; an emergency that waits for its person has a day too, and is not."""
    return case.snoozed is not None and case.clock == "stopped"


def has_risen_to(case: Case, officer: Officer) -> bool:
    """Whether a case somebody else holds has risen to this officer, since its time ran out: then they may take it over."""
    return case.officer != officer.id and case.raised_to == officer.unit


def may_reopen(case: Case, now: datetime) -> bool:
    """Whether the person may still say that it is not solved."""
    lately = case.closed is not None and now - case.closed <= REOPEN_WITHIN
    return case.state == "closed" and lately and not case.merged_into


def _always(case: Case, officer: Officer) -> bool:
    return True
