"""Writes the house's Markdown as each kind of screen wants it, and cuts it where a screen is too small."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape as html_escape
from itertools import accumulate, takewhile

from bot.markdown.read import Block, Line, Span, html, read
from bot.model.escaping import escape, inline, literal

_GAP = re.compile(r"[ \t]+")
_END = re.compile(r"[.!?…][\"')\]]*$")
_JOINER = "\u200d"

Measure = Callable[[Sequence[Block]], int]
"""How much of a screen's room some blocks take."""


def telegram(text: str) -> str:
    """The text as Telegram's HTML. A telephone number or mail address is written out: Telegram links those itself."""
    return write(read(text), telegram_span)


def plain(text: str) -> str:
    """The text without any marks, addresses in brackets: for a terminal."""
    return write(read(text), _plain_span)


def web(text: str) -> str:
    """The text as HTML for our own pages."""
    return html(text)


def size(blocks: Sequence[Block]) -> int:
    """How many UTF-16 units a screen shows of it: what Telegram counts."""
    return units(write(blocks, visible_span))


def pieces(text: str, limit: int, measure: Measure = size) -> list[str]:
    """The text as messages that each take at most `limit` UTF-16 units by this measure, still as house Markdown.

    Cut between paragraphs, else between lines, else after a sentence, else at a blank, else anywhere; never inside
    a bold word or a link unless that alone is too long, and then it goes on in the next piece.
    """
    rest: Sequence[Block] = read(text)
    done: list[str] = []
    if measure(rest) <= limit:
        return [text]
    while measure(rest) > limit:
        head, rest = _cut(rest, limit, measure)
        done.append(_markdown(head))
    return [piece for piece in (*done, _markdown(rest)) if piece] or [""]


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def write(blocks: Sequence[Block], span: Callable[[Span], str]) -> str:
    """The blocks with each span written by `span`: lines on lines, a blank line between blocks."""
    return "\n\n".join("\n".join(line.lead + "".join(map(span, line.spans)) for line in block) for block in blocks)


def visible_span(span: Span) -> str:
    """What a Telegram screen shows of a span."""
    return span.text + ("" if span.link.startswith("http") else beside(span))


def telegram_span(span: Span) -> str:
    """A span as Telegram's HTML."""
    marked = html_escape(visible_span(span), quote=False)
    if span.bold:
        marked = f"<b>{marked}</b>"
    if span.italic:
        marked = f"<i>{marked}</i>"
    return f'<a href="{html_escape(span.link)}">{marked}</a>' if span.link.startswith("http") else marked


def _plain_span(span: Span) -> str:
    return span.text + beside(span)


def beside(span: Span) -> str:
    """The address in brackets, unless the text already says it (of a number, its last digits)."""
    address = span.link.removeprefix("tel:").removeprefix("mailto:")
    told = re.sub(r"[-\s.()]", "", span.text)
    return "" if (address if "@" in address else address[-6:]) in told else f" ({address})"


def _cut(blocks: Sequence[Block], limit: int, measure: Measure) -> tuple[Sequence[Block], Sequence[Block]]:
    """What still fits, and the rest."""
    if whole := _fitting(len(blocks), limit, lambda count: measure(blocks[:count])):
        return blocks[:whole], blocks[whole:]
    first, others = blocks[0], blocks[1:]
    if lines := _fitting(len(first), limit, lambda count: measure((first[:count],))):
        return (first[:lines],), (first[lines:], *others)
    head, tail = _cut_line(first[0], limit, measure)
    return ((head,),), ((tail, *first[1:]), *others)


def _fitting(most: int, limit: int, measured: Callable[[int], int]) -> int:
    """How many, up to `most`, fit together."""
    return bisect_right(range(1, most + 1), limit, key=measured)


def _cut_line(line: Line, limit: int, measure: Measure) -> tuple[Line, Line]:
    text = "".join(span.text for span in line.spans)
    most = _fitting(len(text), limit, lambda at: measure(((_part(line, 0, at),),)))
    at = _place(line, text, max(1, most))
    head = _part(line, 0, len(text[:at].rstrip()))
    return head, replace(_part(line, len(text) - len(text[at:].lstrip()), len(text)), lead="")


def _part(line: Line, start: int, end: int) -> Line:
    spans, at = [], 0
    for span in line.spans:
        if kept := span.text[max(0, start - at) : max(0, end - at)]:
            spans.append(replace(span, text=kept))
        at += len(span.text)
    return replace(line, spans=tuple(spans))


def _place(line: Line, text: str, most: int) -> int:
    """Where to cut the line, at `most` at the latest: the best kind of place wins, unless it leaves a mere stump."""
    ends = list(accumulate(len(span.text) for span in line.spans))
    blanks = [found.start() for found in _GAP.finditer(text[: most + 1])]
    sentences = [at for at in blanks if _END.search(text[max(0, at - 4) : at])]
    marked = [(end - len(span.text), end) for span, end in zip(line.spans, ends, strict=True) if _is_marked(span)]
    free = {at for at in (*blanks, *ends) if not any(start < at < end for start, end in marked)}
    half = max(1, most // 2)
    for places, least in ((free & set(sentences), half), (free & set(blanks), half), (free, 1), (blanks, half)):
        if good := [at for at in places if least <= at <= most]:
            return max(good)
    return _between_signs(text, most)


def _is_marked(span: Span) -> bool:
    return span.bold or span.italic or bool(span.link)


def _between_signs(text: str, at: int) -> int:
    """Not between a letter and what is written over it, nor in a joined emoji, if that can be had nearby."""
    first = max(1, at - 16)
    while at > first and (unicodedata.category(text[at]).startswith("M") or _JOINER in text[at - 1 : at + 1]):
        at -= 1
    return at


def _markdown(blocks: Sequence[Block]) -> str:
    """The blocks as house Markdown again. Should their marks not be read back as they were, the words go without."""
    trimmed = [block for block in map(_trimmed, blocks) if block]
    text = "\n\n".join(map(_markdown_block, trimmed))
    same = write(read(text), telegram_span) == write(trimmed, telegram_span)
    return text if same else escape(write(trimmed, visible_span))


def _trimmed(block: Block) -> Block:
    """The block without empty lines at its ends, and without an indent that hangs on nothing."""
    shown = [at for at, line in enumerate(block) if line.spans or line.lead]
    if not shown:
        return ()
    first = block[shown[0]]
    return (replace(first, lead=first.lead.lstrip()), *block[shown[0] + 1 : shown[-1] + 1])


def _markdown_block(block: Block) -> str:
    text = ""
    for at, line in enumerate(block):
        glue = "" if at == 0 else "\n" if line.lead else "\\\n"
        text += glue + line.lead + _markdown_line(line.spans)
    return text


def _markdown_line(spans: Sequence[Span]) -> str:
    """The spans with their marks, each closed where its style ends and opened where it begins."""
    text = ""
    standing: tuple[tuple[str, str], ...] = ()
    for span in (*spans, Span("")):
        wanted = _marks(span)
        kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(standing, wanted, strict=False)))
        text += "".join(close for _, close in reversed(standing[kept:]))
        text += "".join(begin for begin, _ in wanted[kept:])
        text += inline(span.text) if text else literal(span.text)
        standing = wanted
    return text


def _marks(span: Span) -> tuple[tuple[str, str], ...]:
    """The marks around a span, outermost first."""
    link = (("[", f"](<{span.link}>)"),) if span.link else ()
    return (*link, *([("**", "**")] if span.bold else []), *([("*", "*")] if span.italic else []))
