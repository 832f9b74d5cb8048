"""Which of two or three countries pays more: said only where it can be said honestly, with the reason where it cannot.

Only like is compared with like: what must be paid at least (by law or by agreement) with the same, offers with offers,
a month with a month. Two currencies meet in rupiah of a dated rate; since rates move, less than a tenth apart is no
difference. What is closed, unknown, too old or not yet confirmed is never on the better side.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.knowledge import market
from bot.knowledge.dates import over
from bot.model.knowledge import Content
from bot.model.work import Job, Rate, Wage

FEWEST, MOST = 2, 3
Why = Literal["", "closed", "nothing", "figure", "unsure", "kind", "period", "rate"]
Outcome = Literal["higher", "even", "overlap", "cannot"]
_SAME = 1.1
_LEAST = ("minimum", "agreed")


@dataclass(frozen=True, slots=True)
class Side:
    """One country: its rows for the work compared, what it pays from `low` to `high`, or why that cannot be said."""

    country: str
    rows: tuple[Job, ...] = ()
    why: Why = ""
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it: the countries that pay most (several when they are even or overlap), or why nobody can say.

    `others` are sectors in which these countries can be compared, too.
    """

    sector: str
    sides: tuple[Side, ...]
    outcome: Outcome
    best: tuple[str, ...] = ()
    why: Why = ""
    others: tuple[str, ...] = ()

    @property
    def partly(self) -> bool:
        """Whether somebody had to be left out."""
        return self.outcome != "cannot" and any(side.why for side in self.sides)


def asked(countries: str) -> bool:
    """Whether so many countries are named that they can be compared."""
    return FEWEST <= len(market.named(countries)) <= MOST


def compare(content: Content, countries: str, sector: str, today: date) -> Comparison:
    """Hold these countries against each other, for a sector or for the first that says most."""
    named = market.named(countries)
    shared = [_of_sector(content, named, one, today) for one in _shared(content, named)]
    asked_for = _of_sector(content, named, sector, today)
    found = asked_for if sector or not shared else min(shared, key=_usefulness)
    others = tuple(one.sector for one in shared if one.sector != found.sector and one.outcome != "cannot")
    return replace(found, others=others)


def _shared(content: Content, countries: Sequence[str]) -> list[str]:
    """The sectors there is a row of for every country."""
    known = {(job.country, job.sector) for job in content.jobs}
    return [sector for sector in content.sectors if all((country, sector) in known for country in countries)]


def _usefulness(one: Comparison) -> int:
    """A whole comparison says most; then, that something is closed."""
    if one.outcome != "cannot":
        return 1 if one.partly else 0
    return 2 if one.why == "closed" else 3


def _of_sector(content: Content, countries: Sequence[str], sector: str, today: date) -> Comparison:
    raw = [_side(content, country, sector, today) for country in countries]
    figures = {side.country: _figures(side.rows, today) for side in raw if not side.why}
    unlike = _unlike(figures.values(), content.rates)
    if unlike:
        raw = [Side(side.country, side.rows, side.why or unlike) for side in raw]
    sides = tuple(
        side if side.why else _measured(side, figures[side.country], figures.values(), content.rates) for side in raw
    )
    sides = tuple(sorted(sides, key=lambda side: side.why != "closed"))
    return _judge(sector, sides, _margin(figures.values()))


def _side(content: Content, country: str, sector: str, today: date) -> Side:
    """A country's rows that belong into the comparison, and what already speaks against comparing it."""
    rows = [job for job in content.jobs if job.country == country and (not sector or job.sector == sector)]
    closed, open_ = [job for job in rows if not job.open], [job for job in rows if job.open]
    paying = [job for job in open_ if job.wage and not over(job, today)]
    told = (*closed, *(paying or open_[:1])) if sector else (*closed[:1], *paying[:1])
    why: Why = ""
    if not rows or not sector:
        why = "nothing"
    elif not open_:
        why = "closed"
    elif not paying:
        why = "figure"
    elif not _figures(rows, today):
        why = "unsure"
    return Side(country, told, why)


def _figures(rows: Iterable[Job], today: date) -> list[Wage]:
    """The confirmed figures of the country's main group: those like the first."""
    sure = [job.wage for job in rows if job.wage and job.open and not over(job, today) and confirmed(job)]
    return [wage for wage in sure if alike(wage, sure[0])]


def confirmed(job: Job) -> bool:
    """Whether a row's figure may be leant on."""
    return job.source.status == "verified" and "wage" not in job.unsure


def alike(one: Wage, other: Wage) -> bool:
    """Whether two figures of a country are of one group: the same kind, for the same time, in the same currency."""
    return _kind(one) == _kind(other) and one.currency == other.currency


def _kind(wage: Wage) -> tuple[str, str]:
    return ("least" if wage.kind in _LEAST else wage.kind), wage.per


def _unlike(figures: Iterable[Sequence[Wage]], rates: Mapping[str, Rate]) -> Why:
    """Why these figures may not be held against each other at all."""
    listed = [wage for found in figures for wage in found]
    if len({_kind(wage)[0] for wage in listed}) > 1:
        return "kind"
    if len({wage.per for wage in listed}) > 1:
        return "period"
    currencies = {wage.currency for wage in listed}
    return "rate" if len(currencies) > 1 and not currencies <= rates.keys() | {"IDR"} else ""


def _measured(side: Side, own: Sequence[Wage], everybody: Iterable[Sequence[Wage]], rates: Mapping[str, Rate]) -> Side:
    """The span of a country's figures: in their own currency when there is only one, else in rupiah."""
    alike = len({wage.currency for found in everybody for wage in found}) == 1
    worth = [1.0 if alike else _rupiah(wage.currency, rates) for wage in own]
    low = min(wage.amount * by for wage, by in zip(own, worth, strict=True))
    high = max((wage.high or wage.amount) * by for wage, by in zip(own, worth, strict=True))
    return Side(side.country, side.rows, "", low, high)


def _rupiah(currency: str, rates: Mapping[str, Rate]) -> float:
    return 1.0 if currency == "IDR" else rates[currency].rupiah


def _margin(figures: Iterable[Sequence[Wage]]) -> float:
    """How far apart two figures must be: any bit in one currency, a tenth where a rate stands between them."""
    return 1.0 if len({wage.currency for found in figures for wage in found}) == 1 else _SAME


def _judge(sector: str, sides: tuple[Side, ...], margin: float) -> Comparison:
    able = [side for side in sides if not side.why]
    if len(able) < FEWEST:
        return Comparison(sector, sides, "cannot", why=next((side.why for side in sides if side.why), "nothing"))
    top = _reached(able, margin)
    names = tuple(side.country for side in sides if side in top)
    if len(top) == 1:
        return Comparison(sector, sides, "higher", names)
    alike = max(side.high for side in top) <= min(side.low for side in top) * margin
    return Comparison(sector, sides, "even" if alike else "overlap", names)


def _reached(able: Sequence[Side], margin: float) -> list[Side]:
    """The one whose least is the most, and all that may reach it."""
    first = max(able, key=lambda side: side.low)
    return [side for side in able if side is first or side.high * margin >= first.low]
