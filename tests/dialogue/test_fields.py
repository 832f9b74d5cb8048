"""Every kind of question: what counts as an answer, and what is said when it is none."""

from collections.abc import Callable

import pytest

from bot.model.forms import Field, Option
from tests.dialogue.talk import LANTAN, LANTAN_TYPED, PHOTO, VOICE, Talk

Asking = Callable[..., Talk]
COLOURS = (Option("red", {"id": "Merah", "en": "Red"}), Option("blue", {"id": "Biru muda", "en": "Light blue"}))
YES_NO = (Option("yes", {"id": "Ya", "en": "Yes"}), Option("no", {"id": "Tidak", "en": "No"}))


def question(kind: str, **changes: object) -> Field:
    plain = {"ask": {"id": "Apa?"}, "purpose": {"id": "Untuk mencoba"}, "error": {"id": "Coba lagi begini"}}
    return Field("it", kind, **{**plain, **changes})  # type: ignore[arg-type]


def taken(talk: Talk) -> str:
    assert talk.filling.asking == "summary", talk.phrases
    return talk.filling.answers["it"]


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("text", "  Siti Aminah ", "Siti Aminah"),
        ("text", "Saya tidak tahu, bu", "Saya tidak tahu, bu"),
        ("number", "7", "7"),
        ("number", "umurnya 12 tahun", "12"),
        ("phone", "0812 3456 7890", "081234567890"),
        ("phone", "+62 (812) 3456-7890", "+6281234567890"),
        ("phone", "0371.123456", "0371123456"),
        ("date", "31-12-2026", "2026-12-31"),
        ("date", "1/2/2027", "2027-02-01"),
        ("date", "tanggal 5.6.2027 pagi", "2027-06-05"),
        ("date", "29 02 2028", "2028-02-29"),
        ("choice", "merah", "red"),
        ("choice", "RED", "red"),
        ("choice", "Biru Muda", "blue"),
        ("choice", "2", "blue"),
        ("choice", "dua", "blue"),
        ("yes-no", "iya", "yes"),
        ("yes-no", "ora", "no"),
        ("yes-no", "gak", "no"),
        ("yes-no", "1", "yes"),
        ("village", LANTAN_TYPED, LANTAN),
    ],
)
def test_a_good_answer_is_kept_regular(asking: Asking, kind: str, text: str, kept: str) -> None:
    options = {"choice": COLOURS, "yes-no": YES_NO}.get(kind, ())
    talk = asking(question(kind, options=options))
    talk.write(text)
    assert taken(talk) == kept


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "dua belas"),
        ("number", "banyak"),
        ("number", "18"),
        ("number", "2"),
        ("number", "999999999999"),
        ("phone", "nanti ya bu"),
        ("phone", "0812"),
        ("phone", "0812345678901234567"),
        ("phone", "08x12345678"),
        ("date", "besok"),
        ("date", "31-02-2026"),
        ("date", "2026"),
        ("date", "99-99-2026"),
        ("date", "1-1-0000"),
        ("choice", "hijau"),
        ("choice", "red blue"),
        ("yes-no", "mungkin"),
        ("media", "fotonya hilang"),
    ],
)
def test_a_bad_answer_is_not_kept_and_the_error_says_what_to_mend(asking: Asking, kind: str, text: str) -> None:
    options = {"choice": COLOURS, "yes-no": YES_NO}.get(kind, ())
    talk = asking(question(kind, options=options, low=3, high=17))
    assert talk.write(text) == ["form/error"]
    assert talk.reply("form/error").facts["error"] == "Coba lagi begini"
    assert talk.filling.answers == {} and talk.filling.field == "it"
    assert {f"field:it:{one.id}" for one in options} <= set(talk.buttons)


@pytest.mark.parametrize("kind", ["number", "phone", "date", "media"])
def test_without_an_error_of_its_own_a_question_still_says_what_it_wants(asking: Asking, kind: str) -> None:
    talk = asking(question(kind, error={}))
    assert talk.write("entahlah bu") == ["form/error-default"]
    assert talk.reply("form/error-default").facts["kind"] == kind
    assert "do:cancel" in talk.buttons


def test_a_choice_is_taken_by_its_button(asking: Asking) -> None:
    talk = asking(question("choice", options=COLOURS))
    talk.press("field:it:blue")
    assert taken(talk) == "blue"


@pytest.mark.parametrize("button", ["field:it:green", "field:it:", "field:it", "field:other:red"])
def test_a_choice_that_is_not_offered_changes_nothing(asking: Asking, button: str) -> None:
    talk = asking(question("choice", options=COLOURS))
    talk.forge(button)
    assert talk.filling.answers == {} and talk.filling.field == "it"


def test_an_answer_whose_words_are_also_a_command_is_an_answer(asking: Asking) -> None:
    talk = asking(question("choice", options=(Option("morning", {"id": "Pagi"}), Option("officer", {"id": "Petugas"}))))
    talk.write("petugas")
    assert taken(talk) == "officer"


@pytest.mark.parametrize(("kind", "high", "most"), [("text", None, 1_000), ("text", 40, 40)])
def test_a_text_that_is_too_long_says_how_long_it_may_be(
    asking: Asking, kind: str, high: int | None, most: int
) -> None:
    talk = asking(question(kind, high=high))
    talk.write("a" * most)
    assert len(taken(talk)) == most
    talk = asking(question(kind, high=high))
    assert talk.write("a" * (most + 1)) == ["form/too-long"]
    assert talk.reply("form/too-long").facts["most"] == most
    assert talk.filling.answers == {}


def test_a_name_has_sixty_letters_at_most(asking: Asking) -> None:
    talk = asking(Field("name", "text", {"id": "Nama?"}, {"id": "-"}))
    assert talk.write("a" * 61) == ["form/too-long"]


@pytest.mark.parametrize(("kind", "attachment"), [("photo", PHOTO), ("voice", VOICE)])
def test_a_picture_or_a_voice_is_kept_by_its_reference(asking: Asking, kind, attachment) -> None:
    talk = asking(question("media"))
    talk.send(kind)
    assert taken(talk) == attachment.kind
    assert talk.filling.media == {"it": attachment}


def test_a_picture_is_no_text(asking: Asking) -> None:
    talk = asking(question("text"))
    assert talk.send("photo") == ["form/error"]


def test_an_optional_question_is_skipped_by_button_or_word(asking: Asking) -> None:
    for skip in ("press", "write"):
        talk = asking(question("phone", skip=True))
        assert "skip:it" in talk.buttons
        talk.press("skip:it") if skip == "press" else talk.write("lewati")
        assert taken(talk) == ""


@pytest.mark.parametrize("kind", ["text", "phone", "number"])
def test_a_question_that_must_be_answered_cannot_be_skipped(asking: Asking, kind: str) -> None:
    talk = asking(question(kind))
    assert "skip:it" not in talk.buttons
    for skip in (lambda: talk.forge("skip:it"), lambda: talk.forge("do:skip"), lambda: talk.write("lewati")):
        skip()
        assert talk.filling.answers == {} and talk.filling.field == "it"


def test_a_village_of_many_is_asked_back_and_never_guessed(asking: Asking) -> None:
    talk = asking(question("village"))
    assert talk.write("Sukamaju") == ["form/villages"]
    assert talk.filling.answers == {}
    offered = [button for button in talk.buttons if button.startswith("village:")]
    assert 2 <= len(offered) <= 8
    talk.press(offered[1])
    assert f"village:{taken(talk)}" == offered[1]


def test_a_village_that_is_none_says_so_and_shows_how_to_write_it(asking: Asking) -> None:
    talk = asking(question("village"))
    assert talk.write("Xqzwvkj") == ["form/village-unknown"]
    assert "do:cancel" in talk.buttons
    talk.forge("village:99.99.99.9999")
    assert talk.filling.answers == {}
