"""Case numbers: easy to say, and a slip in one of them is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.numbers import FIRST, is_number, numbered, read_number, sayable

SEQS = st.integers(min_value=FIRST, max_value=99_999_999)


@given(SEQS)
def test_a_number_is_read_back_as_it_was_given_however_it_is_spaced(seq: int) -> None:
    number = numbered(seq)
    for text in (
        number,
        sayable(number),
        f"nomor saya {sayable(number)}.",
        number[:3] + "." + number[3:],
        " - ".join((number[:3], number[3:])),
    ):
        assert read_number(text) == number


@given(SEQS)
def test_every_slip_of_one_digit_is_noticed(seq: int) -> None:
    number = numbered(seq)
    for at in range(len(number)):
        for digit in set("0123456789") - {number[at]}:
            assert read_number(number[:at] + digit + number[at + 1 :]) == ""


@given(SEQS)
def test_every_swap_of_two_neighbours_is_noticed(seq: int) -> None:
    number = numbered(seq)
    for at in range(len(number) - 1):
        swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        assert swapped == number or read_number(swapped) == ""


def test_numbers_never_repeat_and_begin_with_their_sequence() -> None:
    numbers = [numbered(seq) for seq in range(FIRST, FIRST + 2_000)]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith(str(FIRST + at)) for at, number in enumerate(numbers))


@pytest.mark.parametrize(
    ("number", "spoken"), [("1234567", "123 456-7"), ("12345678", "1 234 567-8"), ("123456789", "12 345 678-9")]
)
def test_a_number_is_said_in_groups_of_three(number: str, spoken: str) -> None:
    assert sayable(number) == spoken


@pytest.mark.parametrize("text", ["", "12345", "kerja di taiwan", "2026", "٣٤٥٦٧٨٩"])
def test_what_is_no_number_reads_as_none(text: str) -> None:
    assert read_number(text) == ""


@pytest.mark.parametrize(
    ("text", "yes"), [("1000019", True), (" 100 001-9 ", True), ("12345", False), ("nomor 1000019", False), ("", False)]
)
def test_a_text_that_is_nothing_but_a_number_is_known_as_one(text: str, yes: bool) -> None:
    assert is_number(text) is yes


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert read_number(text) == "" or read_number(text).isdigit()
