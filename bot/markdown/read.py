"""Reads the house's Markdown into blocks of lines of spans.

The house's Markdown is small on purpose: paragraphs, `**bold**`, `*emphasis*`, lists, `[text](address)`, backslash
escapes (before a blank too) and line breaks, a single one included. Everything else (html, headings, code, pictures,
tables, bare addresses) is text. markdown-it does the reading.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from string import punctuation

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_LINKS = ("https://", "http://", "mailto:", "tel:")
_BLANKS = frozenset(" \t")
_ESCAPABLE = frozenset(punctuation) | _BLANKS | {"\n"}
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `link` is the address it leads to."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as shown; `lead` is "- " or "2. " where an item of a list begins."""

    spans: tuple[Span, ...]
    lead: str = ""


Block = tuple[Line, ...]
"""Lines without a blank one between them."""


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[Block, ...]:
    """The text as blocks of lines. Lines that stood next to each other stay so, a paragraph and its list too.

    Remembered, since the same answer goes to many and reading is most of the work of sending it.
    """
    blocks: list[Block] = []
    end = -1
    for first, last, line in _numbered(_GRAMMAR.parse(_HALVES.sub("", text))):
        if first > end or not blocks:
            blocks.append(())
        blocks[-1] += line
        end = max(end, last)
    return tuple(blocks)


def html(text: str) -> str:
    """The text as a page shows it."""
    return str(_GRAMMAR.render(_HALVES.sub("", text))).strip()


def _numbered(tokens: Sequence[Token]) -> Iterator[tuple[int, int, Block]]:
    """Each paragraph's lines with the source lines it spans. An item without text is a line with its lead alone."""
    counts: list[int] = []
    lead, place = "", (0, 0)
    for token in tokens:
        if token.map:
            place = (token.map[0], token.map[1])
        if lead and token.type in ("list_item_open", "list_item_close"):
            yield place[0], place[0] + 1, (Line((), lead),)
            lead = ""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            counts.append(int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            counts.pop()
        elif token.type == "list_item_open":
            lead = "  " * (len(counts) - 1) + (f"{counts[-1]}. " if token.info else "- ")
            counts[-1] += 1
        elif token.type == "inline":
            yield *place, _lines(token.children or [], lead)
            lead = ""


def _lines(tokens: Sequence[Token], lead: str) -> Block:
    lines: list[list[Span]] = [[]]
    depth: Counter[str] = Counter()
    link = ""
    for token in tokens:
        depth[token.tag] += token.nesting
        if token.tag == "a":
            link = str(token.attrs.get("href", ""))
        elif token.tag == "br":
            lines.append([])
        elif token.content:
            lines[-1].append(Span(token.content, depth["strong"] > 0, depth["em"] > 0, link))
    return tuple(Line(joined(spans), "" if at else lead) for at, spans in enumerate(lines))


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans with neighbours of one style made one."""
    if len(spans) < 2:
        return tuple(spans)
    groups = groupby(spans, key=lambda span: (span.bold, span.italic, span.link))
    return tuple(Span("".join(span.text for span in group), *style) for style, group in groups)


def _escaped(state: StateInline, silent: bool) -> bool:
    """A backslash before punctuation or a blank is that very sign; before a line end, a line break."""
    sign = state.src[state.pos + 1 : state.pos + 2]
    if state.src[state.pos] != "\\" or sign not in _ESCAPABLE:
        return False
    if not silent and sign == "\n":
        state.push("hardbreak", "br", 0)
    elif not silent:
        state.append_pending(sign)
    state.pos += 2
    while sign == "\n" and state.src[state.pos : state.pos + 1] in _BLANKS:
        state.pos += 1
    return True


def _picture(state: StateInline, silent: bool) -> bool:
    """A picture is text: its bracket begins no link."""
    if not state.src.startswith("![", state.pos):
        return False
    if not silent:
        state.append_pending("![")
    state.pos += 2
    return True


def _links(state: StateCore) -> None:
    """A link says where it leads and no more; one that leads nowhere is text."""
    for token in state.tokens:
        leads = ""
        for part in token.children or []:
            if part.type == "link_open":
                leads = str(part.attrs.get("href", ""))
                part.attrs = {"href": leads, "rel": "noopener"}
            if part.tag == "a":
                part.hidden = not leads


def _allowed(address: str) -> bool:
    return address.lower().startswith(_LINKS)


def _grammar() -> MarkdownIt:
    grammar = MarkdownIt("zero", {"breaks": True}).enable(["list", "newline", "escape", "emphasis", "link", "image"])
    grammar.inline.ruler.at("escape", _escaped)
    grammar.inline.ruler.at("image", _picture)
    grammar.core.ruler.push("links", _links)
    grammar.validateLink = _allowed  # type: ignore[assignment]
    return grammar


_GRAMMAR = _grammar()
