"""Danger in people's words: signs, what takes them back, what examples teach, and the shipped rules."""

from itertools import pairwise

import pytest

from bot.model.content import Danger
from bot.understanding.cries import learn_cries
from bot.understanding.danger import STRETCH, DangerEar, stretches
from bot.understanding.normalise import read_words
from bot.understanding.release import Release
from bot.understanding.search import Example
from bot.understanding.signs import read_signs

SPELL = read_words({})
BEATEN = Danger("violence", "protection/violence", "emergency", ("saya ... dipukul",), ("film", "tidak pernah"))
UNPAID = Danger("unpaid", "protection/unpaid-wages", "sensitive", ("gaji tidak dibayar",))
LISTENING = DangerEar({one.id: one for one in (UNPAID, BEATEN)}, read_signs((UNPAID, BEATEN), SPELL), tuple, list)


def rule(text: str, ear: DangerEar = LISTENING) -> str:
    found = ear.hear(tuple(SPELL.tokens(text)), SPELL.sentences(text))
    return found.id if found else ""


def taught(*pairs: tuple[str, str]) -> DangerEar:
    """An ear with these examples of danger ("" is none), said often enough to be believed, and calm talk beside them."""
    words = [f"{word}{number}" for word in ("harga", "jalan", "teman", "pasar") for number in range(100)]
    examples = [Example("", (one, other), "keyword") for one, other in zip(words, reversed(words), strict=True)]
    examples += [Example(id, tuple(SPELL.tokens(text))) for id, text in pairs]
    return DangerEar({"violence": BEATEN}, (), tuple, lambda: examples)


def test_signs_ring_when_a_sentence_holds_them() -> None:
    assert rule("Tolong. Saya sering dipukul majikan.") == "violence"


@pytest.mark.parametrize("text", ["saya tidak pernah dipukul", "saya nonton film orang dipukul"])
def test_they_do_not_when_the_same_sentence_takes_them_back(text: str) -> None:
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


def test_examples_teach_how_danger_sounds() -> None:
    ear = taught(
        *(("violence", f"wajah saya lebam kena {thing} majikan") for thing in ("sapu", "panci", "sandal", "botol")),
        *(("", f"wajah cucian kena {thing} teman") for thing in ("sapu", "panci", "sandal", "botol")),
    )
    assert rule("lebam saya kena gelas majikan", ear) == "violence"
    assert rule("cucian teman kena gelas", ear) == ""


def test_an_example_rings_and_a_near_miss_does_not_word_for_word() -> None:
    ear = taught(("violence", "saya memar lagi"), ("", "pisang memar lagi"))
    assert rule("Saya memar lagi!", ear) == "violence"
    assert rule("pisang memar lagi", ear) == ""


def test_a_near_miss_is_stronger_than_a_sign() -> None:
    ear = DangerEar(
        {"violence": BEATEN}, read_signs((BEATEN,), SPELL), tuple, taught(("", "saya dipukul ombak")).examples
    )
    assert rule("saya dipukul ombak", ear) == ""
    assert rule("saya dipukul majikan", ear) == "violence"


def test_from_a_few_examples_nothing_is_guessed() -> None:
    assert learn_cries([Example("violence", ("saya", "memar"))]) is None


def test_every_word_of_a_long_message_lies_in_a_stretch_with_its_neighbours() -> None:
    words = [str(number) for number in range(7 * STRETCH + 3)]
    parts = list(stretches(words))
    assert all(any({one, other} <= set(part) for part in parts) for one, other in pairwise(words))
    assert max(map(len, parts)) <= STRETCH


def test_a_cry_inside_a_long_calm_story_is_heard(release: Release) -> None:
    story = "Saya di Hong Kong sudah dua tahun, kerja jaga anak, gaji lancar, libur tiap minggu, mau tanya cara kirim uang. "
    assert release.hear(story * 4).danger is None
    assert (
        release.hear(story * 4 + "Tadi malam adik saya dikurung majikannya di gudang. " + story * 4).danger is not None
    )


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
    examples = [text for one in release.content.dangers for text in one.examples[:25]]
    missed = [text for text in examples if release.hear(change(text)).danger is None]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "ok",
        "wkwkwk",
        "1",
        "assalamualaikum",
        "menu",
        "12345",
        "9" * 10_000,
        "0812 0000 0000",
        "…",
        "你好",
        "?",
    ],
)
def test_a_word_or_a_sign_alone_rings_no_bell(release: Release, text: str) -> None:
    assert release.hear(text).danger is None


@pytest.mark.parametrize("word", ["Siti", "wkwk", "min", "halo", "kerja", "Budi Santoso", "gaji", "sama sama"])
@pytest.mark.parametrize("times", [2, 40, 400])
def test_a_harmless_word_rings_no_bell_however_often_it_is_said(release: Release, word: str, times: int) -> None:
    assert release.hear(f"{word} " * times).danger is None


def test_a_cry_said_over_and_over_rings_as_it_does_once(release: Release) -> None:
    cries = [text for one in release.content.dangers for text in one.examples[:5]]
    assert [text for text in cries if release.hear(f"{text}. " * 4).danger is None] == []


def test_the_menu_and_the_buttons_ring_no_bell(release: Release) -> None:
    words = [word for command in release.content.commands for words in command.words.values() for word in words]
    titles = [title for entry in release.content.menu for title in entry.title.values()]
    assert [text for text in (*words, *titles) if release.hear(text).danger and not release.command(text)] == []


def test_every_danger_leads_to_a_topic_that_exists(release: Release) -> None:
    assert {one.topic for one in release.content.dangers} <= set(release.content.topics)
