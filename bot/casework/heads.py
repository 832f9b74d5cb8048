"""The code of the book of cases: where its chain stood at a moment, short enough for paper and for the telephone.

Every page of the book holds the hash of the page before, so the hash of the last page stands for all of them. Its first
twelve signs are written down with letters none of which can be taken for another, and no vowels, so that no word comes about.
A book that was rewritten or cut off does not have the page any more that a receipt from before names.
"""

import re

_LETTERS = "BCDFGHJKMNPRSTWZ"
_HEX = "0123456789abcdef"
_LENGTH = 12
_TO_LETTERS = str.maketrans(_HEX, _LETTERS)
_TO_HEX = str.maketrans(_LETTERS, _HEX)
_SHAPE = re.compile(
    rf"(?<![A-Z0-9])([{_LETTERS}]{{4}})[ \-–—]([{_LETTERS}]{{4}})[ \-–—]([{_LETTERS}]{{4}})(?![A-Z0-9])"
)
_AS_LONG_AS_ONE = 24


def code_of(hash: str) -> str:
    """The code of a page by its hash: BCDF-GHJK-MNPR. One chance in 280,000,000,000,000 that two are the same."""
    letters = hash[:_LENGTH].translate(_TO_LETTERS)
    return "-".join(letters[at : at + 4] for at in range(0, _LENGTH, 4))


def read_head(text: str) -> str:
    """The code that a text consists of, or begins with, as it is printed; "" when it is something else."""
    found = _SHAPE.search(text.upper()) if len(text) <= _AS_LONG_AS_ONE else None
    return "-".join(found.groups()) if found else ""


def beginning(code: str) -> str:
    """How the hash of a code's page begins."""
    return code.replace("-", "").translate(_TO_HEX)
