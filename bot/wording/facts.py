"""The content's facts in words: figures, contacts, wages, each with its date."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from babel.numbers import format_decimal

from bot.model.content import Contact, Figure, Job, Way, said
from bot.understanding.release import Release
from bot.wording.phrases import locale

Fill = Callable[..., str]
MOST_WAGES = 8
MOST_CONTACTS = 6


class Markdown(str):
    """Text that is already the house's Markdown and must not be escaped again."""

    __slots__ = ()


def figure(one: Figure, language: str, fill: Fill) -> str:
    """A number in words: Rp37.500, 21 to 45 years, 6% a year."""
    if one.value is not None:
        return _amount(one.value, one.unit, one.per, language, fill)
    low, high = one.low or 0, one.high or 0
    return fill(
        "range", low=_amount(low, one.unit, "", language, fill), high=_amount(high, one.unit, one.per, language, fill)
    )


def contact(one: Contact, language: str, fill: Fill) -> str:
    """Whom to call in one line: the ways to reach them, newest first, and as of when."""
    newest = sorted(one.ways, key=lambda way: way.as_of, reverse=True)
    ways = [_way(way, language, fill) for way in newest]
    return fill("contact", name=said(one.name, language), ways=ways, as_of=_day(newest[0].as_of))


def contact_lines(release: Release, country: str, language: str, fill: Fill) -> list[str]:
    """The emergency numbers of a country, then those that work from everywhere."""
    listed = [one for one in release.content.contacts.values() if one.emergency]
    there = [one for one in listed if country and one.country == country]
    everywhere = [one for one in listed if not one.country]
    return [contact(one, language, fill) for one in (*there, *everywhere)[:MOST_CONTACTS]]


def wage_lines(release: Release, country: str, sector: str, language: str, fill: Fill) -> list[str]:
    """What jobs pay: those asked for; closed ones first; the best known ones when nothing was named."""
    fitting = _fitting(release.content.jobs, country, sector)
    ordered = sorted(fitting, key=lambda job: job.open)
    if not country and not sector:
        ordered = _one_each(job for job in ordered if job.open and job.wage)
    return [_wage(release, job, language, fill) for job in ordered[:MOST_WAGES]]


def _fitting(jobs: Sequence[Job], country: str, sector: str) -> list[Job]:
    of_country = [job for job in jobs if not country or job.country == country]
    of_both = [job for job in of_country if not sector or job.sector == sector]
    return of_both or of_country if country else of_both


def _one_each(jobs: Iterable[Job]) -> list[Job]:
    first: dict[str, Job] = {}
    for job in jobs:
        first.setdefault(job.country, job)
    return list(first.values())


def _wage(release: Release, job: Job, language: str, fill: Fill) -> str:
    country, sector = release.content.countries.get(job.country), release.content.sectors.get(job.sector)
    return fill(
        "wage",
        country=said(country.name, language) if country else job.country,
        sector=said(sector.name, language) if sector else job.sector,
        open=job.open,
        amount=_pay(job, language, fill),
        kind=job.wage.kind if job.wage else "",
        note=said(job.note, language),
        as_of=_day(job.as_of),
        source=job.source.title,
        sure=job.source.status == "verified" and "wage" not in job.unsure,
    )


def _pay(job: Job, language: str, fill: Fill) -> str:
    if job.wage is None:
        return ""
    low = _amount(job.wage.amount, job.wage.currency, "" if job.wage.high else job.wage.per, language, fill)
    if job.wage.high is None:
        return low
    return fill("range", low=low, high=_amount(job.wage.high, job.wage.currency, job.wage.per, language, fill))


def _amount(value: float, unit: str, per: str, language: str, fill: Fill) -> str:
    number = format_decimal(value, locale=locale(language))
    sign = fill("unit/sign", unit=unit)
    before = Markdown(f"{sign} ") if sign == unit else sign
    return fill("unit", n=number, count=int(value), unit=unit, per=per, sign=before)


def _way(way: Way, language: str, fill: Fill) -> Mapping[str, str]:
    return {"value": fill("contact/way", kind=way.kind, value=way.value), "note": said(way.note, language)}


def _day(text: str) -> date | str:
    """A date as such when it is whole; a bare year or month stays as it was written."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
