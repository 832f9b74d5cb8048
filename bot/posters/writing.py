"""Words on a page, below each other: in the middle, or from a left edge on; and the colours they come in."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.posters.lettering import LEADING, fitted, width, words
from bot.posters.marks import Block, Frame, Words

BLACK, WHITE, DEEP, ALARM, PALE = "#000000", "#ffffff", "#0b5d56", "#a8201a", "#eef4f2"
_STANDS = 0.94
"""Where letters stand, from the top of their line, in heights of the letters."""


@dataclass(frozen=True, slots=True)
class Text:
    """Something to be written: in at most `most` lines, at most `largest` points high, `gap` millimetres below the last."""

    text: str
    largest: float
    most: int = 1
    bold: bool = False
    colour: str = BLACK
    gap: float = 0.0


def written(frame: Frame, texts: Iterable[Text], room: int, left: int | None = None) -> Block:
    """Texts below each other; in the middle of the page, or from a left edge on."""
    marks: list[Words] = []
    y = 0.0
    for one in (one for one in texts if one.text):
        size, lines = fitted(words(one.text, bold=one.bold), frame.points(one.largest), room, one.most)
        y += frame.mm(one.gap) if marks else 0
        for line in lines:
            x = left if left is not None else (frame.width - width(line, size)) / 2
            marks.append(Words(x, y + size * _STANDS, size, line, one.colour))
            y += size * LEADING
    return Block(round(y), tuple(marks))
