"""Telephone numbers as people write them, made alike so that the same number can be known again."""

_INDONESIA = "62"
_SHORTEST = 8


def alike(text: str) -> str:
    """The digits with the country in front: 0812-3456-7890 and +62 812 3456 7890 are 6281234567890; "" of what is none."""
    digits = "".join(one for one in text if one.isascii() and one.isdecimal())
    whole = digits if text.strip().startswith("+") else _with_country(digits)
    return whole if len(whole) >= _SHORTEST else ""


def _with_country(digits: str) -> str:
    """What begins with 8 is taken for Indonesian: so mobile numbers begin here, when their 0 is left out."""
    if digits.startswith("00"):
        return digits[2:]
    if digits.startswith("0"):
        return _INDONESIA + digits[1:]
    return _INDONESIA + digits if digits.startswith("8") else digits
