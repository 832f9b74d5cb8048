"""Danger is heard first, in every message at every step; no word is lost by it; what is no danger rings no bell."""

import pytest

from bot.model.conversation import Conversation, Known
from bot.model.effects.cases import Act, OpenCase
from bot.model.effects.telling import TellOfficers
from bot.understanding.release import Release
from bot.wording import Wording
from tests.dialogue.talk import LANTAN_TYPED, PERSON, Talk, case_of

BEATEN = "tolong saya dipukul majikan"
SOUND_LIKE_DANGER = ("W65Q2-DV7BT", "q679q-q4n9x", "7K47H-TD8PR", "8D8J4-FMY6N", "W2F6J-4Z8SQ", "XS8N4-K2ADX")
"""Invitations drawn by lot: one in 200 sounds so."""
AID = ["danger/emergency", "danger/ask"]


def test_the_hotline_comes_before_anything_else_even_for_a_stranger(release: Release) -> None:
    talk = Talk(release, Conversation(PERSON))
    assert talk.write(BEATEN) == AID
    assert talk.conversation.greeted


def test_one_question_follows_with_a_way_to_be_helped_and_a_way_out(talk: Talk) -> None:
    talk.write(BEATEN)
    assert talk.buttons == ["form:help", "topic:protection/violence", "danger:no"]


def test_a_question_beside_the_cry_is_answered_behind_a_button(talk: Talk) -> None:
    talk.write("saya dipukul majikan tiap hari, gaji tiga bulan belum dibayar, cara nagih gajinya bagaimana")
    assert "topic:protection/unpaid-wages" in talk.buttons
    assert talk.buttons[:2] == ["form:help", "topic:protection/violence"]


@pytest.mark.parametrize("yes", ["ya", "mau", "1", "iya bu"])
def test_a_written_yes_to_the_offer_of_help_begins_the_call_for_help(talk: Talk, yes: str) -> None:
    talk.write(BEATEN)
    if yes == "iya bu" and talk.release.command(yes) != "yes":
        pytest.fail("a polite yes is a yes")
    assert talk.write(yes) == ["form/consent"]
    assert talk.filling.form == "help"


def test_a_written_no_is_taken_kindly(talk: Talk) -> None:
    talk.write(BEATEN)
    assert talk.write("tidak") == ["danger/not-now"]


def test_the_country_named_brings_its_own_numbers(talk: Talk) -> None:
    talk.write("saya dipukul majikan di malaysia")
    assert talk.reply("danger/emergency").facts["country"] == "malaysia"


def test_danger_is_heard_at_every_step_of_a_form(talk: Talk) -> None:
    talk.forge("form:complaint")
    steps = [
        lambda: talk.press("agree:complaint"),
        lambda: talk.press("field:now:yes"),
        lambda: talk.write(LANTAN_TYPED),
        lambda: talk.press("skip:name"),
        lambda: talk.press("field:about:other"),
        lambda: talk.press("skip:country"),
    ]
    for step in steps:
        before = talk.filling
        assert talk.write(BEATEN)[:2] == AID
        assert talk.filling.form == "complaint" and talk.filling.answers.keys() >= before.answers.keys()
        talk.forge("danger:no")
        if before.field == "name":
            talk.write("kembali")
        step()


def test_the_form_waits_while_help_is_offered_and_is_asked_again_after_no(talk: Talk) -> None:
    talk.begin("complaint")
    assert talk.write(BEATEN) == AID
    talk.press("danger:no")
    assert talk.phrases == ["danger/not-now", "form/ask"]
    assert talk.filling.field == "village"


def test_calling_for_help_lays_the_form_aside_to_be_gone_on_with(talk: Talk) -> None:
    talk.begin("complaint")
    talk.write(BEATEN)
    assert talk.press("form:help") == ["form/consent"]
    assert [one.form for one in talk.conversation.paused] == ["complaint"]


def test_a_story_of_danger_is_kept_as_the_answer_it_is(talk: Talk) -> None:
    talk.begin("complaint")
    talk.write(LANTAN_TYPED)
    for press in ("skip:name", "field:about:employer", "skip:country"):
        talk.press(press)
    assert talk.filling.field == "what"
    assert talk.write(BEATEN) == [*AID, "form/ask"]
    assert talk.filling.answers["what"] == BEATEN
    assert talk.filling.field == "proof"


def test_a_choice_that_speaks_of_danger_is_the_answer_it_is_and_no_new_cry(talk: Talk) -> None:
    talk.begin("help")
    talk.press("field:who:me")
    talk.press("skip:minor")
    talk.press("skip:country")
    assert talk.write("Dipukul atau diancam") == ["form/ask"]
    assert talk.filling.answers["what"] == "violence"


def test_words_of_danger_to_the_officer_reach_the_officer(talk: Talk) -> None:
    case = case_of(state="working", officer=1)
    talk.conversation, talk.known = talk.conversation.but(talking=case.number), Known(case=case)
    assert talk.write(BEATEN) == [*AID, "talk/relayed"]
    assert talk.effect(Act).event.text == BEATEN
    assert len(talk.effects(TellOfficers)) == 1


def test_words_of_danger_alone_open_no_case(talk: Talk) -> None:
    talk.write(BEATEN)
    assert talk.effects(OpenCase) == [] and talk.last.effects == ()


@pytest.mark.parametrize("word", ["darurat", "sos", "tulung", "emergency", "tolong"])
def test_a_single_word_for_help_shows_the_numbers(talk: Talk, word: str) -> None:
    assert talk.write(word) == ["emergency", "danger/ask"]
    assert talk.write("ya") == ["form/consent"]


@pytest.mark.parametrize(
    "text",
    [
        "istri saya dipukul majikannya",
        "anak saya disekap di kamboja",
        "saya dikunci majikan di rumah tidak boleh keluar",
        "SAYA DIPUKUL MAJIKAN",
        "sayaa dipukuuul majikan",
        "she said her boss beats her",
        "i want to die",
    ],
)
def test_danger_of_another_in_capitals_or_in_english_is_danger(talk: Talk, text: str) -> None:
    assert talk.write(text)[0].startswith("danger/")


@pytest.mark.parametrize(
    "text",
    [
        "saya tidak pernah dipukul majikan",
        "cara menangkap ikan",
        "hp saya mati",
        "mati lampu",
        "nonton film bunuh diri",
        "kerja di taiwan",
        "kapan kantor buka",
    ],
)
def test_what_only_sounds_like_danger_rings_no_bell(talk: Talk, text: str) -> None:
    assert not any(phrase.startswith("danger/") for phrase in talk.write(text))


def test_who_does_not_want_to_live_is_given_those_who_listen_first(talk: Talk, wording: Wording) -> None:
    talk.write("saya ingin mati saja, sudah tidak kuat hidup")
    (message, *_) = wording.write(talk.last.replies[0], "id")
    assert message.text.index("119") < message.text.index("KP2MI")


def test_some_codes_sound_like_danger(release: Release) -> None:
    assert any(release.hear(code).danger for code in SOUND_LIKE_DANGER)


@pytest.mark.parametrize("code", SOUND_LIKE_DANGER)
def test_a_code_is_never_taken_for_a_cry(talk: Talk, code: str) -> None:
    assert not set(talk.write(code)) & set(AID)
    assert talk.write(f"{code} {BEATEN}")[:2] == AID


@pytest.mark.parametrize("code", ["s-W8S8-QGW5", "w-W99W2N78NC"])
def test_nor_is_one_of_another_kind(talk: Talk, code: str) -> None:
    assert not set(talk.write(code)) & set(AID)


@pytest.mark.parametrize("yes", ["ya", "lanjut"])
def test_a_yes_below_the_list_of_all_forms_calls_for_no_help(talk: Talk, yes: str) -> None:
    talk.write("daftar")
    assert "form:help" in talk.buttons
    talk.write(yes)
    assert talk.conversation.filling is None
