"""Numbers written by hand where they should come from data/: amounts of money, and telephone numbers."""

import re

_AMOUNT = re.compile(
    r"(?:Rp|NT\$|HK\$|S\$|US\$|A\$|RM|KRW|BND|SAR|€|¥|\$)\s?\d"
    r"|\d[\d.,]*\s?(?:rupiah|juta|jt|ribu|rb|ringgit|won|yen|riyal|million|thousand|euro)\b"
)
_PHONE = re.compile(r"(?<![\w/.-])(?:\+\d[\d -]{7,}\d|0\d{2,3}[ -]?\d{3,4}[ -]?\d{3,4})(?![\w/])")


def by_hand(text: str) -> re.Match[str] | None:
    """The first such number in a text."""
    return _AMOUNT.search(text) or _PHONE.search(text)
