"""The poster's page: its blocks from top to bottom. The codes take what height the words leave."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import segno

from bot.model.escaping import escape
from bot.posters.doors import Way
from bot.posters.marks import Block, Box, Code, Frame, Mark, Page
from bot.posters.sheet import Sheet, Size
from bot.posters.writing import ALARM, DEEP, PALE, WHITE, Text, written

QUIET = 4
"""Squares of white around a code, as its standard wants them."""
_LOWEST = "m"
"""A code is read with 15 of 100 squares spoilt; more where the same size allows."""
_LARGEST_CODE, _GAP = 95.0, 3.5  # millimetres


def page_of(sheet: Sheet, size: Size) -> Page:
    """The page of a poster."""
    frame = Frame(size)
    head, place, typed, alarm, foot = (draw(frame, sheet) for draw in (_head, _place, _typed, _alarm, _foot))
    left = frame.height - 2 * frame.margin - sum(one.height for one in (head, place, typed, alarm, foot))
    codes = _codes(frame, sheet, left - 5 * frame.mm(_GAP))
    gap, y = (left - codes.height) // 5, frame.margin
    marks: list[Mark] = []
    for block in (head, place, codes, typed, alarm, foot):
        marks += block.at(y)
        y += block.height + gap
    return Page(frame, tuple(marks))


def _head(frame: Frame, sheet: Sheet) -> Block:
    """What this is, for somebody who walks by."""
    room, pad = frame.inside - frame.mm(12), frame.mm(3.5)
    texts = (
        Text(sheet.name, 15, 1, bold=True, colour=PALE),
        Text(sheet.title, 46, 2, bold=True, colour=WHITE),
        Text(sheet.promise, 27, 1, bold=True, colour=WHITE, gap=1.5),
        Text(sheet.regional, 15, 2, colour=WHITE, gap=1.5),
    )
    block = written(frame, texts, room)
    band = Box(frame.margin, 0, frame.inside, block.height + 2 * pad, DEEP)
    return Block(band.height, (band, *block.at(pad)))


def _place(frame: Frame, sheet: Sheet) -> Block:
    texts = (
        Text(sheet.village, 31, 2, bold=True, colour=DEEP),
        Text(sheet.within, 15, 2),
        Text(sheet.office, 12, 3, gap=1),
    )
    return written(frame, texts, frame.inside)


def _typed(frame: Frame, sheet: Sheet) -> Block:
    """For whoever has no camera: what to type."""
    pad, room = frame.mm(3), frame.inside - frame.mm(12)
    texts = (Text(sheet.typed, 15, 2), Text(sheet.code, 31, 1, bold=True))
    block = written(frame, texts, room)
    ground = Box(frame.margin, 0, frame.inside, block.height + 2 * pad, PALE)
    return Block(ground.height, (ground, *block.at(pad)))


def _alarm(frame: Frame, sheet: Sheet) -> Block:
    """Whom to call, in a frame of its own."""
    pad, line = frame.mm(4), frame.mm(1)
    texts = (
        Text(sheet.alarm, 17, 1, bold=True, colour=ALARM),
        *(Text(one, 12, 2, gap=0.5) for one in sheet.contacts),
    )
    block = written(frame, texts, frame.inside - frame.mm(12), left=frame.margin + frame.mm(6))
    height = block.height + 2 * pad
    edge = Box(frame.margin, 0, frame.inside, height, ALARM)
    ground = Box(frame.margin + line, line, frame.inside - 2 * line, height - 2 * line, WHITE)
    return Block(height, (edge, ground, *block.at(pad)))


def _foot(frame: Frame, sheet: Sheet) -> Block:
    texts = (Text(sheet.robot, 11, 2), Text(f"**{sheet.safe}**", 11, 2), Text(sheet.printed, 8.5, gap=0.5))
    return written(frame, texts, frame.inside)


def _codes(frame: Frame, sheet: Sheet, height: int) -> Block:
    """A column for each way in, all codes of one size."""
    scan = written(frame, (Text(sheet.scan, 17, bold=True),), frame.inside)
    column = frame.inside // len(sheet.ways)
    names, addresses = zip(*(_titles(frame, way, column) for way in sheet.ways), strict=True)
    top, below = scan.height + names[0].height, max(one.height for one in addresses)
    codes = _coded([way.link for way in sheet.ways])
    squares = len(codes[0]) + 2 * QUIET
    dot = min(column, height - top - below, frame.mm(_LARGEST_CODE)) // squares
    marks: list[Mark] = list(scan.at(0))
    for at, (way, name, address, rows) in enumerate(zip(sheet.ways, names, addresses, codes, strict=True)):
        middle = frame.margin + column * at + column // 2
        aside = middle - frame.width // 2
        marks += _shifted(name.at(scan.height), aside)
        marks.append(Code(middle - dot * squares // 2 + dot * QUIET, top + dot * QUIET, dot, rows, way.link))
        marks += _shifted(address.at(top + dot * squares), aside)
    return Block(top + dot * squares + below, tuple(marks))


def _titles(frame: Frame, way: Way, column: int) -> tuple[Block, Block]:
    """The channel's name above a code, and its address below."""
    room = column - frame.mm(4)
    name = written(frame, (Text(way.channel, 19, bold=True, colour=DEEP),), room)
    return name, written(frame, (Text(escape(way.address), 14),), room)


def _shifted(marks: Iterable[Mark], by: int) -> Iterator[Mark]:
    return (replace(mark, x=mark.x + by) for mark in marks)


def _coded(links: Sequence[str]) -> list[tuple[tuple[bool, ...], ...]]:
    """The links as codes of one size, the size the longest needs: what is left over goes into being readable."""
    size = max(int(segno.make_qr(link, error=_LOWEST).version) for link in links)
    made = (segno.make_qr(link, error=_LOWEST, version=size) for link in links)
    return [tuple(tuple(bool(square) for square in row) for row in one.matrix) for one in made]
