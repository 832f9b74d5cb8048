"""The content's facts in words: figures and contacts, each with its date."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import accumulate

from babel.numbers import format_decimal

from bot.knowledge import editions
from bot.knowledge.dates import day, over
from bot.model.content import Contact, Figure, Way, said
from bot.understanding.release import Release
from bot.wording.phrases import locale

Fill = Callable[..., str]
MOST_CONTACTS = 6
_AT_LEAST, _ROOM, _WAYS = 2, 440, 3  # in an emergency: few, and all on one screen


class Markdown(str):
    """Text that is already the house's Markdown and must not be escaped again."""

    __slots__ = ()


def figure(one: Figure, language: str, fill: Fill, today: date) -> str:
    """A number in words: Rp37.500, 21 to 45 years, 6% a year; that it is being checked again, when its time is over."""
    if over(one, today):
        return fill("figure/over", until=one.valid_until)
    if one.value is not None:
        return amount(one.value, one.unit, one.per, language, fill)
    low, high = one.low or 0, one.high or 0
    return fill(
        "range", low=amount(low, one.unit, "", language, fill), high=amount(high, one.unit, one.per, language, fill)
    )


def contact(one: Contact, language: str, fill: Fill, most: int | None = None, phrase: str = "contact") -> str:
    """Whom to call in one line: the ways to reach them, newest first, and as of when; of `most`, those that are spoken to."""
    newest = sorted(one.ways, key=lambda way: way.as_of, reverse=True)
    if most is not None:
        newest = sorted(newest, key=lambda way: way.kind not in ("phone", "whatsapp"))[:most]
    ways = [_way(way, language, fill) for way in newest]
    return fill(phrase, name=said(one.name, language), ways=ways, as_of=day(newest[0].as_of))


def contact_lines(release: Release, country: str, language: str, fill: Fill, first: Sequence[str] = ()) -> list[str]:
    """Those named first, then a country's emergency numbers, then those from everywhere: as many as one message holds."""
    named = [release.content.contacts[id] for id in first]
    listed = [*named, *(one for one in editions.listed_contacts(release.content, country) if one not in named)]
    lines = [contact(one, language, fill, _WAYS) for one in listed[:MOST_CONTACTS]]
    ends = accumulate(map(len, lines))
    return [line for at, (line, end) in enumerate(zip(lines, ends, strict=True)) if at < _AT_LEAST or end <= _ROOM]


def amount(value: float, unit: str, per: str, language: str, fill: Fill) -> str:
    """A number with its unit, a month or a year: NT$29.500 per bulan."""
    number = format_decimal(value, locale=locale(language))
    sign = fill("unit/sign", unit=unit)
    before = Markdown(f"{sign} ") if sign == unit else sign
    return fill("unit", n=number, count=int(value), unit=unit, per=per, sign=before)


def _way(way: Way, language: str, fill: Fill) -> Mapping[str, str]:
    return {"value": fill("contact/way", kind=way.kind, value=way.value), "note": said(way.note, language)}
