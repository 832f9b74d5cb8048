"""The code under an answer: short, easy to say, and a slip is noticed.

Letters and digits alternate (K4M7-P2XR), so that no word of any language comes about; what looks or sounds alike (0 O, 1 I L,
U V) is left out of the alphabet. The last character is the check of ISO 7064's hybrid system modulo 31 and 30, which finds
every single slip and nearly every swap.
"""

import hashlib
import re

from stdnum.iso7064 import mod_37_36

LETTERS, DIGITS = "ABCDEFGHJKMNPQRSTVWXYZ", "23456789"
_ALPHABET = LETTERS + DIGITS
_PATTERN = "LDLDLDL"
_SHAPE = re.compile(r"(?<![A-Z0-9])([A-Z]\d[A-Z]\d)[ \-–—]?([A-Z]\d[A-Z][A-Z0-9])(?![A-Z0-9])")
_AS_LONG_AS_ONE = 24


def code_of(meaning: str) -> str:
    """The code of what an answer says; another meaning has another code (one chance in 119,939,072 that it has not)."""
    number = int.from_bytes(hashlib.sha256(meaning.encode()).digest()[:8], "big")
    body = ""
    for kind in _PATTERN:
        letters = LETTERS if kind == "L" else DIGITS
        number, at = divmod(number, len(letters))
        body += letters[at]
    return body + mod_37_36.calc_check_digit(body, _ALPHABET)


def sayable(code: str) -> str:
    """As people read and say it: K4M7-P2XR."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str:
    """The first code that stands in a text, a whole forwarded answer say; "" when none does or there is a slip in it."""
    found = ("".join(parts) for parts in _SHAPE.findall(text.upper()))
    return next((one for one in found if _stands(one)), "")


def is_code(text: str) -> bool:
    """Whether a message is little more than something of a code's shape, right or with a slip in it."""
    return len(text) <= _AS_LONG_AS_ONE and _SHAPE.search(text.upper()) is not None


def _stands(code: str) -> bool:
    return set(code) <= set(_ALPHABET) and mod_37_36.is_valid(code, _ALPHABET)
