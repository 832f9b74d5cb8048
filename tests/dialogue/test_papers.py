"""The paper of somebody without a phone, in a chat: two numbers, tried and counted; joined once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialogue.papers import read_pin, secret_number
from bot.dialogue.wants import wants
from bot.model.conversation import Conversation, Known
from bot.model.effects.cases import Act, EnterCase, GivePaper, LinkCase, TriedPaper
from bot.model.effects.telling import TellOfficers
from bot.model.messages import Address, Incoming
from bot.model.paper import Standing
from bot.understanding.release import Release
from tests.dialogue.talk import LANTAN, MONDAY, NUMBER, PERSON, Talk, case_of, officer

ANI = officer()
PIN = "482913"
STANDING = Standing("salt", NUMBER, "new", LANTAN, LANTAN, MONDAY, MONDAY + timedelta(1), "running", 0, "", "id", True)


@pytest.mark.parametrize(("text", "pin"), [
    (PIN, PIN), ("482 913", PIN), (" 482-913 ", PIN), ("48291", ""), ("4829133", ""), ("48291a", ""), ("", ""),
    ("４８２９１３", ""), ("9" * 70_000, ""),
])  # fmt: skip
def test_a_secret_number_is_read_as_people_write_it(text: str, pin: str) -> None:
    assert read_pin(text) == pin


def test_secret_numbers_have_six_digits_also_when_they_begin_with_noughts() -> None:
    made = {secret_number(f"token {n}") for n in range(2000)}
    assert all(len(one) == 6 and one.isdigit() for one in made)
    assert any(one.startswith("0") for one in made) and len(made) > 1900


def wanted(talk: Talk, text: str = "", button: str = ""):
    incoming = Incoming(Address("telegram", "bot", "siti"), "m", "button" if button else "text", MONDAY, text, button)
    return wants(talk.conversation, incoming, talk.release)


def test_the_number_alone_shows_nothing_and_asks_for_the_secret_one(talk: Talk) -> None:
    assert talk.write(NUMBER) == ["paper/ask"]
    found = wanted(talk, "482 913")
    assert (found.paper, found.pin) == (NUMBER, PIN)
    talk.known = Known(paper=STANDING)
    assert talk.write("482 913") == ["paper/standing"]
    assert talk.effect(TriedPaper) == TriedPaper(NUMBER, True)
    facts = talk.reply("paper/standing").facts
    assert not {"title", "answers", "kind", "form"} & set(facts)


def test_a_wrong_one_is_counted_and_begins_anew(talk: Talk) -> None:
    talk.write(NUMBER)
    assert talk.write("000000") == ["paper/wrong"]
    assert talk.effect(TriedPaper) == TriedPaper(NUMBER, False)
    assert "paper/wrong" not in talk.write("000001")


def test_six_digits_out_of_nowhere_are_no_try(talk: Talk) -> None:
    talk.write("482913")
    assert talk.effects(TriedPaper) == []


def test_the_case_is_joined_by_the_button_shown_after_both_numbers_only(talk: Talk) -> None:
    assert not wanted(talk, button=f"paper-link:{NUMBER}").paper
    assert talk.forge(f"paper-link:{NUMBER}") == ["paper/wrong"]
    talk.write(NUMBER)
    talk.known = Known(paper=STANDING)
    talk.write(PIN)
    assert wanted(talk, button=f"paper-link:{NUMBER}").shown == "salt"
    assert not wanted(talk, button="paper-link:1000020").paper
    assert talk.press(f"paper-link:{NUMBER}") == ["paper/linked"]
    assert talk.effect(LinkCase) == LinkCase(NUMBER, "salt", PERSON)
    assert NUMBER in str(talk.effect(TellOfficers).reply)


@pytest.mark.parametrize("standing", [replace(STANDING, free=False), replace(STANDING, state="closed"), None])
def test_a_case_that_is_somebodys_or_closed_cannot_be_joined(talk: Talk, standing: Standing | None) -> None:
    talk.write(NUMBER)
    talk.known = Known(paper=replace(STANDING, free=False))
    talk.write(PIN)
    assert f"paper-link:{NUMBER}" not in talk.buttons
    talk.known = Known(paper=standing)
    assert talk.forge(f"paper-link:{NUMBER}") == ["paper/wrong"]
    assert talk.effects(LinkCase) == []


@pytest.fixture
def desk(release: Release) -> Talk:
    """Bu Ani's chat, with something of her own remembered."""
    own = Conversation(ANI.person, greeted=True, remembered={"village": LANTAN, "name": "Ani", "phone": "0811111111"})
    return Talk(release, own, Known(officer=ANI, token="chance"))


def test_nothing_of_the_officers_own_gets_into_what_she_writes_down(desk: Talk) -> None:
    assert desk.write("daftarkan") == ["desk/enter"]
    assert desk.press("enter:ask-officer") == ["form/consent-aloud"]
    desk.press("agree:ask-officer")
    assert desk.filling.other and set(desk.filling.answers) == {"village"}
    for answer in ("Kapan posyandu buka?", "lewati"):
        desk.write(answer)
    assert desk.write("kirim") == ["desk/entered"]
    entered = desk.effect(EnterCase)
    case = entered.opening.case
    assert (case.person, case.entered_by, case.village) == (0, ANI.id, LANTAN)
    assert entered.pin == secret_number("chance") and entered.opening.consent.given == MONDAY
    assert desk.conversation.remembered["name"] == "Ani" and "question" not in desk.conversation.remembered


def test_people_of_another_village_are_refused_and_the_draft_is_kept(desk: Talk) -> None:
    desk.forge("enter:ask-officer")
    desk.press("agree:ask-officer")
    desk.conversation = desk.conversation.but(
        filling=replace(
            desk.filling, asking="summary", answers={"village": "35.05.01.2001", "question": "halo", "phone": ""}
        )
    )
    assert desk.write("kirim") == ["desk/enter-elsewhere"]
    assert desk.last.effects == () and desk.filling.other


def test_a_form_begun_for_another_is_begun_anew_for_another(desk: Talk) -> None:
    desk.forge("enter:ask-officer")
    desk.press("agree:ask-officer")
    desk.write("menu")
    assert desk.forge("restart:ask-officer") == ["form/consent-aloud"]
    assert desk.filling.other


def test_a_new_paper_is_for_who_has_no_chat(desk: Talk) -> None:
    for changes, said in (
        ({"entered_by": 1, "reachable": False}, "desk/paper"),
        ({"entered_by": 1, "reachable": True}, "desk/not-now"),
        ({"entered_by": 0, "reachable": False}, "desk/not-now"),
        ({"entered_by": 1, "reachable": False, "state": "closed"}, "desk/not-now"),
    ):
        desk.known = Known(officer=ANI, case=case_of(**changes), token="chance")
        assert desk.forge(f"paper:{NUMBER}") == [said]
        assert bool(desk.effects(GivePaper)) == (said == "desk/paper")
        assert all(
            "pin" not in one.event.text and secret_number("chance") not in one.event.text for one in desk.effects(Act)
        )


def test_what_the_person_said_is_theirs_written_down_by_the_officer(desk: Talk) -> None:
    desk.known = Known(officer=ANI, case=case_of(entered_by=1, reachable=False, state="waiting", officer=ANI.id))
    assert desk.forge(f"said:{NUMBER}") == ["desk/said-what"]
    assert desk.write("Sudah terima surat") == ["desk/said"]
    done = desk.effect(Act)
    assert (done.event.kind, done.event.by_name, done.event.text) == ("from-person", ANI.name, "Sudah terima surat")
    assert done.after.state == "working"


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"agreed": 1}', '{"agreed": "yes"}', '{"village": "x"}', "null", "9" * 9999]
)
def test_a_page_that_brings_nonsense_changes_nothing(desk: Talk, text: str) -> None:
    desk.forge("enter-all:ask-officer", text=text)
    assert desk.last.effects == ()
    desk.forge("enter-all:no-such-form", text=text)
    assert desk.phrases == ["form/gone"]


def test_a_person_without_a_phone_withdraws_by_mouth_and_is_asked_once_more(desk: Talk) -> None:
    desk.known = Known(officer=ANI, case=case_of(entered_by=1, reachable=False))
    assert desk.forge(f"withdraw-for:{NUMBER}") == ["desk/withdraw-for"]
    assert desk.last.effects == ()
    assert desk.press(f"withdraw-for:{NUMBER}:yes") == ["cases/withdrawn"]
    done = desk.effect(Act)
    assert (done.event.kind, done.event.by_name, done.after.state) == ("withdrawn", ANI.name, "withdrawn")
    desk.known = Known(officer=ANI, case=case_of())
    assert desk.forge(f"withdraw-for:{NUMBER}:yes") == ["desk/not-now"]
