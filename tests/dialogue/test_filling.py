"""A form from consent to summary: one question a message, nothing known asked again, every line open to change."""

from bot.model.conversation import Filling
from bot.model.effects.cases import OpenCase
from tests.dialogue.talk import LANTAN, LANTAN_TYPED, Talk


def to_summary(talk: Talk) -> Talk:
    """A question for the officer, filled in and not sent."""
    talk.begin("ask-officer")
    for text in (LANTAN_TYPED, "Kapan kantor buka?", "0812 3456 7890"):
        talk.write(text)
    assert talk.phrases == ["form/summary"]
    return talk


def test_consent_is_asked_before_the_first_question_with_purpose_and_end(talk: Talk) -> None:
    assert talk.forge("form:ask-officer") == ["form/consent"]
    form = talk.release.content.forms["ask-officer"]
    facts = talk.reply("form/consent").facts
    assert facts["purpose"] == form.purpose["id"] and facts["months"] == form.keep_months and facts["count"] == 3


def test_who_declines_leaves_nothing_behind(talk: Talk) -> None:
    talk.forge("form:ask-officer")
    assert talk.press("decline:ask-officer") == ["form/declined"]
    assert (talk.conversation.filling, talk.conversation.paused, talk.conversation.remembered) == (None, (), {})
    assert talk.last.effects == ()


def test_no_word_but_yes_is_taken_for_consent(talk: Talk) -> None:
    talk.forge("form:ask-officer")
    for text in ("Siti Aminah", "hmm", "besok saja"):
        assert talk.write(text) == ["form/consent"]
        assert talk.filling.consented is None
    assert talk.write("setuju") == ["form/ask"]
    assert talk.filling.consented == talk.at


def test_no_in_words_is_no(talk: Talk) -> None:
    talk.forge("form:ask-officer")
    assert talk.write("ora") == ["form/declined"]


def test_questions_come_one_a_message_and_say_their_step(talk: Talk) -> None:
    talk.begin("ask-officer")
    for number, text in enumerate((LANTAN_TYPED, "Kapan kantor buka?", "0812 3456 7890"), start=1):
        assert talk.phrases == ["form/ask"]
        assert (talk.reply("form/ask").facts["number"], talk.reply("form/ask").facts["count"]) == (number, 3)
        talk.write(text)
    assert talk.phrases == ["form/summary"]


def test_each_answer_is_in_the_conversation_at_once(talk: Talk) -> None:
    talk.begin("ask-officer")
    talk.write(LANTAN_TYPED)
    assert talk.filling.answers == {"village": LANTAN}
    talk.write("Kapan kantor buka?")
    assert set(talk.filling.answers) == {"village", "question"}


def test_nothing_known_is_asked_again(talk: Talk) -> None:
    talk.conversation = talk.conversation.but(remembered={"village": LANTAN})
    talk.forge("form:ask-officer")
    assert talk.reply("form/consent").facts["count"] == 2
    talk.press("agree:ask-officer")
    assert talk.filling.field == "question"
    assert talk.reply("form/ask").facts["number"] == 1


def test_what_is_known_stands_in_the_summary_to_be_seen_and_changed(talk: Talk) -> None:
    talk.conversation = talk.conversation.but(remembered={"village": LANTAN})
    talk.begin("ask-officer")
    talk.write("Kapan kantor buka?")
    talk.press("skip:phone")
    lines = talk.reply("form/summary").facts["lines"]
    assert [line["value"] for line in lines] == [talk.release.place(LANTAN), "Kapan kantor buka?", ""]


def test_back_goes_to_the_question_before_and_at_the_first_to_the_consent(talk: Talk) -> None:
    talk.begin("ask-officer")
    talk.write(LANTAN_TYPED)
    talk.write("kembali")
    assert talk.filling.field == "village"
    talk.write("kembali")
    assert talk.phrases == ["form/consent"]
    talk.write("kembali")
    assert talk.phrases == ["form/consent"]


def test_an_answer_given_again_after_back_replaces_the_first(talk: Talk) -> None:
    talk.begin("ask-officer")
    talk.write(LANTAN_TYPED)
    talk.write("Kapan kantor buka?")
    talk.write("kembali")
    talk.write("Berapa biayanya bu")
    assert talk.filling.answers["question"] == "Berapa biayanya bu"
    assert talk.filling.field == "phone"


def test_repeat_asks_the_same_again(talk: Talk) -> None:
    talk.begin("ask-officer")
    asked = talk.last.replies
    talk.write("ulangi")
    assert talk.last.replies == asked


def test_cancel_drops_the_draft_and_says_so(talk: Talk) -> None:
    talk.begin("ask-officer")
    talk.write(LANTAN_TYPED)
    assert talk.press("do:cancel") == ["form/cancelled"]
    assert talk.conversation.filling is None and talk.conversation.paused == ()
    assert talk.conversation.remembered == {}


def test_a_line_is_changed_from_the_summary_and_the_summary_comes_back(talk: Talk) -> None:
    to_summary(talk)
    talk.press("edit:")
    assert talk.phrases == ["form/edit-which"]
    talk.press("edit-line:question")
    assert talk.phrases == ["form/ask"]
    talk.write("Di mana kantor desa")
    assert talk.phrases == ["form/summary"]
    assert talk.filling.answers["question"] == "Di mana kantor desa"
    assert talk.filling.answers["phone"] == "081234567890"


def test_a_bad_answer_while_changing_a_line_keeps_the_old_one(talk: Talk) -> None:
    to_summary(talk)
    talk.press("edit:")
    talk.press("edit-line:phone")
    assert talk.write("nanti ya") == ["form/error"]
    assert talk.filling.answers["phone"] == "081234567890"


def test_other_words_while_choosing_a_line_lead_back_to_the_summary(talk: Talk) -> None:
    to_summary(talk)
    talk.press("edit:")
    assert talk.write("hmm entah") == ["form/summary"]


def test_nothing_is_sent_before_send_is_pressed(talk: Talk) -> None:
    to_summary(talk)
    for text in ("hmm", "0812 1111 2222", "Siti"):
        assert talk.write(text) == ["form/summary"]
        assert talk.effects(OpenCase) == []
    talk.press("send:ask-officer")
    assert len(talk.effects(OpenCase)) == 1
    assert talk.conversation.filling is None


def test_the_word_send_sends(talk: Talk) -> None:
    to_summary(talk).write("kirim")
    assert talk.phrases == ["form/receipt"]


def test_pressing_send_twice_makes_one_case(talk: Talk) -> None:
    to_summary(talk).press("send:ask-officer")
    assert len(talk.effects(OpenCase)) == 1
    talk.forge("send:ask-officer")
    assert talk.effects(OpenCase) == []


def test_what_may_be_remembered_is_and_the_rest_is_not(talk: Talk) -> None:
    to_summary(talk).press("send:ask-officer")
    assert talk.conversation.remembered == {"village": LANTAN}


def test_a_form_that_no_longer_exists_says_so_and_lets_go(talk: Talk) -> None:
    assert talk.forge("form:poultry") == ["form/gone"]
    talk.conversation = talk.conversation.but(filling=Filling("poultry", "field", "name"))
    assert talk.write("Siti") == ["form/gone"]
    assert talk.conversation.filling is None
    assert talk.forge("continue:poultry") == ["form/gone"]


def test_a_question_that_no_longer_exists_says_so_whatever_is_said(talk: Talk) -> None:
    for text in ("Siti", "ulangi", "kerja di taiwan?", "menu", "kembali"):
        talk.conversation = talk.conversation.but(filling=Filling("ask-officer", "field", "shoe-size"), paused=())
        talk.write(text)
        assert "form/gone" in talk.phrases, text
        assert talk.conversation.filling is None
