"""Writes the house's Markdown as WhatsApp marks it: *bold*, _italic_, and lines that begin a list.

WhatsApp knows no escape: a sign that could mark something and is meant as itself is written as its wide sister, which marks
nothing; in an address by its number, so that it still leads there. Which signs mark is not written down anywhere in full, so
every one is replaced that does not stand inside a word.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, groupby, zip_longest
from operator import attrgetter

from bot.markdown.read import Block, Line, Span, read
from bot.markdown.render import beside, pieces, units, write

_MARKS = re.compile(r"(?<![A-Za-z0-9])[*_~]|[*_~](?![A-Za-z0-9])|`")
_WIDE = str.maketrans("*_~`", "\uff0a\uff3f\uff5e\uff40")
_ADDRESS = re.compile(r"(https?://\S+)")
_BEGINS_A_LIST = re.compile(r"\s*(?:[-*\u2022]|\d+[.)])(?:\s|$)|\s*>")
_BEGINS_A_LINK = re.compile(r"\](?=\()")
_UNSEEN = "\u2060"  # a word joiner: it takes no room and belongs to no mark
_STYLES = (("bold", "*"), ("italic", "_"))


def whatsapp(text: str) -> str:
    """The text as WhatsApp's own markup. Where a link leads stands beside it: WhatsApp links addresses itself."""
    return "\n\n".join("\n".join(map(_line, block)) for block in read(text))


def whatsapp_pieces(text: str, limit: int) -> list[str]:
    """The text as messages of at most `limit` UTF-16 units as WhatsApp marks them, cut as `pieces` cuts."""
    return [whatsapp(piece) for piece in pieces(text, limit, _most)]


def _most(blocks: Sequence[Block]) -> int:
    """How long it can become at most: marks that stand against a letter are left out in the end."""
    return units(write(blocks, _widest)) + sum(map(len, blocks))


def _widest(span: Span) -> str:
    return f"{'**' * span.bold}{'__' * span.italic}{_shown(span)}"


def _line(line: Line) -> str:
    text = _styled(line.spans, _STYLES, "", "")
    begins = not line.lead and _BEGINS_A_LIST.match("".join(span.text for span in line.spans))
    return f"{_UNSEEN if begins else line.lead}{text}"


def _styled(spans: Sequence[Span], styles: Sequence[tuple[str, str]], before: str, after: str) -> str:
    """The spans between two signs of their line, with the marks of these styles, the outermost first."""
    if not styles:
        return "".join(map(_shown, spans))
    (style, mark), *inner = styles
    runs = [(marked, list(run)) for marked, run in groupby(spans, key=attrgetter(style))]
    text = ""
    for at, (marked, run) in enumerate(runs):
        left = (before + text)[-1:]
        right = runs[at + 1][1][0].text[:1] if at + 1 < len(runs) else after
        text += _marked(mark, _styled(run, inner, "", ""), left, right) if marked else _styled(run, inner, left, right)
    return text


def _marked(mark: str, text: str, left: str, right: str) -> str:
    """The text between its marks: blanks stay outside, and beside a letter there are none, for they would be shown."""
    words = text.strip()
    start = len(text) - len(text.lstrip())
    end = start + len(words)
    glued = (start == 0 and left.isalnum()) or (end == len(text) and right.isalnum())
    return text if glued or not words else f"{text[:start]}{mark}{words}{mark}{text[end:]}"


def _shown(span: Span) -> str:
    if not span.link.startswith("http"):
        return _harmless(span.text + beside(span))
    return _harmless(span.text) + beside(replace(span, link=_address(span.link)))


def _harmless(text: str) -> str:
    """The text with nothing in it that marks; addresses that stand in it stay addresses."""
    parts = _ADDRESS.split(text)
    words = [_BEGINS_A_LINK.sub(f"]{_UNSEEN}", _MARKS.sub(_wide, part)) for part in parts[::2]]
    return "".join(chain(*zip_longest(words, map(_address, parts[1::2]), fillvalue="")))


def _address(address: str) -> str:
    return _BEGINS_A_LINK.sub("%5D", _MARKS.sub(lambda sign: f"%{ord(sign[0]):02X}", address))


def _wide(sign: re.Match[str]) -> str:
    return sign[0].translate(_WIDE)
