"""Templates become pages: one environment, escaping everything, speaking the language of whoever looks."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from unicodedata import category
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.localedata import exists
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot import markdown
from bot.casework.numbers import sayable
from bot.model.content import Way, said
from bot.model.escaping import clean
from bot.web.static_files import StaticFiles, read_static
from bot.wording.phrases import spoken, translations

FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes pages. Nothing of them may be kept by the browser: the phone may be shared."""

    environment: Environment
    static: StaticFiles

    def write(self, template: str, language: str, **facts: object) -> str:
        """A page, or a piece of one."""
        given = {"language": language, "translations": translations(language), **facts}
        return self.environment.get_template(template).render(given)

    def page(self, template: str, language: str, status: int = 200, **facts: object) -> HTMLResponse:
        """A page as an answer."""
        headers = {"Cache-Control": "no-store", "Content-Language": language}
        return HTMLResponse(self.write(template, language, status=status, **facts), status, headers)


def open_pages() -> Pages:
    """Read the templates and the static files."""
    static = read_static()
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["static"] = static.url
    environment.filters.update(_FILTERS)
    environment.tests["gives_away"] = _gives_away
    return Pages(environment, static)


def language_of(request: Request) -> str:
    """The language asked for by `?lang=`, else the first the browser names that we speak, else Indonesian."""
    accepted = re.findall(r"(?:^|,)\s*([a-z]{2,3})", request.headers.get("accept-language", "").lower())
    wanted = (request.query_params.get("lang", ""), *accepted)
    return next((one for one in wanted if one in languages()), "id")


def languages() -> set[str]:
    """Those the pages speak."""
    return {*spoken(), "id", "en"}


@pass_context
def _gettext(context: Context, text: str) -> str:
    return str(context["translations"].gettext(text))


@pass_context
def _ngettext(context: Context, one: str, many: str, count: int) -> str:
    return str(context["translations"].ngettext(one, many, count))


def _html(text: str) -> Markup:
    return Markup(markdown.web(text))  # noqa: S704  the renderer escapes; see its own tests


@pass_context
def _clock(context: Context, moment: datetime, zone: str) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return f"{format_datetime(local, 'EEE d MMM, HH:mm', locale=_locale(context))} {local:%Z}"


@pass_context
def _away(context: Context, moment: datetime, now: datetime) -> str:
    """How far a moment lies from now: "in 3 hours", "2 days ago"; never in seconds, and what is now was a minute ago."""
    ways = (_locale(context), "id")  # where a language has signs only ("+3 h"), say it in Indonesian
    far = moment - now or timedelta(seconds=-1)
    words = (format_timedelta(far, "minute", threshold=1.1, add_direction=True, locale=locale) for locale in ways)
    return next(one for one in words if one[0] not in "+-")


@pass_context
def _day(context: Context, text: str) -> str:
    """A whole date in words; a bare year or month as it was written."""
    try:
        return format_date(date.fromisoformat(text), "d MMM y", locale=_locale(context))
    except ValueError:
        return text


def _plain(text: str) -> str:
    """What somebody typed, as one can look at it; where it holds nothing that a screen shows, a dash says so."""
    shown = clean(text)
    return shown if any(category(sign)[0] not in "CZ" for sign in shown) else "–"


def _capped(text: str, most: int) -> str:
    """A name, cut where it would push everything else off a phone's screen; nothing of nothing."""
    shown = " ".join(_plain(text).split()) if text else ""
    return shown if len(shown) <= most else f"{shown[:most]}…"


@pass_context
def _month(context: Context, name: str) -> str:
    """A month in words: of "2026-11" November 2026."""
    return format_date(date.fromisoformat(f"{name}-01"), "MMMM y", locale=_locale(context))


def _gives_away(button: str) -> bool:
    """Whether a button names an office for a case or a part of it: more must be asked before it is pressed."""
    return button.partition(":")[0] in ("transfer", "refer")


def _locale(context: Context) -> str:
    language = str(context["language"])
    return language if exists(language) else "id"


def _dial(way: Way) -> str:
    """Where a way to reach somebody leads when it is touched; "" when it cannot be."""
    digits = re.sub(r"[^\d+]", "", way.value)
    match way.kind:
        case "phone":
            return f"tel:{digits}"
        case "whatsapp":
            return f"https://wa.me/{re.sub('^0', '62', digits).lstrip('+')}"
        case "email":
            return f"mailto:{way.value}"
        case "web":
            return way.value
        case _:
            return ""


_FILTERS: dict[str, Callable[..., str]] = {
    "html": _html,
    "clock": _clock,
    "away": _away,
    "day": _day,
    "month": _month,
    "said": said,
    "sayable": sayable,
    "dial": _dial,
    "plain": _plain,
    "capped": _capped,
}
