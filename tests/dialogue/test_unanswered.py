"""What goes to the editors of a question we could not answer, and what was meant by it."""

import pytest

from bot.model.conversation import Unsure
from bot.model.effects.people import Answered, Meant, Unanswered
from tests.dialogue.talk import Talk

VAGUE = ("uang", "foto", "air", "tahun", "bulan", "hari", "anak", "surat", "kantor", "kontrak", "majikan", "bantuan")
NONSENSE = "xqzwvkj blorp zzgh wkwkx"


def unsure(talk: Talk) -> tuple[str, ...]:
    """Ask something of which we are not sure; the topics offered."""
    for text in VAGUE:
        if talk.write(text) == ["candidates"]:
            return tuple(button.removeprefix("topic:") for button in talk.buttons if button.startswith("topic:"))
    pytest.fail("none of these is unsure any more: choose others")


def test_a_name_in_small_letters_does_not_reach_the_editors(talk: Talk) -> None:
    talk.write(f"{NONSENSE} budi santoso jl mawar sukodono 081234567890 ya")
    assert talk.effect(Unanswered).text == "… # ya"


def test_nothing_is_offered_for_what_was_not_understood(talk: Talk) -> None:
    talk.write(NONSENSE)
    assert talk.effect(Unanswered).offered == ()


def test_the_topics_offered_are_kept_and_the_one_pressed_is_what_was_meant(talk: Talk) -> None:
    offered = unsure(talk)
    asked = talk.effect(Unanswered)
    assert asked.offered == offered
    talk.press(f"topic:{offered[-1]}")
    assert talk.effect(Meant) == Meant(asked.text, offered, offered[-1])
    assert talk.effect(Answered).topic == offered[-1]


def test_a_number_chooses_as_a_press_does(talk: Talk) -> None:
    offered = unsure(talk)
    talk.write("1")
    assert talk.effect(Meant).topic == offered[0]


def test_what_was_meant_is_noted_once(talk: Talk) -> None:
    offered = unsure(talk)
    talk.press(f"topic:{offered[0]}")
    talk.forge(f"topic:{offered[0]}")
    assert talk.effects(Meant) == []


def test_a_topic_that_was_not_offered_says_nothing_of_what_was_meant(talk: Talk) -> None:
    offered = unsure(talk)
    other = next(one for one in talk.release.content.topics if one not in offered)
    talk.forge(f"topic:{other}")
    assert talk.effects(Meant) == []


def test_a_press_long_after_the_choice_has_left_the_screen_says_nothing(talk: Talk) -> None:
    offered = unsure(talk)
    talk.write("menu")
    talk.forge(f"topic:{offered[0]}")
    assert talk.effects(Meant) == []


def test_a_second_question_takes_the_place_of_the_first(talk: Talk) -> None:
    talk.conversation = talk.conversation.but(unsure=Unsure("an older question", ("jobs/taiwan", "jobs/japan")))
    offered = unsure(talk)
    asked = talk.effect(Unanswered)
    talk.press(f"topic:{offered[0]}")
    assert talk.effect(Meant).text == asked.text


def test_deleting_forgets_the_question_too(talk: Talk) -> None:
    unsure(talk)
    assert talk.conversation.unsure != Unsure()
    talk.forge("delete:yes")
    assert talk.conversation.unsure == Unsure()
