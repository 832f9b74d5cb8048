"""Danger in people's words: what an editor's rule says, what takes it back, and the shipped rules."""

import pytest

from bot.model.content import Danger
from bot.understanding.danger import heard, listen_for
from bot.understanding.normalise import read_words
from bot.understanding.release import Release

SPELL = read_words({})
BEATEN = Danger("violence", "protection/violence", "emergency", ("saya ... dipukul",), ("film", "tidak pernah"))
UNPAID = Danger("unpaid", "protection/unpaid-wages", "sensitive", ("gaji tidak dibayar",))
ALARMS = listen_for((UNPAID, BEATEN), SPELL)


def rule(text: str) -> str:
    found = heard(ALARMS, SPELL.sentences(text))
    return found.id if found else ""


def test_a_rule_rings_when_a_sentence_says_it() -> None:
    assert rule("Tolong. Saya sering dipukul majikan.") == "violence"


@pytest.mark.parametrize("text", ["saya tidak pernah dipukul", "saya nonton film orang dipukul"])
def test_it_does_not_ring_when_the_same_sentence_takes_it_back(text: str) -> None:
    assert rule(text) == ""


def test_another_sentence_takes_nothing_back() -> None:
    assert rule("Saya nonton film. Saya dipukul majikan.") == "violence"
    assert rule("Saya dipukul majikan! Tidak pernah diberi makan.") == "violence"


def test_words_of_two_sentences_do_not_make_one_danger() -> None:
    assert rule("ini saya. Telur dipukul.") == ""


def test_the_graver_danger_is_heard_when_there_are_two() -> None:
    assert rule("gaji tidak dibayar. saya dipukul") == "violence"


def test_danger_is_heard_at_the_end_of_a_long_message() -> None:
    assert rule("halo bu apa kabar. " * 300 + "saya dipukul") == "violence"


def test_every_example_of_the_shipped_rules_rings_and_no_near_miss_does(release: Release) -> None:
    rules = release.content.dangers
    assert [text for one in rules for text in one.examples if release.hear(text).danger is None] == []
    assert [text for one in rules for text in one.near_misses if release.hear(text).danger is not None] == []


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.title,
        lambda text: text.replace(" ", "   "),
        lambda text: text + "!!!",
        lambda text: f"min, {text} 😭",
    ],
)
def test_capitals_spaces_signs_and_faces_hide_no_danger(release: Release, change) -> None:
    examples = [text for one in release.content.dangers for text in one.examples]
    missed = [text for text in examples if release.hear(change(text)).danger is None]
    assert missed == []


def test_the_menu_and_the_buttons_ring_no_bell(release: Release) -> None:
    words = [word for command in release.content.commands for words in command.words.values() for word in words]
    titles = [title for entry in release.content.menu for title in entry.title.values()]
    assert [text for text in (*words, *titles) if release.hear(text).danger and not release.command(text)] == []


def test_every_danger_leads_to_a_topic_that_exists(release: Release) -> None:
    assert {one.topic for one in release.content.dangers} <= set(release.content.topics)
