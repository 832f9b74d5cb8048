"""Patterns as editors write them: words in order, either-or, and a gap of up to four words."""

import pytest

from bot.understanding.normalise import read_words
from bot.understanding.phrases import bind, read_pattern

SPELL = read_words({"gak": "tidak", "pmi": "pekerja migran"})


def found(pattern: str, text: str) -> bool:
    return read_pattern(pattern, SPELL).found_in(SPELL.tokens(text))


@pytest.mark.parametrize(
    ("pattern", "text", "yes"),
    [
        ("bunuh diri", "saya mau bunuh diri", True),
        ("bunuh diri", "diri bunuh", False),
        ("bunuh diri", "bunuh semut diri", False),
        ("saya|aku dipukul", "aku dipukul", True),
        ("saya|aku dipukul", "dia dipukul", False),
        ("saya ... dipukul", "saya dipukul", True),
        ("saya ... dipukul", "saya satu dua tiga empat dipukul", True),
        ("saya ... dipukul", "saya satu dua tiga empat lima dipukul", False),
        ("saya ... dipukul ... majikan", "saya tadi dipukul lagi oleh majikan", True),
        ("saya ... saya", "saya", False),
        ("tidak dibayar", "gak dibayar", True),
        ("gak dibayar", "tidak dibayar", True),
        ("pmi hilang", "pekerja migran hilang", True),
        ("pmi|tkw hilang", "tkw hilang", True),
        ("dipukul", "dipukuli", False),
        ("... dipukul", "dipukul", True),
        ("dipukul ...", "dipukul", True),
    ],
)  # fmt: skip
def test_a_pattern_matches_what_it_says(pattern: str, text: str, yes: bool) -> None:
    assert found(pattern, text) is yes
    book = bind([read_pattern(pattern, SPELL)])
    assert (book.first_in(SPELL.tokens(text)) is not None) is yes


def test_a_match_may_begin_again_after_a_false_start() -> None:
    assert found("saya dipukul", "saya saya dipukul")
    assert found("saya ... dipukul majikan", "saya dipukul dia lalu dipukul majikan")


@pytest.mark.parametrize("pattern", ["", "...", "... ...", "!!!"])
def test_a_pattern_of_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="nothing is left"):
        read_pattern(pattern, SPELL)


def test_the_pattern_found_says_what_the_editor_wrote() -> None:
    book = bind(read_pattern(one, SPELL) for one in ("bunuh diri", "saya|aku dipukul"))
    hit = book.first_in(["aku", "dipukul"])
    assert hit is not None and hit.source == "saya|aku dipukul"
