"""What of our own sentences does not fit where it stands, in every language: the words on buttons and what opens a list."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment

from bot.library.faults import Fault
from bot.markdown import units
from bot.model.screens import LONGEST_BUTTON, LONGEST_ROW
from bot.wording import phrases

_FILLED = re.compile(r"%\(\w+\)s")
_FILLED_WITH = "1000-0000"
_MOST = {"beside/open": LONGEST_BUTTON, "beside/choices": LONGEST_ROW, "beside/always": LONGEST_ROW}


def sentences() -> Iterator[Fault]:
    """Every label of ours that is too long for its button or row, where its translation stands."""
    labels = [name for name in phrases.phrases() if name.startswith("label/")]
    return too_long(dict.fromkeys(labels, LONGEST_ROW) | _MOST)


def too_long(limits: Mapping[str, int]) -> Iterator[Fault]:
    """What of these phrases has more letters than that in any language."""
    for language in phrases.spoken():
        catalogue = _catalogue(language)
        for name, most in limits.items():
            for sentence in _sentences(name):
                message = catalogue.get(sentence)
                words = str(message.string) if message and message.string else ""
                if units(_FILLED.sub(_FILLED_WITH, words)) > most:
                    yield _fault(language, name, words, most)


@cache
def _sentences(name: str) -> tuple[str, ...]:
    """The English sentences in a phrase."""
    reader = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    reader.newstyle_gettext = True  # type: ignore[attr-defined]
    found = reader.extract_translations(phrases.phrases()[name])  # type: ignore[attr-defined]
    return tuple(str(sentence) for _, _, sentence in found if isinstance(sentence, str))


@cache
def _catalogue(language: str) -> Catalog:
    file = phrases.LOCALES / language / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def _fault(language: str, name: str, words: str, most: int) -> Fault:
    file = phrases.LOCALES / language / "LC_MESSAGES" / "messages.po"
    lines = file.read_text("utf-8").splitlines()
    line = next((n for n, one in enumerate(lines, 1) if one == f'msgstr "{words}"'), 0)
    what = f"{words!r} ({name}) is longer than {most} letters"
    return Fault(str(file.relative_to(phrases.ROOT)), line, what, "It stands on a button: shorten it")
