"""Parses JSON from outside so that what is wrong in one place is wrong there only, and its neighbours can be read.

Bytes that are no text, an endless number, a nesting nobody can follow: each would else spoil the whole.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_DEEPEST = 64
_LONGEST_INTEGER = 4000  # Python itself gives up a little beyond
_STRINGS_AND_NESTING = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


def parsed(body: bytes) -> Any:
    """What the JSON says. Raises ValueError when it is none.

    A byte that is no text becomes half a character, an endless integer nothing, and what lies too deep an empty thing.
    """
    text = body.decode("utf-8", "surrogateescape")
    try:
        return json.loads(text, parse_int=_integer)
    except RecursionError:
        return json.loads("".join(_shallow(text)), parse_int=_integer)


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else None


def _shallow(text: str) -> Iterator[str]:
    """The same JSON in pieces, without what lies too deep."""
    depth = at = 0
    for one in _STRINGS_AND_NESTING.finditer(text):
        sign = one[0]
        if sign in "[{":
            depth += 1
            if depth == _DEEPEST:
                yield text[at : one.end()]
        elif sign in "]}":
            if depth == _DEEPEST:
                at = one.start()
            depth -= 1
    yield text[at:]
