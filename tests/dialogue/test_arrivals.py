"""Who comes by a poster: its link and its code lead to the village, and to nothing else."""

import pytest

from bot.dialogue.arrivals import opening
from bot.model.conversation import Conversation, Filling, Known
from bot.model.day import Day
from bot.understanding.release import Release
from tests.dialogue.talk import LANTAN, PERSON, Talk, case_of, officer

NO_CODES = ["99.99.99.9999", "9999999999", "ministry", "case:1000013", "52.02", "\x00", "a" * 5_000, "-1", "٥٢٠٢١٢٢٠٠١"]
TYPED = [
    LANTAN,
    "5202122001",
    f" {LANTAN}. ",
    f"kode {LANTAN}",
    "Kode desa: 52.02.12.2001",
    "DESA 5202122001",
    "no 5202122001",
]
MORE_THAN_A_CODE = [f"gaji di taiwan {LANTAN}", "52021220011", "152.02.12.2001", f"{LANTAN} 35.05.01.2001", "35.05"]


def test_a_stranger_with_an_empty_link_is_told_who_we_are(release: Release) -> None:
    assert Talk(release, Conversation(PERSON)).take("start") == ["welcome", "menu"]


@pytest.mark.parametrize("payload", [LANTAN, "5202122001"])
def test_the_link_of_a_village_greets_with_its_name_and_grants_nothing(release: Release, payload: str) -> None:
    talk = Talk(release, Conversation(PERSON))
    assert talk.take("start", text=payload) == ["welcome", "village/welcome", "menu"]
    assert "Lantan" in str(talk.reply("village/welcome").facts["place"])
    assert talk.conversation.remembered == {"village": LANTAN}
    assert (talk.last.effects, talk.conversation.desk, talk.conversation.talking) == ((), "", "")


@pytest.mark.parametrize("payload", NO_CODES)
def test_a_link_with_nonsense_in_it_is_a_plain_start(talk: Talk, payload: str) -> None:
    assert talk.take("start", text=payload) == ["welcome", "menu"]
    assert (talk.conversation.remembered, talk.last.effects) == ({}, ())


def test_the_link_says_the_same_to_an_officer_and_shows_no_case_of_the_village(release: Release) -> None:
    """Whatever is known of cases, a link brings none of it up."""
    talk = Talk(
        release,
        known=Known(officer=officer(), case=case_of(), day=Day({"new": 1}, (("new", case_of()),)), cases=(case_of(),)),
    )
    assert talk.take("start", text=LANTAN) == ["welcome", "village/welcome", "menu"]
    shown = [value for reply in talk.last.replies for value in reply.facts.values()]
    assert not [value for value in shown if case_of().number in str(value)]


@pytest.mark.parametrize("text", TYPED)
def test_the_code_may_be_typed_as_people_type(talk: Talk, text: str) -> None:
    assert talk.write(text) == ["village/welcome", "menu"]
    assert talk.conversation.remembered == {"village": LANTAN}
    assert talk.last.effects == ()


@pytest.mark.parametrize("text", MORE_THAN_A_CODE)
def test_what_says_more_or_less_than_a_code_is_a_question(talk: Talk, text: str) -> None:
    talk.write(text)
    assert not {"village/welcome", "village/unknown"} & set(talk.phrases)
    assert talk.conversation.remembered == {}


@pytest.mark.parametrize("text", ["99.99.99.2001", "5202122999", "kode 5202122999"])
def test_a_slip_in_the_code_is_said_kindly_and_the_menu_comes(talk: Talk, text: str) -> None:
    assert talk.write(text) == ["village/unknown", "menu"]
    assert talk.conversation.remembered == {}


def test_the_village_of_the_code_is_the_one_a_form_begins_with(talk: Talk) -> None:
    talk.write(LANTAN)
    talk.forge("form:ask-officer")
    assert talk.conversation.filling is not None
    assert talk.conversation.filling.answers["village"] == LANTAN


def test_in_a_form_the_code_is_the_answer_to_which_village(talk: Talk) -> None:
    talk.conversation = talk.conversation.but(filling=Filling("ask-officer", asking="field", field="village"))
    talk.write(LANTAN)
    assert "village/welcome" not in talk.phrases
    assert talk.conversation.filling is not None
    assert talk.conversation.filling.answers["village"] == LANTAN


def test_a_form_in_progress_is_taken_up_again_after_a_link(talk: Talk) -> None:
    talk.begin("ask-officer")
    before = talk.conversation.filling
    assert talk.take("start", text=LANTAN)[:3] == ["welcome", "village/welcome", "menu"]
    assert talk.conversation.filling == before


def test_who_writes_with_the_officer_may_name_a_code_to_them(talk: Talk) -> None:
    case = case_of(state="working", officer=1)
    talk.conversation, talk.known = talk.conversation.but(talking=case.number), Known(case=case)
    assert talk.write(LANTAN) == ["talk/relayed"]


def test_danger_beside_a_code_is_heard_first(talk: Talk) -> None:
    assert talk.write(f"tolong saya dipukul majikan {LANTAN}")[0].startswith("danger/")


def test_the_page_opens_with_the_village_too(release: Release) -> None:
    assert [one.phrase for one in opening("5202122001", release, "id")] == ["welcome", "village/welcome", "menu"]
    assert [one.phrase for one in opening("5202122999", release, "id")] == ["welcome", "menu"]
