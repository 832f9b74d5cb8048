"""A form is left and taken up again: questions in between, the menu, hours and days, another form, old buttons."""

from dataclasses import replace

import pytest

from bot.model.effects.cases import OpenCase
from bot.model.effects.people import Answered
from tests.dialogue.talk import LANTAN, LANTAN_TYPED, Talk


@pytest.fixture
def filling(talk: Talk) -> Talk:
    """Somebody at the second question of a form."""
    talk.begin("ask-officer")
    talk.write(LANTAN_TYPED)
    assert talk.filling.field == "question"
    return talk


def test_a_question_in_between_is_answered_and_the_form_asked_again(filling: Talk) -> None:
    filling.write("Kapan kantor buka bu")
    assert filling.write("kerja di taiwan?") == ["answer", "form/ask"]
    assert filling.effect(Answered).topic == "jobs/taiwan"
    assert filling.filling.field == "phone"
    assert "phone" not in filling.filling.answers


def test_where_a_story_is_asked_for_a_question_is_part_of_it(filling: Talk) -> None:
    filling.write("paspor saya ditahan majikan, apa boleh?")
    assert filling.filling.answers["question"] == "paspor saya ditahan majikan, apa boleh?"


@pytest.mark.parametrize("question", ["boleh tanya dulu, kerja di taiwan", "kerja di taiwan"])
def test_where_no_words_are_wanted_a_question_needs_no_question_mark(filling: Talk, question: str) -> None:
    filling.write("Kapan kantor buka bu")
    first, last = filling.write(question)
    assert first in ("answer", "candidates") and last == "form/ask"
    assert filling.filling.field == "phone"


def test_a_question_with_its_mark_is_no_name_of_a_village(talk: Talk) -> None:
    talk.begin("ask-officer")
    assert talk.filling.field == "village"
    phrases = talk.write("tunggu dulu, paspor sy ditahan agen gmn ya?")
    assert phrases == ["answer", "form/ask"]
    assert talk.filling.field == "village"


def test_words_where_words_are_wanted_are_the_answer_even_when_we_know_the_topic(filling: Talk) -> None:
    filling.write("mau tanya kerja di taiwan")
    assert filling.filling.answers["question"] == "mau tanya kerja di taiwan"


def test_after_the_emergency_numbers_the_form_keeps_quiet_and_stays(filling: Talk) -> None:
    assert filling.write("darurat") == ["emergency", "danger/ask"]
    assert filling.filling.field == "question"
    filling.write("menu")
    assert filling.phrases == ["menu", "form/back-to-it"]


def test_yes_after_a_question_in_between_answers_the_form_and_rates_nothing(talk: Talk) -> None:
    talk.forge("form:ask-officer")
    assert talk.write("kerja di taiwan?") == ["answer", "form/consent"]
    assert talk.write("ya") == ["form/ask"]


@pytest.mark.parametrize("kind", ["sticker", "location", "contact"])
def test_a_sticker_in_between_is_thanked_for_and_the_form_asked_again(filling: Talk, kind) -> None:
    assert filling.send(kind) == [f"media/{kind}", "form/ask"]


@pytest.mark.parametrize("word", ["menu", "kasus saya", "daftar", "petugas", "hapus"])
def test_turning_away_lays_the_form_aside_and_go_on_takes_it_up_at_the_same_step(filling: Talk, word: str) -> None:
    filling.write(word)
    assert filling.phrases[-1] == "form/back-to-it"
    assert filling.reply("form/back-to-it").facts["number"] == 2
    assert filling.conversation.filling is None
    filling.press("continue:ask-officer")
    assert filling.phrases == ["form/ask"]
    assert (filling.filling.field, filling.filling.answers) == ("question", {"village": LANTAN})


def test_a_written_yes_goes_on_with_the_form_just_offered(filling: Talk) -> None:
    filling.write("menu")
    assert filling.write("lanjut") == ["form/ask"]
    assert filling.filling.field == "question"


def test_go_on_after_an_answer_in_between_is_no_village_of_that_name(talk: Talk) -> None:
    talk.begin("ask-officer")
    assert talk.write("kerja di taiwan?") == ["answer", "form/ask"]
    assert talk.write("lanjut") == ["form/ask"]
    assert talk.filling.field == "village"
    assert talk.write("lanjut") == ["form/villages"], "asked for a village, and nothing beside: it may be its name"


def test_go_on_after_an_answer_in_between_is_nobodys_name(talk: Talk) -> None:
    talk.begin("complaint")
    talk.write(LANTAN_TYPED)
    assert talk.filling.field == "name"
    talk.forge("topic:jobs/taiwan")
    talk.write("lanjut")
    assert talk.filling.field == "name"


def test_a_form_not_agreed_to_waits_at_no_step(talk: Talk) -> None:
    talk.write("saya dipukul majikan")
    talk.forge("form:help")
    assert talk.filling.answers, "something was known before it was opened"
    talk.write("menu")
    assert talk.reply("form/back-to-it").facts["number"] == 0


def test_consent_questions_and_waiting_count_alike(talk: Talk) -> None:
    talk.write("saya dipukul majikan")
    talk.forge("form:help")
    promised = talk.reply("form/consent").facts["count"]
    talk.press("agree:help")
    asked = talk.reply("form/ask").facts
    assert (asked["number"], asked["count"]) == (1, promised)
    talk.press("field:now:yes")
    asked = talk.reply("form/ask").facts
    assert asked["number"] == 2
    talk.write("menu")
    waiting = talk.reply("form/back-to-it").facts
    assert (waiting["number"], waiting["count"]) == (2, asked["count"])


def test_a_form_begun_twice_offers_to_go_on_to_begin_again_or_to_drop(filling: Talk) -> None:
    for leave in (False, True):
        if leave:
            filling.write("menu")
        assert filling.forge("form:ask-officer") == ["form/resume"]
        assert filling.buttons == ["continue:ask-officer", "restart:ask-officer", "drop:ask-officer"]
    filling.press("continue:ask-officer")
    assert filling.filling.answers == {"village": LANTAN}


def test_beginning_again_asks_for_consent_anew_and_drops_the_answers(filling: Talk) -> None:
    filling.forge("form:ask-officer")
    assert filling.press("restart:ask-officer") == ["form/consent"]
    assert (filling.filling.answers, filling.filling.consented, filling.conversation.paused) == ({}, None, ())


def test_dropping_leaves_nothing(filling: Talk) -> None:
    filling.forge("form:ask-officer")
    assert filling.press("drop:ask-officer") == ["form/cancelled"]
    assert filling.conversation.filling is None and filling.conversation.paused == ()


def test_another_form_lays_the_first_aside_and_both_can_be_finished(filling: Talk) -> None:
    filling.begin("skills-training")
    assert [one.form for one in filling.conversation.paused] == ["ask-officer"]
    filling.forge("continue:ask-officer")
    assert filling.filling.form == "ask-officer" and filling.filling.field == "question"
    assert [one.form for one in filling.conversation.paused] == ["skills-training"]


def test_after_hours_words_are_not_taken_as_an_answer_before_asking(filling: Talk) -> None:
    filling.wait(hours=5)
    assert filling.write("halo bu ini Siti yang kemarin") == ["form/resume"]
    assert "question" not in filling.filling.answers
    filling.press("continue:ask-officer")
    filling.write("Kapan kantor buka bu")
    assert filling.filling.answers["question"] == "Kapan kantor buka bu"


@pytest.mark.parametrize("word", ["ya", "kirim", "tidak", "lewati"])
def test_after_days_a_single_word_sends_and_skips_nothing(filling: Talk, word: str) -> None:
    filling.write("Kapan kantor buka bu")
    filling.write("0812 3456 7890")
    filling.wait(days=2)
    assert filling.write(word) == ["form/resume"]
    assert filling.effects(OpenCase) == []


def test_after_hours_a_question_is_answered_and_the_form_asked_again(filling: Talk) -> None:
    filling.wait(hours=5)
    assert filling.write("kerja di taiwan") == ["answer", "form/ask"]


def test_after_hours_a_button_of_the_question_still_answers_it(talk: Talk) -> None:
    talk.begin("help")
    talk.wait(days=3)
    talk.press("field:who:family")
    assert talk.filling.answers == {"now": "yes", "who": "family"}


@pytest.mark.parametrize(
    ("word", "phrase"),
    [("batal", "form/cancelled"), ("do:cancel", "form/cancelled"), ("ulangi", "form/ask"), ("kembali", "form/ask")],
)
def test_cancel_back_and_repeat_work_after_hours_too(filling: Talk, word: str, phrase: str) -> None:
    filling.wait(hours=9)
    filling.press(word) if ":" in word else filling.write(word)
    assert filling.phrases == [phrase]


@pytest.mark.parametrize(
    "button",
    [
        "field:who:me",
        "skip:phone",
        "village:52.02.12.2002",
        "send:complaint",
        "agree:complaint",
        "edit-line:phone",
        "field::",
        "skip:",
    ],
)
def test_a_button_of_another_question_or_form_changes_nothing(filling: Talk, button: str) -> None:
    before = filling.filling
    filling.forge(button)
    assert filling.filling == before
    assert filling.phrases[-1] == "form/ask"
    assert filling.last.effects == ()


def test_a_button_of_another_form_gives_no_consent(talk: Talk) -> None:
    talk.forge("form:ask-officer")
    for button in ("agree:complaint", "send:ask-officer", "field:who:me", "edit-line:question", "skip:phone"):
        assert talk.forge(button) == ["form/consent"]
        assert talk.filling.consented is None and talk.filling.answers == {}


def test_a_number_after_the_menu_in_a_form_picks_from_what_is_on_the_screen(filling: Talk) -> None:
    filling.write("menu")
    shown = filling.conversation.shown
    filling.write(str(shown.index("continue:ask-officer") + 1))
    assert filling.phrases == ["form/ask"]


def test_a_changed_language_asks_the_question_in_it(filling: Talk) -> None:
    filling.write("bahasa")
    filling.press("language:en")
    field = filling.release.content.forms["ask-officer"].field("question")
    assert field is not None
    assert filling.reply("form/ask").facts["ask"] == field.ask["en"]


def test_a_release_without_the_form_lets_go_and_answers_next_time(filling: Talk) -> None:
    forms = {id: form for id, form in filling.release.content.forms.items() if id != "ask-officer"}
    filling.release = replace(filling.release, content=replace(filling.release.content, forms=forms))
    assert filling.write("Kapan kantor buka bu") == ["form/gone"]
    assert filling.write("kerja di taiwan") == ["answer"]


def test_where_a_village_is_asked_for_a_clumsy_question_is_answered(talk: Talk) -> None:
    talk.begin("ask-officer")
    assert talk.write("eh bntar mau tnya dlu, brp biaya ke korea y") == ["answer", "form/ask"]
    assert talk.write("qqxx wwvv") == ["form/village-unknown"]
