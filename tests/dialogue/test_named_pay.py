"""Who names an amount of pay hears first where it lies; who names none, or no month, hears only the answer."""

import pytest

from tests.dialogue.talk import Talk


@pytest.mark.parametrize(
    ("text", "country", "place"),
    [
        ("ditawari 25 juta per bulan di taiwan, bener gak", "taiwan", "over"),
        ("gaji 1500 ringgit wajar?", "malaysia", "within"),
        ("gaji pabrik di taiwan NT$20.000 sebulan wajar gak", "taiwan", "under"),
        ("gaji 25jt sebulan di hongkong jadi pembantu", "hong-kong", "over"),
    ],
)
def test_pay_that_is_named_is_placed_before_the_answer(talk: Talk, text: str, country: str, place: str) -> None:
    assert talk.write(text) == ["named-pay", "answer"]
    named = talk.reply("named-pay").facts
    assert (named["country"], named["named"].place) == (country, place)  # type: ignore[attr-defined]
    assert talk.reply("answer").facts["topic"] == "jobs/wages"


@pytest.mark.parametrize(
    "text",
    [
        "gaji di taiwan berapa",
        "gaji 25 juta sebulan bener gak",
        "gaji NT$900 sehari di taiwan wajar gak",
        "gaji 20 juta di taiwan apa 30 juta di korea",
    ],
)
def test_what_cannot_be_placed_is_left_at_the_answer(talk: Talk, text: str) -> None:
    assert "named-pay" not in talk.write(text)


def test_an_amount_in_a_question_about_something_else_is_not_pay(talk: Talk) -> None:
    talk.write("biaya ke taiwan 25 juta bener gak")
    assert "named-pay" not in talk.phrases


def test_the_line_is_no_part_of_the_answer_and_its_code(talk: Talk) -> None:
    talk.write("gaji pabrik di taiwan NT$20.000 sebulan wajar gak")
    named = talk.reply("answer").facts["code"]
    talk.write("gaji pabrik di taiwan")
    assert talk.reply("answer").facts["code"] == named
