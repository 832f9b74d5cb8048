"""The paper's page: the two numbers first and large, then what to do with them."""

from collections.abc import Callable, Sequence

import segno

from bot.posters.marks import Block, Box, Code, Frame, Mark, Page
from bot.posters.paper import Paper
from bot.posters.sheet import Size
from bot.posters.writing import ALARM, DEEP, PALE, WHITE, Text, written

_QUIET = 4
_CODE = 62.0  # millimetres of an A4
_LEAST_GAP, _MOST_MORE = 4.0, 12.0
_STEP, _SMALLEST = 0.97, 0.6


def page_of_paper(paper: Paper, size: Size) -> Page:
    """The page of a paper: with long names all its letters are a little smaller."""
    frame, scale = Frame(size), 1.0
    while (left := _left(frame, blocks := _drawn(frame, paper, scale))) < 0 and scale > _SMALLEST:
        scale *= _STEP
    gap = frame.mm(_LEAST_GAP) + min(frame.mm(_MOST_MORE), max(0, left) // (len(blocks) - 1))
    y, marks = frame.margin, list[Mark]()
    for block in blocks:
        marks += block.at(y)
        y += block.height + gap
    return Page(frame, tuple(marks))


def _drawn(frame: Frame, paper: Paper, scale: float) -> list[Block]:
    return [one for one in (draw(frame, paper, scale) for draw in _BLOCKS) if one.height]


def _left(frame: Frame, blocks: Sequence[Block]) -> int:
    """The height that is left between the margins, and the least gaps."""
    gaps = (len(blocks) - 1) * frame.mm(_LEAST_GAP)
    return frame.height - 2 * frame.margin - gaps - sum(one.height for one in blocks)


def _head(frame: Frame, paper: Paper, scale: float) -> Block:
    pad = frame.mm(4)
    texts = (
        Text("Desmigratif", 16 * scale, 1, bold=True, colour=PALE),
        Text(paper.title, 34 * scale, 1, bold=True, colour=WHITE),
    )
    block = written(frame, texts, frame.inside - frame.mm(12))
    band = Box(frame.margin, 0, frame.inside, block.height + 2 * pad, DEEP)
    return Block(band.height, (band, *block.at(pad)))


def _numbers(frame: Frame, paper: Paper, scale: float) -> Block:
    """Large, for whoever reads them over the telephone."""
    texts = (
        Text(paper.number_said, 19 * scale),
        Text(paper.number, 54 * scale, bold=True),
        Text(paper.pin_said, 19 * scale, gap=3),
        Text(paper.pin, 54 * scale, bold=True, colour=DEEP),
    )
    return written(frame, texts, frame.inside)


def _answer(frame: Frame, paper: Paper, scale: float) -> Block:
    texts = (
        Text(paper.who, 20 * scale, 3),
        Text(paper.when, 20 * scale, 2, bold=True, gap=1),
        Text(paper.office, 17 * scale, 3, gap=1),
    )
    return written(frame, texts, frame.inside)


def _look(frame: Frame, paper: Paper, scale: float) -> Block:
    """The code on the left, what it is for beside it; without a web address the words alone."""
    if not paper.link:
        return written(frame, (Text(paper.look, 19 * scale, 6),), frame.inside)
    rows = tuple(tuple(bool(one) for one in row) for row in segno.make_qr(paper.link, error="m").matrix)
    dot = frame.mm(_CODE * scale) // (len(rows) + 2 * _QUIET)
    side = dot * (len(rows) + 2 * _QUIET)
    code = Code(frame.margin + dot * _QUIET, dot * _QUIET, dot, rows, paper.link)
    beside = frame.margin + side + frame.mm(3)
    words = written(frame, (Text(paper.look, 19 * scale, 9),), frame.width - frame.margin - beside, left=beside)
    return Block(max(side, words.height), (code, *words.at(max(0, (side - words.height) // 2))))


def _alarm(frame: Frame, paper: Paper, scale: float) -> Block:
    pad, line = frame.mm(4), frame.mm(1)
    texts = (
        Text(paper.alarm, 20 * scale, 1, bold=True, colour=ALARM),
        *(Text(one, 15 * scale, 3, gap=0.5) for one in paper.contacts),
    )
    block = written(frame, texts, frame.inside - frame.mm(12), left=frame.margin + frame.mm(6))
    height = block.height + 2 * pad
    edge = Box(frame.margin, 0, frame.inside, height, ALARM)
    ground = Box(frame.margin + line, line, frame.inside - 2 * line, height - 2 * line, WHITE)
    return Block(height, (edge, ground, *block.at(pad)))


def _foot(frame: Frame, paper: Paper, scale: float) -> Block:
    texts = (
        Text(paper.keep, 15 * scale, 4),
        Text(paper.safe, 15 * scale, 3, bold=True, gap=1),
        Text(paper.printed, 13 * scale, 2, gap=1),
    )
    return written(frame, texts, frame.inside)


_BLOCKS: tuple[Callable[[Frame, Paper, float], Block], ...] = (_head, _numbers, _answer, _look, _alarm, _foot)
