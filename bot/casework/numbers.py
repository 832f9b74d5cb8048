"""Case numbers: easy to say, and a slip of one digit or two swapped is noticed (Damm's check digit)."""

import re

from stdnum import damm

FIRST = 100_001
_PRETENDED = 90_000_000
_MOST_STORIES = 10
_DIGITS = re.compile(r"\d[\d .\-]{5,14}\d")


def numbered(seq: int) -> str:
    """The case number of the seq-th case: its digits and the check digit, without spaces."""
    return f"{seq}{damm.calc_check_digit(str(seq))}"


def pretended(round: int, story: int) -> str:
    """The number of a pretend case: of the story-th (0 to 9) in this round of training. No real case is numbered so high."""
    return numbered(_PRETENDED + round * _MOST_STORIES + story)


def pretends(number: str) -> bool:
    """Whether a number is that of a pretend case, also of one that is no more."""
    return (
        len(number) > len(str(_PRETENDED))
        and number.isascii()
        and number.isdecimal()
        and int(number[:-1]) >= _PRETENDED
    )


def sayable(number: str) -> str:
    """As people say and write it: 123 456-7."""
    body = number[:-1]
    groups = [body[max(0, end - 3) : end] for end in range(len(body), 0, -3)]
    return f"{' '.join(reversed(groups))}-{number[-1]}"


def is_number(text: str) -> bool:
    """Whether a text is nothing but a number as long as a case's, right or with a slip in it."""
    return _DIGITS.fullmatch(text.strip()) is not None


def read_number(text: str) -> str:
    """The first case number that stands in a text, however it is spaced; "" when none does or the check digit is wrong."""
    for found in _DIGITS.findall(text):
        digits = re.sub(r"\D", "", found)
        if len(digits) >= 7 and damm.is_valid(digits):
            return digits
    return ""
