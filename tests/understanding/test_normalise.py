"""People's spelling made regular."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.normalise import LONGEST, Normaliser, read_words

SPELL = read_words({"gak": "tidak", "yg": "", "pmi": "pekerja migran", "ok": "oke"})


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Gaji DI Taiwan", ["gaji", "di", "taiwan"]),
        ("gak dibayar", ["tidak", "dibayar"]),
        ("yg mana", ["mana"]),
        ("PMI ilegal", ["pekerja", "migran", "ilegal"]),
        ("toloooong", ["tolong"]),
        ("gaaaak mau", ["tidak", "mau"]),
        ("anak-anak", ["anak"]),
        ("anak2 saya", ["anak", "saya"]),
        ("gaji5juta", ["gaji", "5", "juta"]),
        ("ma’af, jum'at", ["maaf", "jumat"]),
        ("café Sūkā", ["cafe", "suka"]),
        ("ｇａｊｉ", ["gaji"]),
        ("Rp1.500.000", ["rp", "1", "500", "000"]),
        ("😀 你好 مرحبا", []),
        ("", []),
    ],
)
def test_spelling_is_made_regular(text: str, tokens: list[str]) -> None:
    assert SPELL.tokens(text) == tokens


def test_sentences_are_kept_apart_and_empty_ones_left_out() -> None:
    assert SPELL.sentences("Gaji gak ada! Tolong...\nya?") == [["gaji", "tidak", "ada"], ["tolong"], ["ya"]]
    assert SPELL.sentences("?!...") == []


def test_only_so_much_of_a_text_is_read() -> None:
    assert SPELL.tokens("a " * LONGEST + "akhir") == ["a"] * (LONGEST // 2)


@given(st.text(max_size=300))
def test_any_text_becomes_small_plain_words(text: str) -> None:
    for token in Normaliser({}).tokens(text):
        assert token.isascii() and token == token.lower() and (token.isalpha() or token.isdigit())


@given(st.text(max_size=100))
def test_spelling_what_is_regular_again_changes_nothing(text: str) -> None:
    once = Normaliser({}).tokens(text)
    assert Normaliser({}).tokens(" ".join(once)) == once
