"""Safe to talk, under eighteen, code word and word for silence: what is asked, and what is not shown."""

from dataclasses import replace

import pytest

from bot.model.contact import Contact
from bot.model.conversation import Known
from bot.model.effects.cases import Act, CodeTried, OpenCase
from bot.model.effects.telling import ShowKept, TellOfficers
from tests.dialogue.talk import LANTAN_TYPED, NUMBER, Talk, case_of

CODED = case_of(kind="complaint", form="complaint", urgency="sensitive", code_word=True)


@pytest.fixture
def coded(talk: Talk) -> Talk:
    """Somebody with a case behind a code word, come back another day."""
    talk.conversation = talk.conversation.but(coded=(NUMBER,))
    talk.known = Known(case=CODED, cases=(CODED,))
    return talk


def test_who_cannot_talk_now_is_asked_for_no_story_and_told_whom_to_call(talk: Talk) -> None:
    talk.forge("form:complaint")
    talk.press("agree:complaint")
    assert talk.press("field:now:no") == ["form/unsafe", "form/ask"]
    talk.write(LANTAN_TYPED)
    asked = [talk.filling.field]
    talk.press("field:about:employer")
    asked.append(talk.filling.field)
    talk.write("Minggu pagi")
    asked.append(talk.filling.field)
    assert talk.press("skip:phone") == ["form/summary"]
    assert asked == ["about", "reach", "phone"]


def test_where_the_guardian_may_be_the_danger_nothing_but_a_way_to_reach_them_is_asked(talk: Talk) -> None:
    talk.begin("help")
    talk.press("field:who:other")
    talk.press("field:minor:yes")
    talk.press("field:guardian:danger")
    assert talk.filling.field == "safe"
    talk.press("field:safe:no")
    talk.write(LANTAN_TYPED)
    talk.press("skip:phone")
    talk.press("send:help")
    case = talk.effect(OpenCase).case
    assert (case.urgency, case.unit) == ("emergency", "52.02.12")
    assert {"country", "what", "seen", "last-contact"}.isdisjoint(case.answers)


def test_an_answer_that_has_lost_its_question_goes_with_it(talk: Talk) -> None:
    talk.begin("help")
    for button in ("field:who:family", "field:minor:yes", "field:guardian:safe", "skip:country", "field:what:sick"):
        talk.press(button)
    for button in ("field:seen:self", "skip:last-contact", "field:safe:yes"):
        talk.press(button)
    talk.write(LANTAN_TYPED)
    talk.press("skip:phone")
    talk.press("edit:")
    talk.press("edit-line:guardian")
    assert talk.press("field:guardian:danger") == ["form/summary"]
    assert {"what", "seen", "country"}.isdisjoint(talk.filling.answers)


def test_a_child_is_not_registered_without_a_guardians_yes(talk: Talk) -> None:
    talk.begin("learning-house")
    talk.write(LANTAN_TYPED)
    talk.write("Bu Siti")
    talk.press("field:carer:relative")
    assert talk.write("tidak") == ["form/error"]
    assert talk.filling.field == "agreed"


@pytest.mark.parametrize("typed", ["kasus saya", "status"])
def test_behind_a_code_word_a_case_is_in_no_list(coded: Talk, typed: str) -> None:
    assert coded.write(typed) == ["cases/none", "menu"]


@pytest.mark.parametrize("press", ["mine", "write", "withdraw", "withdraw-yes", "solved", "plan", "who-read"])
def test_nor_do_its_buttons_know_it(coded: Talk, press: str) -> None:
    assert coded.forge(f"{press}:{NUMBER}")[0] == "cases/unknown"
    assert coded.last.effects == ()


def test_what_is_said_is_the_same_for_who_has_such_a_case_and_who_has_none(coded: Talk, release: object) -> None:
    other = Talk(coded.release)
    for text in ("kasus saya", "kembang desa"):
        assert coded.write(text) == other.write(text)
        assert coded.last.replies == other.last.replies


def test_the_word_opens_it_for_half_an_hour_of_silence(coded: Talk) -> None:
    coded.write("kasus saya")
    coded.known = replace(coded.known, code="right", opened=(CODED,))
    assert coded.write("melati putih") == ["cases/opened"]
    assert coded.effect(CodeTried).right
    coded.known = replace(coded.known, code="", opened=())
    coded.wait(minutes=29)
    assert coded.press(f"mine:{NUMBER}") == ["cases/one"]
    assert coded.effect(ShowKept).case == NUMBER
    coded.wait(minutes=31)
    assert coded.write("kasus saya") == ["cases/none", "menu"]


def test_a_wrong_word_counts_and_shows_the_menu(coded: Talk) -> None:
    coded.write("kasus saya")
    coded.known = replace(coded.known, code="wrong")
    assert coded.write("kembang desa") == ["menu"]
    assert not coded.effect(CodeTried).right


def test_danger_is_heard_where_a_code_word_was_asked_for(coded: Talk) -> None:
    coded.write("kasus saya")
    assert coded.write("tolong saya dipukul majikan")[0] == "danger/emergency"


def test_the_word_for_silence_silences_tells_the_officer_and_shows_what_anybody_sees(talk: Talk) -> None:
    case = case_of(urgency="sensitive", plan=Contact(may_write=True, shared=False, not_now="Nanti Sore"))
    talk.conversation = talk.conversation.but(hush={NUMBER: "nanti sore"}, talking=NUMBER)
    talk.known = Known(cases=(case,))
    assert talk.write("nanti  SORE") == ["menu"]
    after = talk.effect(Act).after
    assert after.plan is not None and after.plan.silent
    assert talk.effect(TellOfficers).reply.phrase == "notice/silent"
    assert talk.conversation.talking == ""
    talk.known = Known(cases=(replace(case, plan=after.plan),))
    talk.wait(hours=1)
    assert talk.write("kasus saya") == ["cases/one"]
    again = talk.effect(Act).after.plan
    assert again is not None and not again.silent
