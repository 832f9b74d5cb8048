"""The phrases of `bot/phrases/*.txt` and their translations in `locales/`.

A file holds many phrases; each begins with `== name`. Their sentences are English inside `{% trans %}`; a language is a
catalogue `locales/<lang>/LC_MESSAGES/messages.po`, read as it is (nothing to compile). What people typed is escaped before
it gets here, so that it can never become markup; a fact that is missing raises.
"""

import gettext
import io
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.localedata import exists
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import DictLoader, Environment, StrictUndefined

from bot.casework.numbers import sayable
from bot.model.escaping import escape

ROOT = Path(__file__).parents[2]
PHRASES = ROOT / "bot" / "phrases"
LOCALES = ROOT / "locales"
SOURCE_LANGUAGE = "en"
_NAME = re.compile(r"^== ([\w/-]+)$", re.MULTILINE)


@cache
def phrases() -> dict[str, str]:
    """Every phrase by name, as a template."""
    found: dict[str, str] = {}
    for file in sorted(PHRASES.glob("*.txt")):
        parts = _NAME.split(file.read_text("utf-8"))
        for name, body in zip(parts[1::2], parts[2::2], strict=True):
            if name in found:
                raise ValueError(f"{file.name}: phrase {name} is there twice")
            found[name] = body.strip("\n")
    return found


def spoken() -> list[str]:
    """The languages there is a catalogue for, Indonesian first."""
    found = sorted(folder.parent.parent.name for folder in LOCALES.glob("*/LC_MESSAGES/messages.po"))
    return sorted(found, key=lambda language: language != "id")


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; what it lacks comes from Indonesian, never silently from English."""
    file = LOCALES / language / "LC_MESSAGES" / "messages.po"
    if language in (SOURCE_LANGUAGE, "id") and not file.exists():
        return gettext.NullTranslations()
    if not file.exists():
        return translations("id")
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(file.read_bytes()), locale=language))
    compiled.seek(0)
    found = gettext.GNUTranslations(compiled)
    if language != "id":
        found.add_fallback(translations("id"))
    return found


@cache
def environment(language: str) -> Environment:
    """The phrases, ready to be filled in one language."""
    made = Environment(
        loader=DictLoader(phrases()),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        autoescape=False,  # noqa: S701  the house's Markdown is not HTML; facts are escaped for it before
        keep_trailing_newline=False,
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(_filters(language))
    return made


def locale(language: str) -> str:
    """Whose way of writing numbers and dates: the language's own where it is known, else the Indonesian."""
    return language if exists(language) else "id"


def _filters(language: str) -> Mapping[str, Callable[..., str]]:
    def day(moment: date | str) -> str:
        return escape(moment) if isinstance(moment, str) else format_date(moment, "d MMM y", locale=locale(language))

    def clock(moment: datetime, zone: str) -> str:
        local = moment.astimezone(ZoneInfo(zone))
        return f"{format_datetime(local, 'EEE d MMM, HH:mm', locale=locale(language))} {local:%Z}"

    return {"day": day, "clock": clock, "sayable": lambda number: escape(sayable(str(number)))}
