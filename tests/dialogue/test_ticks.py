"""Whatever is done to a case, at the desk or by its person, its clock follows."""

from datetime import timedelta

import pytest

from bot.model.case import Case, Clock
from bot.model.conversation import Known
from bot.model.effects.cases import Act
from bot.model.effects.telling import TellOfficers
from bot.understanding.release import Release
from tests.dialogue.talk import MONDAY, NUMBER, Talk, case_of, officer

ANI = officer()


def at_desk(release: Release, **changes: object) -> Talk:
    case = case_of(officer=ANI.id, state="working", due=MONDAY + timedelta(hours=5), **changes)
    return Talk(release, known=Known(officer=ANI, case=case))


def after(talk: Talk) -> Case:
    return talk.effect(Act).after


@pytest.mark.parametrize(
    ("button", "words", "clock"),
    [
        ("reply", "Sejak bulan apa?", "running"),
        ("waiting", "", "paused"),
        ("outcome", "Sudah dibayar.", "stopped"),
        ("release", "", "running"),
    ],
)
def test_what_an_officer_does_sets_the_clock(release: Release, button: str, words: str, clock: Clock) -> None:
    talk = at_desk(release)
    talk.forge(f"{button}:{NUMBER}" + (":solved" if button == "outcome" else ""), words)
    assert after(talk).clock == clock
    assert (after(talk).due > MONDAY + timedelta(days=9)) == (button == "reply")


def test_what_the_person_writes_makes_it_run_again(release: Release) -> None:
    case = case_of(officer=ANI.id, state="waiting", clock="paused", left=30, due=MONDAY)
    talk = Talk(release, known=Known(case=case))
    talk.conversation = talk.conversation.but(talking=NUMBER)
    talk.write("maaf baru balas bu")
    assert (after(talk).clock, after(talk).state) == ("running", "working")
    assert after(talk).due == MONDAY + timedelta(minutes=30)


def test_withdrawn_it_stands_and_opened_again_it_begins_anew(release: Release) -> None:
    talk = Talk(release, known=Known(case=case_of()))
    talk.forge(f"withdraw-yes:{NUMBER}")
    assert after(talk).clock == "stopped"
    talk.known = Known(case=case_of(state="closed", clock="stopped", closed=MONDAY))
    talk.forge(f"unsolved:{NUMBER}")
    assert after(talk).clock == "running" and after(talk).due > MONDAY


def test_a_new_case_has_its_warning_before_its_due(release: Release) -> None:
    talk = Talk(release)
    talk.begin("ask-officer")
    for words in ("lantan batukliang utara", "Kapan kantor buka?", "lewati", "lewati", "lewati"):
        if "send:ask-officer" not in talk.buttons:
            talk.write(words)
    if not any(button.startswith("send") for button in talk.buttons):
        pytest.fail(f"no summary: {talk.phrases} {talk.buttons}")
    talk.write("kirim")
    case = talk.sent()
    assert case.warn and MONDAY < case.warn < case.due


def test_whom_a_case_has_risen_to_may_take_it_over_and_the_other_is_told(release: Release) -> None:
    budi = officer("52.02.12", 9, "Pak Budi")
    talk = Talk(release, known=Known(officer=budi, case=case_of(officer=ANI.id, state="working")))
    assert talk.forge(f"claim:{NUMBER}") == ["desk/taken"]
    risen = case_of(officer=ANI.id, state="working", raised_to="52.02.12")
    talk.known = Known(officer=budi, case=risen)
    assert talk.forge(f"claim:{NUMBER}") == ["desk/claimed"]
    assert after(talk).officer == budi.id and after(talk).raised_to == "52.02.12"
    assert talk.effect(TellOfficers).holder == ANI.id
    talk.known = Known(officer=ANI, case=after(talk))
    assert talk.forge(f"claim:{NUMBER}") == ["desk/taken"]
