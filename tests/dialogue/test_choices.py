"""Numbers, as figures and as words, pick from what was shown last."""

import pytest

from bot.dialogue.choices import pressed, split
from bot.model.conversation import Conversation
from bot.model.forms import Field
from bot.model.messages import Address, Incoming
from bot.understanding.release import Release
from tests.dialogue.talk import MONDAY, Talk

SHOWN = tuple(f"topic:t{n}" for n in range(1, 11))


def came(text: str) -> Incoming:
    return Incoming(Address("telegram", "bot", "siti"), "m", "text", MONDAY, text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        ("2.", 2),
        (" 2 ", 2),
        ("2)", 2),
        ("02", 2),
        ("dua", 2),
        ("Dua", 2),
        ("no 2", 2),
        ("no. 2", 2),
        ("nomor dua", 2),
        ("pilih 2", 2),
        ("pilihan yang kedua", 2),
        ("loro", 2),
        ("two", 2),
        ("option 3", 3),
        ("tilu", 3),
        ("telu", 3),
        ("satu", 1),
        ("siji", 1),
        ("hiji", 1),
        ("10", 10),
        ("sepuluh", 10),
    ],
)
def test_a_number_presses_the_choice_it_counts_to(release: Release, text: str, number: int) -> None:
    heard = pressed(Conversation(1, shown=SHOWN), came(text), release)
    assert (heard.kind, heard.button, heard.text) == ("button", SHOWN[number - 1], "")


@pytest.mark.parametrize(
    "text", ["0", "11", "99", "100", "-1", "²", "٢", "dua puluh", "2 anak", "2 3", "no", "", "umur 2"]
)
def test_what_is_no_number_of_a_choice_stays_what_it_is(release: Release, text: str) -> None:
    assert pressed(Conversation(1, shown=SHOWN), came(text), release) == came(text)


def test_a_number_means_nothing_when_nothing_was_shown(release: Release) -> None:
    assert pressed(Conversation(1), came("1"), release) == came("1")


def test_a_number_where_a_number_is_asked_is_the_answer_and_no_press(asking) -> None:
    talk: Talk = asking(Field("children", "number", {"id": "Berapa anak?"}, {"id": "-"}, skip=True))
    assert len(talk.conversation.shown) == 3
    talk.write("2")
    assert talk.filling.answers == {"children": "2"}


def test_a_button_is_split_at_its_first_colon() -> None:
    assert split("outcome:1000013:solved") == ("outcome", "1000013:solved")
    assert split("menu") == ("menu", "")
    assert split("") == ("", "")


def test_numbers_count_on_through_all_messages_of_one_answer(talk: Talk) -> None:
    talk.forge("menu:jobs")
    ninth = talk.buttons[8]
    assert talk.conversation.shown[8] == ninth
    talk.write("9")
    assert talk.phrases == ["answer"]
    assert talk.reply("answer").facts["topic"] == ninth.removeprefix("topic:")
