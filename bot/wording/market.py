"""Wages in words: what work pays, and which of two or three countries pays more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any, Literal

from babel.numbers import format_decimal

from bot.knowledge import comparison, market
from bot.knowledge.comparison import Comparison, Side
from bot.knowledge.dates import day, over
from bot.knowledge.named_pay import Named as NamedPay
from bot.model.content import Named, said
from bot.model.work import Job, Rate, Wage
from bot.understanding.release import Release
from bot.wording.facts import Fill, amount
from bot.wording.phrases import locale

_LONGEST, _TABLE, _FEW_ROWS, _FEW_CLOSED = 700, 480, 3, 2
Detail = Literal["sources", "rows", "spans"]
DETAILS: tuple[Detail, ...] = ("sources", "rows", "spans")
_MILLION, _THOUSAND = 1_000_000, 1_000


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: what is known, in which language, by which phrases, on which day."""

    release: Release
    language: str
    fill: Fill
    today: date

    def name(self, named: Mapping[str, Named], id: str) -> str:
        """What something is called; its id when a newer release has dropped it."""
        return said(named[id].name, self.language) if id in named else id

    def country(self, id: str) -> str:
        """A country's name."""
        return self.name(self.release.content.countries, id)

    def sector(self, id: str) -> str:
        """A sector's name."""
        return self.name(self.release.content.sectors, id)

    def countries(self, ids: Iterable[str]) -> str:
        """The names of countries, one after the other."""
        return ", ".join(map(self.country, ids))


def table(voice: Voice, country: str, sector: str) -> str:
    """What jobs pay: those asked for, what is closed first, as many as a message holds; all before deductions."""
    rows = market.rows(voice.release.content.jobs, country, sector)
    if not rows:
        return voice.fill("wages/none")
    shut = _closed(voice, rows)
    fitting = _open(voice, rows, _TABLE - sum(map(len, shut)))
    paid = any(job.wage and not over(job, voice.today) for job in rows)
    missing = sector and all(job.sector != sector for job in rows)
    return "\n\n".join(
        (
            *([voice.fill("wages/other-work", sector=voice.sector(sector))] if missing else []),
            _listed([*shut, *fitting]),
            *([voice.fill("wages/before")] if paid else []),
        )
    )


def compared(voice: Voice, countries: str, sector: str) -> str:
    """Which of two or three countries pays more, or why that cannot be said; then a line for each, closed ones first."""
    found = comparison.compare(voice.release.content, countries, sector, voice.today)
    texts = (_told(voice, found, detail) for detail in DETAILS)
    return next((text for text in texts if len(text) <= _LONGEST), _told(voice, found, DETAILS[-1]))


def named_pay(voice: Voice, given: Mapping[str, Any]) -> str:
    """Where pay that somebody named lies, in the money it is paid in there, with the days of the figure and of the rate."""
    found: NamedPay = given["named"]
    known = Wage(found.low, found.currency, "month", "typical", found.high if found.high > found.low else None)
    return voice.fill(
        "named-pay",
        asked=amount(found.asked.amount, found.asked.currency, "", voice.language, voice.fill),
        value=amount(_rounded(found.value), found.currency, "", voice.language, voice.fill),
        reckoned=bool(found.rates),
        place=found.place,
        country=voice.country(given["country"]),
        kind=found.kind,
        known=pay(known, voice.language, voice.fill),
        as_of=day(found.as_of),
        rate_of=min((one.as_of for one in found.rates), default=None),
    )


def _rounded(value: float) -> float:
    """No finer than a rate allows: two figures that count."""
    step = 10 ** max(0, len(str(int(value))) - 3)
    return float(round(value / step) * step)


def pay(wage: Wage, language: str, fill: Fill) -> str:
    """A wage in its own currency: so much, or from and to, and for how long."""
    low = amount(wage.amount, wage.currency, "" if wage.high else wage.per, language, fill)
    if wage.high is None:
        return low
    return fill("range", low=low, high=amount(wage.high, wage.currency, wage.per, language, fill))


def _closed(voice: Voice, rows: Sequence[Job]) -> list[str]:
    """What is closed; many countries in one line."""
    closed = [job for job in rows if not job.open]
    if len(closed) <= _FEW_CLOSED:
        return [_row(voice, job, _label(voice, job, rows), {}) for job in closed]
    names = dict.fromkeys(_label(voice, job, rows) for job in closed)
    return [voice.fill("wages/closed", names="; ".join(names))]


def _open(voice: Voice, rows: Sequence[Job], space: int) -> list[str]:
    """The open ones that fit, and by name what else there is; in rupiah, too, while they are few."""
    alike = _alike([job for job in rows if job.open])
    rates = voice.release.content.rates if len(alike) <= _FEW_ROWS else {}
    labels = [dict.fromkeys(_label(voice, job, rows) for job in same) for same in alike]
    lines = [_row(voice, same[0], "; ".join(names), rates) for same, names in zip(alike, labels, strict=True)]
    fit = _fitting(lines, space)
    rest = dict.fromkeys(chain.from_iterable(labels[fit:]))
    return [*lines[:fit], *([voice.fill("wages/more", names="; ".join(rest))] if rest else [])]


def _alike(rows: Iterable[Job]) -> list[list[Job]]:
    """The rows by what they say: what says the same of several kinds of work is said once."""
    found: dict[str, list[Job]] = {}
    for job in rows:
        found.setdefault(repr((job.wage, job.note, job.as_of, job.source, comparison.confirmed(job))), []).append(job)
    return list(found.values())


def _fitting(lines: Sequence[str], space: int) -> int:
    """How many lines fit, one at least."""
    fit = 0
    for line in lines:
        space -= len(line)
        if space < 0 and fit:
            break
        fit += 1
    return fit


def _label(voice: Voice, job: Job, rows: Sequence[Job]) -> str:
    """What a row is about; what all rows share is not said in each."""
    country, sector = voice.country(job.country), voice.sector(job.sector)
    one_country, one_sector = len({one.country for one in rows}) == 1, len({one.sector for one in rows}) == 1
    if one_sector and not one_country:
        return country
    return sector[:1].upper() + sector[1:] if one_country and not one_sector else f"{country}, {sector}"


def _row(voice: Voice, job: Job, label: str, rates: Mapping[str, Rate], *, source: bool = True) -> str:
    wage = None if over(job, voice.today) else job.wage
    return voice.fill(
        "wage",
        name=label,
        open=job.open,
        amount=pay(wage, voice.language, voice.fill) if wage else "",
        worth=_worth(voice, wage, rates[wage.currency]) if wage and wage.currency in rates else "",
        rate_of=rates[wage.currency].as_of if wage and wage.currency in rates else "",
        over=over(job, voice.today),
        kind=wage.kind if wage else "",
        note=said(job.note, voice.language),
        as_of=day(job.as_of),
        source=job.source.title if source else "",
        sure=comparison.confirmed(job),
    )


def _worth(voice: Voice, wage: Wage, rate: Rate) -> str:
    """About how much that is in rupiah."""
    millions = wage.amount * rate.rupiah >= _MILLION
    low, high = (_round(one * rate.rupiah, voice.language, millions=millions) for one in (wage.amount, wage.high or 0))
    return voice.fill("wages/worth", low=low, high=high if wage.high else "", millions=millions)


def _round(rupiah: float, language: str, *, millions: bool) -> str:
    """No finer than a rate allows: tenths of a million, or whole thousands."""
    if millions:
        return format_decimal(round(rupiah / _MILLION, 1), locale=locale(language))
    return format_decimal(round(rupiah / _THOUSAND) * _THOUSAND, locale=locale(language))


def _told(voice: Voice, found: Comparison, detail: Detail) -> str:
    """The comparison: with the source of each line; without (the answer names them, too); or one line a country."""
    lines = [line for side in found.sides for line in _side(voice, found, side, detail)]
    return "\n\n".join((_verdict(voice, found), _listed(lines), voice.fill("compare/end")))


def _verdict(voice: Voice, found: Comparison) -> str:
    """The first line: who pays more, or why nobody can say."""
    sector = voice.sector(found.sector) if found.sector else ""
    if found.outcome == "cannot":
        names = voice.countries(side.country for side in found.sides if side.why == found.why)
        return voice.fill("compare/cannot", why=found.why, sector=sector, names=names)
    facts = {"sector": sector, "names": voice.countries(found.best), "partly": found.partly}
    return voice.fill(f"compare/{found.outcome}", **facts)


def _side(voice: Voice, found: Comparison, side: Side, detail: Detail) -> list[str]:
    """A country's line; several, told apart by the beginnings of their notes, where it has several rows."""
    country = voice.country(side.country)
    if not side.rows:
        return [voice.fill("compare/nothing", name=country)]
    rows = side.rows if detail != "spans" else _spanned(side.rows)
    return [
        _row(
            voice,
            _briefly(job, alone=len(rows) == 1),
            country if found.sector else f"{country}, {voice.sector(job.sector)}",
            voice.release.content.rates,
            source=detail == "sources",
        )
        for job in rows
    ]


def _briefly(job: Job, *, alone: bool) -> Job:
    """A row with as much of its note as telling it apart needs; what is closed or has no figure keeps its reason."""
    if not job.open or job.wage is None:
        return job
    return replace(job, note={}) if alone else _begun(job)


def _begun(job: Job) -> Job:
    """A row with the first sentence of its note."""
    return replace(job, note={language: text.partition(". ")[0] for language, text in job.note.items()})


def _spanned(rows: Sequence[Job]) -> list[Job]:
    """What is closed, and of the rest one row from the lowest to the highest of the figures compared, as old as the oldest."""
    shut, paid = [job for job in rows if not job.open], [job for job in rows if job.open and job.wage]
    main = next((job for job in paid if comparison.confirmed(job)), paid[0] if paid else None)
    if main is None or main.wage is None:
        return [_begun(job) for job in rows]
    wages = [(job.wage, job.as_of) for job in paid if job.wage and comparison.alike(job.wage, main.wage)]
    low, high = min(one.amount for one, _ in wages), max(one.high or one.amount for one, _ in wages)
    span = replace(main.wage, amount=low, high=high if high > low else None)
    return [*map(_begun, shut), replace(main, wage=span, as_of=min(as_of for _, as_of in wages), note={})]


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
