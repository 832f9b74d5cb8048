"""What editors may write in a pattern, and what it then hears."""

import pytest

from bot.understanding.normalise import read_words
from bot.understanding.phrases import bind, read_pattern

PLAIN = read_words({"bos": "majikan", "gak": "tidak", "kak": "", "istriku": "istri saya", "d": "di"})


def hears(pattern: str, text: str) -> bool:
    return bind([read_pattern(pattern, PLAIN)]).first_in(PLAIN.tokens(text)) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("dipukul|disiksa majikan", "saya disiksa bos"),
        ("majikan ... mukul saya", "majikan itu sering sekali mukul saya"),
        ("dikunci ... ... luar", "dikunci satu dua tiga empat lima enam tujuh delapan luar"),
        ("dipukul*", "istri dipukulin terus"),
        ("disiksa* majikan*", "disiksanya majikannya"),
        ("air_panas|pemutih", "disiram air panas"),
        ("air_pan*", "kena air panasnya"),
        ("tidak_boleh keluar", "gak boleh keluar"),
        ("istriku dijual", "istri saya dijual"),
        ("dipukul*", "saya di pukuli bos"),
        ("dipukul*", "sy d pukul"),
        ("dipukul*", "saya dpukul"),
    ],
)
def test_heard(pattern: str, text: str) -> None:
    assert hears(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("dipukul", "dipukulkan"),
        ("dipukul*", "pukul 9"),
        ("dipukul*", "memukul"),
        ("air_panas", "air sangat panas"),
        ("majikan ... mukul", "majikan satu dua tiga empat lima mukul"),
        ("dikunci luar", "dikunci dari luar"),
        ("dikunci luar", "dikunci"),
        ("diam*", "di amplop"),
    ],
)
def test_not_heard(pattern: str, text: str) -> None:
    assert not hears(pattern, text)


@pytest.mark.parametrize("pattern", ["", "...", "kak", "hp*", "pukul air_p*"])
def test_patterns_that_say_too_little_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"nothing is left|fewer than"):
        read_pattern(pattern, PLAIN)
