"""Makes what people type harmless for the house's Markdown: it is shown as it was typed, whatever it contains."""

import re

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_MEANING = re.compile(r"[\\`*_\[\]<>]")
_INDENT = re.compile(r"^[ \t]+")
_BLANK = re.compile(r"[ \t]")
_HEAD = re.compile(r"^(\d{0,9})([-+#=.)])")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BEGIN = ("\u2066", "\u2067", "\u2068")
_ISOLATE, _END = "\u2068", "\u2069"


def escape(text: str) -> str:
    """House Markdown that shows this text and nothing else, wherever in a message it lands.

    Every kind of line end becomes a line break of one and the same paragraph, so that a typed blank line cannot leave
    a list or a bold word. A line with characters that turn the direction of writing is isolated, so that it cannot
    turn its neighbours. Only what no screen shows is gone: see `clean`.
    """
    return "\\\n".join(_isolated(line) for line in clean(text).split("\n"))


def clean(text: str) -> str:
    """The text without control characters, halves of characters, and blanks at the ends of its lines."""
    lines = (_UNSEEN.sub("", line).rstrip() for line in text.splitlines())
    return "\n".join(lines).strip()


def literal(line: str) -> str:
    """One line, shown as it is wherever a line may begin: nothing is removed."""
    marked = inline(line)
    if indent := _INDENT.match(line):
        return _BLANK.sub(r"\\\g<0>", indent[0]) + marked[indent.end() :]
    return _HEAD.sub(r"\1\\\2", marked)


def inline(text: str) -> str:
    """A part of a line, not its beginning, shown as it is."""
    return _MEANING.sub(r"\\\g<0>", text)


def _isolated(line: str) -> str:
    return f"{_ISOLATE}{_balanced(literal(line))}{_END}" if _TURNS.search(line) else literal(line)


def _balanced(line: str) -> str:
    """The line with as many ends of isolates as beginnings: one end more would close the isolate around it."""
    kept, depth = [], 0
    for sign in line:
        if sign == _END and depth == 0:
            continue
        depth += 1 if sign in _BEGIN else -1 if sign == _END else 0
        kept.append(sign)
    return "".join(kept) + _END * depth
