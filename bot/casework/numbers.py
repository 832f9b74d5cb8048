"""Case numbers: easy to say, and a slip of one digit or two swapped is noticed (Damm's check digit)."""

import re

from stdnum import damm

FIRST = 100_001
_DIGITS = re.compile(r"\d[\d .\-]{5,14}\d")


def numbered(seq: int) -> str:
    """The case number of the seq-th case: its digits and the check digit, without spaces."""
    return f"{seq}{damm.calc_check_digit(str(seq))}"


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
