"""How many cases an officer takes on, opening one again, and asking for help."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.effects.cases import Act
from bot.model.effects.telling import TellOfficers, TellPerson
from bot.understanding.release import Release
from tests.dialogue.desk import ANI, BUDI, kept, lay, nothing_happened, sit_down
from tests.dialogue.talk import MONDAY, NUMBER, Talk, officer

MOST = 30


@pytest.fixture
def desk(release: Release) -> Talk:
    return sit_down(release)


@pytest.mark.parametrize(("held", "claimed"), [(MOST - 1, True), (MOST, False), (MOST + 5, False)])
def test_nobody_takes_on_more_than_the_rules_say(desk: Talk, held: int, claimed: bool) -> None:
    lay(desk, held=held, state="new", officer=0, officer_name="")
    assert desk.forge(f"claim:{NUMBER}") == (["desk/claimed"] if claimed else ["desk/full"])
    assert nothing_happened(desk) is not claimed
    if not claimed:
        assert desk.reply("desk/full").facts["held"] == held


def test_an_emergency_is_always_taken_on(desk: Talk) -> None:
    lay(desk, held=MOST + 5, state="new", officer=0, officer_name="", urgency="emergency")
    assert desk.forge(f"claim:{NUMBER}") == ["desk/claimed"]


def test_an_officers_own_cap_goes_before_the_rules(desk: Talk) -> None:
    lay(desk, held=2, state="new", officer=0, officer_name="")
    for cap, phrase in ((2, "desk/full"), (3, "desk/claimed"), (0, "desk/full")):
        desk.known = replace(desk.known, officer=replace(ANI, cap=cap))
        assert desk.forge(f"claim:{NUMBER}") == [phrase]


def test_who_is_full_still_hears_who_has_a_case(desk: Talk) -> None:
    lay(desk, held=MOST, officer=BUDI.id, officer_name=BUDI.name)
    assert desk.forge(f"claim:{NUMBER}") == ["desk/taken"]
    lay(desk, held=MOST, state="closed", officer=0)
    assert desk.forge(f"claim:{NUMBER}") == ["desk/not-now"]


def test_an_officer_opens_a_closed_case_again_with_a_reason_and_has_it(desk: Talk) -> None:
    lay(
        desk,
        state="closed",
        closed=MONDAY - timedelta(days=3),
        officer=BUDI.id,
        officer_name=BUDI.name,
        outcome="solved",
    )
    assert desk.forge(f"reopen:{NUMBER}") == ["desk/reopen-why"]
    assert nothing_happened(desk)
    assert desk.write("majikan ingkar") == ["desk/reopened"]
    after = desk.effect(Act).after
    assert (after.state, after.officer, after.outcome, after.clock) == ("working", ANI.id, "", "running")
    assert kept(desk) == ("reopened", "majikan ingkar")
    told = desk.effect(TellPerson).reply
    assert told.phrase == "told/opened-again" and "ingkar" not in repr(told)


def test_after_fourteen_days_it_stays_closed(desk: Talk) -> None:
    lay(desk, state="closed", closed=MONDAY - timedelta(days=15))
    assert desk.forge(f"reopen:{NUMBER}", text="x") == ["desk/not-now"]
    assert nothing_happened(desk)


def test_help_is_asked_of_the_level_above_and_the_case_stays(desk: Talk) -> None:
    case = lay(desk)
    assert desk.forge(f"ask-help:{NUMBER}") == ["desk/help-what"]
    assert desk.write("saya tidak tahu aturan Taiwan") == ["desk/help-asked"]
    assert kept(desk) == ("asked-help", "saya tidak tahu aturan Taiwan")
    after = desk.effect(Act).after
    assert (after.officer, after.state, after.unit, after.due) == (case.officer, case.state, case.unit, case.due)
    notice = desk.effect(TellOfficers)
    assert (notice.unit, notice.reply.phrase) == ("52.02.12", "notice/help-asked")
    assert "Taiwan" not in repr(notice.reply), "a notice says nothing of the case"
    assert desk.effects(TellPerson) == []


def test_the_ministry_and_who_practises_ring_nowhere(desk: Talk) -> None:
    lay(desk, practice_of=ANI.id)
    assert desk.forge(f"ask-help:{NUMBER}", text="x") == ["desk/help-asked"]
    assert desk.effects(TellOfficers) == []
    lay(desk)
    desk.known = replace(desk.known, officer=officer(unit=""))
    assert desk.forge(f"ask-help:{NUMBER}", text="x") == ["desk/not-now"]


def test_what_is_seldom_done_stands_behind_one_button_more(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"case:{NUMBER}")
    assert len(desk.buttons) <= 8
    desk.press(f"more:{NUMBER}")
    assert {f"{act}:{NUMBER}" for act in ("snooze", "transfer", "ask-help", "release")} <= set(desk.buttons)
    assert len(desk.buttons) <= 8


def test_closing_stops_the_clock_and_a_colleagues_case_says_whose_it_is(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"outcome:{NUMBER}:solved", text="sudah")
    assert desk.effect(Act).after.clock == "stopped"
    lay(desk, officer=BUDI.id, officer_name=BUDI.name)
    desk.forge(f"outcome:{NUMBER}:solved", text="sudah")
    assert desk.reply("desk/not-now").facts["officer"] == BUDI.name
