"""The table of the casework: who may do what in which state."""

from datetime import timedelta

import pytest

from bot.casework.states import MOVES, OPEN, acts, may, may_reopen
from tests.dialogue.talk import MONDAY, case_of, officer

ANI = officer()
HOLDER, OTHER, NOBODY = ANI.id, 99, 0
EVERYBODYS = {"note", "reveal"}
HANDLING = {"release", "reply", "note", "close", "reveal", "snooze", "ask-help", "refer", "transfer", "merge"}
ALLOWED = {
    ("new", NOBODY): {"claim", "transfer", "merge", *EVERYBODYS},
    ("new", OTHER): EVERYBODYS,
    ("working", HOLDER): {"waiting", *HANDLING},
    ("working", OTHER): EVERYBODYS,
    ("working", NOBODY): {"claim", "transfer", "merge", *EVERYBODYS},
    ("waiting", HOLDER): {"resume", *HANDLING},
    ("waiting", OTHER): EVERYBODYS,
    ("closed", HOLDER): EVERYBODYS,
    ("closed", OTHER): EVERYBODYS,
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


@pytest.mark.parametrize(("days", "yes"), [(0, True), (14, True), (14.01, False)])
def test_any_officer_may_open_a_case_again_within_fourteen_days(days: float, yes: bool) -> None:
    case, now = case_of(state="closed", officer=OTHER, closed=MONDAY), MONDAY + timedelta(days=days)
    assert may("reopen", case, ANI, now) is yes
    assert ("reopen" in acts(case, ANI, now)) is yes
    assert not may("reopen", case, ANI), "without knowing the day it may not be done"


def test_a_case_joined_with_another_is_separated_again_and_not_opened() -> None:
    joined = case_of(state="closed", closed=MONDAY, merged_into="1000023")
    assert may("unmerge", joined, ANI, MONDAY) and not may("reopen", joined, ANI, MONDAY)
    assert not may_reopen(joined, MONDAY), "nor does its person open it: the work goes on elsewhere"
    assert not may("unmerge", case_of(state="closed", closed=MONDAY), ANI, MONDAY)


def test_what_is_put_aside_can_be_taken_up_and_not_put_aside_twice() -> None:
    aside = case_of(state="working", officer=HOLDER, snoozed=MONDAY, clock="stopped")
    assert may("wake", aside, ANI) and not may("snooze", aside, ANI)
    waiting = case_of(state="waiting", officer=HOLDER, snoozed=MONDAY, clock="paused", urgency="emergency")
    assert not may("wake", waiting, ANI), "the day until which we wait for the person is not that of the officer"


def test_the_ministry_has_nobody_above_to_ask() -> None:
    assert not may("ask-help", case_of(state="working", officer=HOLDER), officer(unit=""))
