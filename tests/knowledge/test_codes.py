"""The code under an answer: read however it is typed, and a slip is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.knowledge.codes import DIGITS, LETTERS, code_of, is_code, read_code, sayable

MEANINGS = some.text(max_size=40)


@given(MEANINGS)
def test_a_code_is_read_back_as_it_is_said_typed_or_forwarded(meaning: str) -> None:
    code = code_of(meaning)
    said = sayable(code)
    for typed in (
        said,
        said.lower(),
        code,
        said.replace("-", " "),
        f"Sumber: BP2MI. Kode {said}.\nApakah ini membantu?",
    ):
        assert read_code(typed) == code
    assert is_code(said.lower())


@given(MEANINGS, some.integers(0, 7), some.sampled_from(LETTERS + DIGITS))
def test_a_single_slip_is_always_noticed(meaning: str, at: int, other: str) -> None:
    code = code_of(meaning)
    slip = code[:at] + other + code[at + 1 :]
    assert slip == code or read_code(slip) == ""


def test_two_meanings_have_two_codes_and_one_has_always_the_same() -> None:
    assert len({code_of(str(n)) for n in range(2_000)}) == 2_000
    assert code_of("biaya") == code_of("biaya")


@pytest.mark.parametrize(
    "text", ["", "123 456-7", "AB2CD-EF3GH", "gaji di taiwan berapa", "B1 B2 C1", "KBRI", "08123456789", "SIP3MI 123"]
)
def test_what_people_write_is_no_code(text: str) -> None:
    assert read_code(text) == "" and not is_code(text)


def test_a_code_in_the_middle_of_a_long_text_is_not_taken_for_a_code_alone() -> None:
    assert not is_code(f"ini kata teman saya {sayable(code_of('x'))} apa betul, tolong dicek ya")
