"""A browser with the web chat: the pieces of its page, and its one form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from html import unescape
from itertools import count

from bot.model.messages import Address, Incoming, Message
from bot.store.spoken import Line
from bot.web.chat import read_said
from bot.web.forms import new_nonce
from bot.web.pages import Pages, open_pages
from bot.wording.beside import anchors

_BUTTON = re.compile(r'<button name="button" value="([^"]*)">([^<]*)</button>')
_TAG = re.compile(r"<[^>]+>")
_LIST = re.compile(r"<ol(?: start=\"(\d+)\")?>(.*?)</ol>", re.DOTALL)
_NOW = datetime(2026, 11, 23)


@cache
def _pages() -> Pages:
    return open_pages()


@dataclass
class WebPhone:
    """`pressable` are the buttons of the page, newest last; the four that always stand below are on it from the beginning."""

    address: Address
    language: str
    pressable: list[tuple[str, str]] = field(default_factory=list)

    def show(self, message: Message) -> str:
        line = Line(1, _NOW, message=message)
        piece = _pages().write("line.html", self.language, line=line, newest=False, pressable=True, nonce=new_nonce())
        self.pressable += [(unescape(id), unescape(label)) for id, label in _BUTTON.findall(piece)]
        below = "\n".join(anchor.label for anchor in message.anchors)
        return f"{_read(piece)}\n{below}"

    def says(self, words: str, at: datetime) -> Sequence[Incoming]:
        if words.startswith("/start"):
            return self._form(at, start=words.removeprefix("/start").strip(), text="", button="do:greeting")[:1]
        return self._form(at, text=words)

    def sends(self, kind: str, words: str, at: datetime) -> Sequence[Incoming]:
        raise AssertionError("nothing can be sent on the web but words")

    def presses(self, wanted: str, at: datetime) -> Sequence[Incoming]:
        below = [(one.id, one.label) for one in anchors(self.language)]
        offered = (id for id, label in reversed((*below, *self.pressable)) if wanted in (id, label))
        id = next(offered, "")
        assert id, f"no button {wanted!r} on the screen"
        return self.forges(id, at)

    def forges(self, id: str, at: datetime) -> Sequence[Incoming]:
        return self._form(at, button=id)

    def _form(self, at: datetime, **fields: str) -> Sequence[Incoming]:
        form = {"nonce": new_nonce(), "language": self.language, **fields}
        return read_said(form, self.address, at, self.language)


def _read(page: str) -> str:
    """What a browser shows of a piece of a page."""
    numbered = _LIST.sub(lambda found: _numbered(found[2], int(found[1] or 1)), page)
    return unescape(_TAG.sub("", re.sub(r"</(?:p|li|button|a)>|<br>", "\n", numbered)))


def _numbered(items: str, first: int) -> str:
    number = count(first)
    return re.sub(r"<li>\s*(?:<p>)?", lambda _: f"{next(number)}. ", items)
