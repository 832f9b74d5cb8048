"""Short words of an officer are the presses of the same names, and go nowhere else."""

import pytest

from bot.model.conversation import Filling
from bot.model.effects.cases import Act
from bot.model.effects.telling import TellPerson
from bot.understanding.release import Release
from tests.dialogue.desk import kept, lay, nothing_happened, sit_down
from tests.dialogue.talk import NUMBER, Talk


@pytest.fixture
def desk(release: Release) -> Talk:
    return sit_down(release)


@pytest.mark.parametrize("typed", [NUMBER, "100 001-5", " 1000015 ", "buka 1000015", "Buka 100 001-5"])
def test_a_number_opens_the_case(desk: Talk, typed: str) -> None:
    lay(desk)
    assert desk.write(typed) == ["desk/case"]
    assert nothing_happened(desk)


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("tangani 1000015", ["desk/claimed"]),
        ("Catatan 1000015: sudah ditelepon", ["desk/noted"]),
        ("balas 1000015 kantor buka jam 8", ["desk/sent"]),
        ("balas 1000015", ["desk/write"]),
        ("tunda 1000015 3 des", ["desk/snooze-why"]),
        ("alihkan 1000015", ["desk/transfer"]),
        ("kembalikan 1000015", ["desk/released"]),
        ("tutup 1000015", ["desk/outcome"]),
        ("give back 1000015", ["desk/released"]),
    ],
)
def test_an_order_is_the_press_of_the_same_name(desk: Talk, typed: str, phrases: list[str]) -> None:
    lay(desk, **({"state": "new", "officer": 0} if "tangani" in typed else {}))
    assert desk.write(typed) == phrases


def test_the_words_of_an_order_are_kept_whole(desk: Talk) -> None:
    lay(desk)
    desk.write("catatan 1000015 Ibu ditelepon 2 kali,\nbesok lagi jam 9")
    assert kept(desk) == ("note", "Ibu ditelepon 2 kali,\nbesok lagi jam 9")


def test_a_note_ordered_while_a_reply_is_awaited_stays_a_note(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"reply:{NUMBER}")
    assert desk.write(f"catatan {NUMBER} jangan percaya iparnya") == ["desk/noted"]
    assert desk.effects(TellPerson) == []
    assert desk.write("kerja di taiwan") == ["answer"], "and nothing is awaited any more"


def test_a_slip_in_the_number_sends_and_keeps_nothing(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"reply:{NUMBER}")
    assert desk.write("catatan 1000016 jangan percaya iparnya") == ["desk/unknown"]
    assert nothing_happened(desk)


@pytest.mark.parametrize(
    "typed", ["tangani", "catatan untuk besok", "buka jam 8", "ambil 0812345678901", "1000015 orang"]
)
def test_other_words_are_no_order(desk: Talk, typed: str) -> None:
    lay(desk)
    desk.write(typed)
    assert desk.effects(Act) == []


def test_a_number_in_a_form_or_in_a_reply_is_what_it_was_asked_for(desk: Talk) -> None:
    lay(desk)
    desk.forge(f"note:{NUMBER}")
    assert desk.write("1000015") == ["desk/noted"]
    desk.begin("ask-officer")
    desk.conversation = desk.conversation.but(filling=Filling("ask-officer", "field", "phone", {}))
    assert not any(phrase.startswith("desk/") for phrase in desk.write("08123456"))
