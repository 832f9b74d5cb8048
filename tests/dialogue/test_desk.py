"""The officer's desk in a chat: invitation, queue, and every act on a case with what the person hears of it."""

import pytest

from bot.casework.states import OUTCOMES
from bot.dialogue.desk.entry import ACTS
from bot.model.case import Case, Event
from bot.model.conversation import Conversation, Known
from bot.model.effects.cases import Act
from bot.model.effects.offices import Appoint, GiveLogin
from bot.model.effects.telling import TellPerson
from bot.understanding.release import Release
from tests.dialogue.desk import nothing_happened
from tests.dialogue.talk import LANTAN, MONDAY, NUMBER, PERSON, PHOTO, Talk, case_of, officer

ANI, BUDI = officer(), officer(id=2, name="Pak Budi")
STORY = "Kapan kantor buka?"


@pytest.fixture
def desk(release: Release) -> Talk:
    """Bu Ani's chat."""
    return Talk(release, Conversation(ANI.person, greeted=True), Known(officer=ANI))


def at(desk: Talk, **changes: object) -> Case:
    """A case before her, by default one she holds."""
    case = case_of(**{"state": "working", "officer": ANI.id, "officer_name": ANI.name, **changes})
    desk.known = Known(officer=ANI, case=case)
    return case


def test_an_invitation_makes_an_officer_and_a_wrong_code_does_not(talk: Talk) -> None:
    talk.take("start", text="officer")
    assert talk.phrases == ["desk/code"]
    assert talk.write("ABCDE-PQRST") == ["desk/wrong-code"]
    assert talk.effects(Appoint) == []
    talk.known = Known(invite=ANI)
    assert talk.write("ABCDE-PQRST") == ["desk/welcome"]
    assert talk.effect(Appoint) == Appoint(ANI, PERSON)


def test_officers_words_and_buttons_are_ordinary_ones_for_everybody_else(talk: Talk) -> None:
    case = case_of()
    talk.known = Known(case=case)
    for act in ACTS:
        talk.forge(f"{act}:{case.number}", text="halo bu")
        assert talk.phrases == ["old-button", "menu"] and talk.last.effects == (), act
    for word in ("antrean", "web"):
        assert not any(phrase.startswith("desk/") for phrase in talk.write(word))


def test_a_case_says_whether_its_person_can_be_reached(desk: Talk) -> None:
    for reachable in (True, False):
        case = at(desk, reachable=reachable)
        desk.forge(f"case:{case.number}")
        assert desk.reply("desk/case").facts["reachable"] is reachable


def test_a_case_out_of_sight_is_unknown_whatever_is_pressed(desk: Talk) -> None:
    for act in ACTS:
        assert desk.forge(f"{act}:{NUMBER}", text="halo bu") == ["desk/unknown"], act
        assert nothing_happened(desk)


def test_a_case_opens_covered_and_its_story_is_not_shown(desk: Talk) -> None:
    case = at(desk)
    desk.known = Known(
        officer=ANI, case=case, events=(Event(case.number, "from-person", MONDAY, PERSON, "", "rahasia sekali"),)
    )
    assert desk.forge(f"case:{case.number}") == ["desk/case"]
    assert desk.last.effects == ()
    shown = repr(desk.reply("desk/case").facts)
    assert STORY not in shown and "081234567890" not in shown and "rahasia" not in shown


def test_claiming_takes_the_case_and_tells_the_person_who(desk: Talk) -> None:
    case = at(desk, state="new", officer=0, officer_name="")
    assert desk.forge(f"claim:{case.number}") == ["desk/claimed"]
    assert (desk.effect(Act).after.state, desk.effect(Act).after.officer) == ("working", ANI.id)
    told = desk.effect(TellPerson)
    assert (told.person, told.reply.phrase, told.reply.facts["officer"]) == (PERSON, "told/claimed", ANI.name)


def test_who_comes_second_is_told_who_has_it(desk: Talk) -> None:
    case = at(desk, officer=BUDI.id, officer_name=BUDI.name)
    assert desk.forge(f"claim:{case.number}") == ["desk/taken"]
    assert desk.reply("desk/taken").facts["officer"] == BUDI.name
    assert desk.last.effects == ()


def test_claiming_ones_own_case_again_only_shows_it(desk: Talk) -> None:
    case = at(desk)
    assert desk.forge(f"claim:{case.number}") == ["desk/case"]
    assert desk.last.effects == ()


@pytest.mark.parametrize("act", ["release", "reply", "waiting", "close", "outcome"])
@pytest.mark.parametrize("holder", [BUDI.id, 0])
def test_only_who_holds_the_case_may_write_wait_close_or_give_it_back(desk: Talk, act: str, holder: int) -> None:
    case = at(desk, officer=holder)
    more = ":solved" if act == "outcome" else ""
    assert desk.forge(f"{act}:{case.number}{more}", text="halo bu") == ["desk/not-now"]
    assert desk.last.effects == ()


def test_a_reply_goes_to_the_person_with_the_officers_name_and_opens_the_talk(desk: Talk) -> None:
    case = at(desk)
    assert desk.forge(f"reply:{case.number}", text="  Kantor buka jam 8.  ") == ["desk/sent"]
    told = desk.effect(TellPerson)
    assert (told.reply.phrase, told.reply.facts["text"], told.reply.facts["officer"]) == (
        "told/said",
        "Kantor buka jam 8.",
        ANI.name,
    )
    assert told.talking == case.number
    assert (desk.effect(Act).event.kind, desk.effect(Act).event.text) == ("to-person", "Kantor buka jam 8.")


def test_a_reply_without_words_asks_for_them_and_takes_the_next_message(desk: Talk) -> None:
    case = at(desk)
    assert desk.forge(f"reply:{case.number}") == ["desk/write"]
    assert desk.last.effects == ()
    assert desk.write("kerja di taiwan ada bu") == ["desk/sent"]
    assert desk.effect(TellPerson).reply.facts["text"] == "kerja di taiwan ada bu"
    desk.write("kerja di taiwan")
    assert desk.phrases == ["answer"]


def test_a_picture_can_be_the_reply(desk: Talk) -> None:
    case = at(desk)
    desk.forge(f"reply:{case.number}")
    assert desk.send("photo") == ["desk/sent"]
    assert desk.effect(TellPerson).reply.attachment == PHOTO


def test_an_officers_words_about_danger_reach_the_person_too(desk: Talk) -> None:
    """Help is shown, as in every message; but what was meant for the person is not lost."""
    case = at(desk)
    for way in (
        lambda: desk.write("Apakah ibu dipukul majikan?"),
        lambda: desk.forge(f"reply:{case.number}", text="Ibu dipukul majikan?"),
    ):
        desk.forge(f"reply:{case.number}")
        assert "desk/sent" in way()
        assert desk.effect(TellPerson).reply.phrase == "told/said"


@pytest.mark.parametrize("word", ["batal", "cancel", "menu"])
def test_cancel_sends_nothing(desk: Talk, word: str) -> None:
    case = at(desk)
    desk.forge(f"reply:{case.number}")
    desk.write(word)
    assert desk.last.effects == ()
    desk.write("kerja di taiwan")
    assert desk.effects(TellPerson) == []


def test_waiting_and_working_again_are_told_to_the_person(desk: Talk) -> None:
    case = at(desk)
    assert desk.forge(f"waiting:{case.number}") == ["desk/waiting"]
    assert (desk.effect(Act).after.state, desk.effect(TellPerson).reply.phrase) == ("waiting", "told/waiting")
    case = at(desk, state="waiting")
    assert desk.forge(f"resume:{case.number}") == ["desk/working"]
    assert (desk.effect(Act).after.state, desk.effect(TellPerson).reply.phrase) == ("working", "told/working")


def test_a_case_given_back_is_nobodys_and_new_again(desk: Talk) -> None:
    case = at(desk)
    assert desk.forge(f"release:{case.number}") == ["desk/released"]
    assert (desk.effect(Act).after.state, desk.effect(Act).after.officer) == ("new", 0)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_closing_needs_an_outcome_and_words_for_the_person(desk: Talk, outcome: str) -> None:
    case = at(desk)
    assert desk.forge(f"close:{case.number}") == ["desk/outcome"]
    assert desk.press(f"outcome:{case.number}:{outcome}") == ["desk/outcome-note"]
    assert desk.last.effects == ()
    assert desk.write("Sudah dibantu di kantor") == ["desk/closed"]
    assert (desk.effect(Act).after.state, desk.effect(Act).after.outcome) == ("closed", outcome)
    told = desk.effect(TellPerson)
    assert (told.reply.phrase, told.reply.facts["text"]) == ("told/closed", "Sudah dibantu di kantor")
    assert [button.id for button in told.reply.buttons] == [f"solved:{case.number}", f"unsolved:{case.number}"]


@pytest.mark.parametrize("outcome", ["", "won", "solved:extra"])
def test_an_outcome_that_does_not_exist_closes_nothing(desk: Talk, outcome: str) -> None:
    case = at(desk)
    assert desk.forge(f"outcome:{case.number}:{outcome}", text="Sudah") == ["desk/not-now"]
    assert desk.last.effects == ()


@pytest.mark.parametrize("state", ["closed", "withdrawn"])
@pytest.mark.parametrize("act", ["claim", "release", "reply", "waiting", "resume", "close"])
def test_a_case_that_is_over_cannot_be_moved(desk: Talk, state: str, act: str) -> None:
    case = at(desk, state=state, officer=0 if act == "claim" else ANI.id)
    assert desk.forge(f"{act}:{case.number}", text="halo bu") == ["desk/not-now"]
    assert desk.last.effects == ()


def test_of_a_withdrawn_case_nothing_is_opened(desk: Talk) -> None:
    case = at(desk, state="withdrawn", media={"proof": PHOTO})
    for press in (f"reveal:{case.number}", f"attachment:{case.number}:proof"):
        assert desk.forge(press) == ["desk/not-now"]


def test_the_link_to_the_pages_is_given_once_for_ten_minutes(desk: Talk) -> None:
    desk.known = Known(officer=ANI, token="s3cret", pages="https://desa.test")
    desk.write("web")
    giving = desk.effect(GiveLogin)
    assert (giving.officer, giving.token, (giving.expires - desk.at).total_seconds()) == (ANI.id, "s3cret", 600)
    assert desk.reply("desk/login").facts["link"] == "https://desa.test/officers/login/s3cret"


def test_without_a_public_address_no_link_is_given(desk: Talk) -> None:
    desk.known = Known(officer=ANI, token="s3cret")
    assert desk.write("web") == ["desk/no-web"]
    assert desk.last.effects == ()


def test_an_officer_is_a_person_too_and_may_ask_and_register(desk: Talk) -> None:
    assert desk.write("kerja di taiwan") == ["answer"]
    assert desk.begin("ask-officer") == ["form/ask"]
    desk.write("Lantan, Batukliang Utara")
    assert desk.filling.answers == {"village": LANTAN}
