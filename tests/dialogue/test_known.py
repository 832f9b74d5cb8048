"""What the message before a form told is not asked again, stands in the summary, and is kept no longer than that."""

import pytest

from bot.dialogue.known import answers
from bot.dialogue.turn import Turn
from bot.model.conversation import JustSaid
from bot.model.forms import Field, Form
from bot.model.messages import Address, Incoming
from tests.dialogue.talk import LANTAN_TYPED, Talk

UNPAID = "gaji saya di malaysia gak dibayar 3 bulan"
HELD = "suami saya di arab saudi dikurung majikan"


def test_a_call_for_help_asks_only_what_was_not_told(talk: Talk) -> None:
    talk.write(HELD)
    assert talk.press("form:help") == ["form/consent"]
    assert talk.filling.answers == {"who": "family", "country": "Arab Saudi", "what": "locked-in"}
    assert talk.reply("form/consent").facts["count"] == 5
    talk.press("agree:help")
    asked = [talk.filling.field]
    for text in ("ya", "lewati", "lewati", "lewati"):
        talk.write(text)
        asked.append(talk.filling.field)
    assert asked == ["now", "minor", "seen", "last-contact", "safe"]


def test_what_was_filled_in_stands_in_the_summary_and_can_be_changed(talk: Talk) -> None:
    talk.write(HELD)
    talk.press("form:help")
    talk.press("agree:help")
    for text in ("ya", "lewati", "lewati", "lewati", "ya", LANTAN_TYPED, "lewati"):
        talk.write(text)
    assert talk.phrases == ["form/summary"]
    lines = {line["label"]: line["value"] for line in talk.reply("form/summary").facts["lines"]}  # type: ignore[attr-defined]
    assert lines["Siapa"] == "Keluarga saya" and lines["Negara"] == "Arab Saudi"
    talk.press("edit:")
    talk.press("edit-line:who")
    assert talk.press("field:who:other") == ["form/summary"]
    assert talk.filling.answers["who"] == "other"


def test_a_danger_no_choice_fits_is_asked_as_ever(talk: Talk) -> None:
    talk.write("saya mau bunuh diri")
    talk.press("form:help")
    assert "what" not in talk.filling.answers


def test_somebody_spoken_of_before_is_who_needs_help(talk: Talk) -> None:
    talk.write("suami saya kerja di malaysia gajinya berapa")
    talk.write("dia dipukul majikan")
    talk.press("form:help")
    assert talk.filling.answers["who"] == "family"


def test_whom_nobody_named_is_asked(talk: Talk) -> None:
    talk.write("dipukul majikan tiap hari")
    talk.press("form:help")
    assert "who" not in talk.filling.answers


def test_the_words_of_who_tells_what_happened_become_the_story_of_the_complaint(talk: Talk) -> None:
    talk.write(UNPAID)
    talk.press("form:complaint")
    assert talk.filling.answers == {"country": "malaysia", "what": UNPAID}


def test_a_question_about_the_rules_is_no_story(talk: Talk) -> None:
    talk.write("lapor gaji tidak dibayar ke mana")
    talk.press("form:complaint")
    assert talk.filling.answers == {}


def test_a_country_that_is_no_choice_is_taken_by_what_it_belongs_to_or_asked(talk: Talk) -> None:
    talk.write("gaji saya di qatar gak dibayar 3 bulan")
    talk.press("form:complaint")
    assert talk.filling.answers["country"] == "middle-east"
    talk.write("batal")
    talk.write("gaji saya di jerman gak dibayar 3 bulan")
    talk.press("form:complaint")
    assert "country" not in talk.filling.answers


def test_a_question_not_understood_twice_is_the_question_for_the_officer(talk: Talk) -> None:
    talk.write("xqzwvkj blorp")
    asked = "xqzwvkj wkwkx blorp zzgh"
    talk.write(asked)
    talk.press("form:ask-officer")
    assert talk.filling.answers == {"question": asked}


def test_a_word_or_two_not_understood_are_no_question(talk: Talk) -> None:
    talk.write("xqzwvkj")
    talk.write("blorp zzgh")
    talk.press("form:ask-officer")
    assert talk.filling.answers == {}


@pytest.mark.parametrize("then", ["terima kasih", "kerja di korea"])
def test_the_next_message_drops_what_was_told(talk: Talk, then: str) -> None:
    talk.write(UNPAID)
    assert talk.conversation.just_said.story == UNPAID
    talk.write(then)
    assert UNPAID not in str(talk.conversation)
    talk.forge("form:complaint")
    assert "what" not in talk.filling.answers


def test_words_are_kept_only_above_a_form_that_takes_them(talk: Talk) -> None:
    talk.write("saya mau kerja di taiwan gajinya berapa")
    told = talk.conversation.just_said
    assert told == JustSaid(
        about="me", country="taiwan", question="saya mau kerja di taiwan gajinya berapa", touched=talk.at
    )


def test_a_press_that_opens_another_matter_drops_it_too(talk: Talk) -> None:
    talk.write(UNPAID)
    talk.press("helped:protection/unpaid-wages")
    assert talk.conversation.just_said == JustSaid()


def test_a_story_longer_than_a_form_takes_is_not_kept(talk: Talk) -> None:
    talk.write(f"{UNPAID}. " + "Saya sudah minta berkali kali. " * 40)
    assert talk.conversation.just_said.story == ""


def test_what_is_said_within_a_form_is_not_kept_beside_it(talk: Talk) -> None:
    talk.begin("ask-officer")
    talk.write(LANTAN_TYPED)
    talk.write(UNPAID)
    assert talk.conversation.just_said == JustSaid()


@pytest.mark.parametrize(
    ("kind", "source", "more", "answer"),
    [
        ("number", "amount", {}, "25000000"),
        ("number", "amount", {"high": 100}, ""),
        ("date", "since", {}, "2026-08-23"),
        ("text", "sector", {}, "pabrik"),
        ("text", "country", {}, "Jepang"),
        ("text", "danger", {}, ""),
        ("phone", "story", {}, ""),
    ],
)
def test_what_is_told_fits_the_kind_of_the_question_or_is_asked(
    talk: Talk, kind: str, source: str, more: dict[str, int], answer: str
) -> None:
    field = Field("one", kind, {"id": "Apa?"}, {"id": "Supaya"}, from_=source, **more)  # type: ignore[arg-type]
    form = Form("trial", "trial", {"id": "Coba"}, {"id": "Untuk mencoba"}, 6, (field,))
    told = JustSaid(amount="25000000 IDR", since="2026-08-23", sector="factory-work", country="japan", story="0812")
    incoming = Incoming(Address("telegram", "bot", "siti"), "m", "button", talk.at)
    turn = Turn(talk.conversation.but(just_said=told), incoming, talk.release, talk.release.hear(""))
    assert answers(turn, form).get("one", "") == answer


def test_what_did_not_help_is_what_the_officer_is_asked(talk: Talk) -> None:
    asked = "berapa lama proses berangkat kerja ke taiwan"
    assert "answer" in talk.write(asked)
    talk.press(next(one for one in talk.conversation.shown if one.startswith("not-helped:")))
    talk.press("form:ask-officer")
    assert talk.filling.answers["question"] == asked


def test_the_words_of_an_answer_go_into_no_form_that_was_opened_for_another_reason(talk: Talk) -> None:
    talk.write("berapa lama proses berangkat kerja ke taiwan")
    talk.forge("form:ask-officer")
    assert "question" not in talk.filling.answers


def test_a_question_that_did_not_help_is_forgotten_with_the_next_word(talk: Talk) -> None:
    talk.write("berapa lama proses berangkat kerja ke taiwan")
    talk.press(next(one for one in talk.conversation.shown if one.startswith("not-helped:")))
    talk.write("menu")
    talk.forge("form:ask-officer")
    assert "question" not in talk.filling.answers
