"""A person's own cases: how they stand, writing with the officer, withdrawing, and saying that it is not solved."""

from datetime import timedelta

import pytest

from bot.casework.numbers import sayable
from bot.model.case import Case
from bot.model.conversation import Known
from bot.model.effects.cases import Act
from bot.model.effects.telling import TellOfficers, TellPerson
from tests.dialogue.talk import LANTAN, MONDAY, NUMBER, PERSON, Talk, case_of


def owning(talk: Talk, *cases: Case) -> Talk:
    talk.known = Known(cases=cases, case=cases[0] if len(cases) == 1 else None)
    return talk


def talking(talk: Talk, **changes: object) -> Case:
    """The person writes with the officer of their case."""
    case = case_of(**{"state": "working", "officer": 1, "officer_name": "Bu Ani", **changes})
    owning(talk, case)
    talk.conversation = talk.conversation.but(talking=case.number)
    return case


def test_who_handed_in_nothing_hears_so_and_gets_the_menu(talk: Talk) -> None:
    assert talk.write("kasus saya") == ["cases/none", "menu"]


def test_a_single_case_is_shown_at_once_with_who_looks_after_it_and_by_when(talk: Talk) -> None:
    case = case_of(state="working", officer=1, officer_name="Bu Ani")
    owning(talk, case).write("status")
    facts = talk.reply("cases/one").facts
    assert (facts["number"], facts["state"], facts["officer"]) == (case.number, "working", "Bu Ani")
    assert (facts["due"], facts["overdue"], facts["zone"]) == (case.due, False, "Asia/Makassar")


def test_it_is_said_when_the_promised_time_has_passed(talk: Talk) -> None:
    owning(talk, case_of())
    talk.wait(days=3)
    talk.write("kasus saya")
    assert talk.reply("cases/one").facts["overdue"] is True
    owning(talk, case_of(state="closed", outcome="solved", closed=MONDAY)).write("kasus saya")
    assert talk.reply("cases/one").facts["overdue"] is False


def test_several_cases_are_a_list_with_a_button_for_each(talk: Talk) -> None:
    owning(talk, case_of(number=NUMBER), case_of(number="1000020", state="closed")).write("kasus saya")
    assert [line["state"] for line in talk.reply("cases/list").facts["lines"]] == ["new", "closed"]
    assert talk.buttons == [f"mine:{NUMBER}", "mine:1000020"]


@pytest.mark.parametrize("text", [NUMBER, sayable(NUMBER), f"nomor saya {sayable(NUMBER)} bu", f"100.001.{NUMBER[-1]}"])
def test_a_number_written_shows_the_case(talk: Talk, text: str) -> None:
    owning(talk, case_of())
    assert talk.write(text) == ["cases/one"]


def test_a_number_with_a_slip_is_said_to_be_unknown_and_not_taken_for_a_question(talk: Talk) -> None:
    owning(talk, case_of())
    for digit in set("0123456789") - {NUMBER[-1]}:
        assert talk.write(f"100 001-{digit}") == ["cases/unknown"]


def test_another_persons_number_is_unknown_in_every_way_of_asking(talk: Talk) -> None:
    """Even if the reading handed it in by mistake, and in the same words as a number that does not exist."""
    case = case_of(person=PERSON + 1, state="working", officer=1)
    owning(talk, case)
    assert talk.write(case.number) == ["paper/ask"]
    for act in ("mine", "write", "withdraw", "withdraw-yes", "withdraw-no", "solved", "unsolved"):
        assert talk.forge(f"{act}:{case.number}")[0] == "cases/unknown", act
        assert talk.last.effects == () and talk.conversation.talking == ""
    talk.known = Known()
    assert talk.write(NUMBER) == ["paper/ask"]


def test_withdrawing_asks_first(talk: Talk) -> None:
    case = case_of()
    owning(talk, case)
    assert talk.forge(f"withdraw:{case.number}") == ["cases/withdraw-ask"]
    assert talk.effects(Act) == []
    assert talk.press(f"withdraw-no:{case.number}") == ["cases/kept", "cases/one"]


def test_a_withdrawn_case_is_moved_and_its_officer_told(talk: Talk) -> None:
    case = talking(talk)
    talk.forge(f"withdraw:{case.number}")
    assert talk.press(f"withdraw-yes:{case.number}") == ["cases/withdrawn"]
    act = talk.effect(Act)
    assert (act.after.state, act.event.kind, act.event.by) == ("withdrawn", "withdrawn", PERSON)
    assert talk.effect(TellOfficers).reply.phrase == "notice/withdrawn"
    assert talk.effect(TellOfficers).holder == 1
    assert talk.conversation.talking == ""


def test_a_written_yes_withdraws_what_was_asked_about(talk: Talk) -> None:
    case = case_of()
    owning(talk, case).forge(f"withdraw:{case.number}")
    assert talk.write("ya") == ["cases/withdrawn"]


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
def test_a_case_that_is_over_is_only_shown(talk: Talk, state: str) -> None:
    case = case_of(state=state, closed=MONDAY)
    owning(talk, case)
    for act in ("withdraw", "withdraw-yes", "write"):
        assert talk.forge(f"{act}:{case.number}") == ["cases/one"]
        assert talk.last.effects == () and talk.conversation.talking == ""
    assert not any(button.startswith(("write:", "withdraw:")) for button in talk.buttons)


def test_words_for_the_officer_go_to_the_officer_and_nowhere_else(talk: Talk) -> None:
    case = case_of(state="working", officer=1)
    owning(talk, case)
    assert talk.forge(f"write:{case.number}") == ["cases/write"]
    assert talk.write("kerja di taiwan bagaimana bu") == ["talk/relayed"]
    act = talk.effect(Act)
    assert (act.event.kind, act.event.text, act.becomes) == ("from-person", "kerja di taiwan bagaimana bu", act.case)
    notice = talk.effect(TellOfficers)
    assert (notice.unit, notice.holder) == (LANTAN, 1)
    assert "taiwan" not in repr(notice.reply)


@pytest.mark.parametrize("kind", ["photo", "voice", "file"])
def test_pictures_and_voices_are_relayed_too(talk: Talk, kind) -> None:
    talking(talk)
    assert talk.send(kind) == ["talk/relayed"]
    attachment = talk.effect(Act).event.attachment
    assert attachment is not None and attachment.kind == kind


def test_an_answer_to_a_waiting_officer_sets_the_case_to_work_again(talk: Talk) -> None:
    talking(talk, state="waiting")
    talk.write("ini jawaban saya bu")
    assert talk.effect(Act).after.state == "working"


def test_a_number_or_a_yes_written_to_the_officer_is_relayed(talk: Talk) -> None:
    talking(talk)
    talk.conversation = talk.conversation.but(shown=("do:menu",))
    for text in ("ya", NUMBER, "081234567890"):
        assert talk.write(text) == ["talk/relayed"], text


def test_menu_brings_the_robot_back(talk: Talk) -> None:
    talking(talk)
    assert talk.write("menu") == ["menu"]
    assert talk.conversation.talking == ""
    assert talk.write("kerja di taiwan") == ["answer"]


def test_words_for_a_case_that_is_closed_by_now_are_said_not_to_have_gone(talk: Talk) -> None:
    talking(talk, state="closed", closed=MONDAY)
    assert talk.write("halo bu masih di sana") == ["talk/not-relayed"]
    assert talk.last.effects == () and talk.conversation.talking == ""


@pytest.mark.parametrize(("officer", "state"), [(1, "working"), (0, "new")])
def test_within_fourteen_days_the_person_can_say_that_it_is_not_solved(talk: Talk, officer: int, state: str) -> None:
    case = case_of(state="closed", officer=officer, outcome="solved", closed=MONDAY - timedelta(days=13))
    owning(talk, case)
    assert talk.forge(f"unsolved:{case.number}") == ["told/reopened"]
    act = talk.effect(Act)
    assert (act.event.kind, act.after.state, act.after.outcome) == ("reopened", state, "")
    assert talk.effect(TellOfficers).reply.phrase == "notice/reopened"


def test_after_fourteen_days_it_stays_closed(talk: Talk) -> None:
    case = case_of(state="closed", outcome="solved", closed=MONDAY - timedelta(days=15))
    owning(talk, case)
    assert talk.forge(f"unsolved:{case.number}") == ["cases/one"]
    assert talk.last.effects == ()


def test_solved_is_noted_and_thanked_for(talk: Talk) -> None:
    case = case_of(state="closed", outcome="solved", closed=MONDAY)
    owning(talk, case)
    assert talk.forge(f"solved:{case.number}") == ["told/thanks", "menu"]
    assert talk.effect(Act).event.kind == "rated"
    assert talk.effects(TellPerson) == []
