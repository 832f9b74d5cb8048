"""The table of the casework: who may do what in which state."""

from datetime import timedelta

import pytest

from bot.casework.states import MOVES, OPEN, acts, may, may_reopen
from tests.dialogue.talk import MONDAY, case_of, officer

ANI = officer()
HOLDER, OTHER, NOBODY = ANI.id, 99, 0
ALLOWED = {
    ("new", NOBODY): {"claim", "note", "reveal"},
    ("new", OTHER): {"note", "reveal"},
    ("working", HOLDER): {"release", "reply", "note", "waiting", "close", "reveal"},
    ("working", OTHER): {"note", "reveal"},
    ("working", NOBODY): {"claim", "note", "reveal"},
    ("waiting", HOLDER): {"release", "reply", "note", "resume", "close", "reveal"},
    ("waiting", OTHER): {"note", "reveal"},
    ("closed", HOLDER): {"note", "reveal"},
    ("closed", OTHER): {"note", "reveal"},
    ("withdrawn", HOLDER): set(),
    ("withdrawn", NOBODY): set(),
}


@pytest.mark.parametrize(("state", "holder"), ALLOWED)
def test_an_officer_may_do_this_and_nothing_else(state: str, holder: int) -> None:
    case = case_of(state=state, officer=holder)
    assert set(acts(case, ANI)) == ALLOWED[state, holder]
    assert {act for act in MOVES if may(act, case, ANI)} == ALLOWED[state, holder]


def test_every_move_leads_to_a_state_from_which_something_may_be_done() -> None:
    assert {move.to for move in MOVES.values()} <= {*OPEN, "closed", None}


@pytest.mark.parametrize(
    ("state", "days", "yes"),
    [
        ("closed", 0, True),
        ("closed", 14, True),
        ("closed", 14.01, False),
        ("working", 0, False),
        ("withdrawn", 0, False),
    ],
)
def test_a_person_may_reopen_within_fourteen_days(state: str, days: float, yes: bool) -> None:
    case = case_of(state=state, closed=MONDAY)
    assert may_reopen(case, MONDAY + timedelta(days=days)) is yes


def test_a_case_without_a_day_of_closing_cannot_be_reopened() -> None:
    assert not may_reopen(case_of(state="closed"), MONDAY)
