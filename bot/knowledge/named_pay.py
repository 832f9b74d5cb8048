"""An amount of pay somebody named, held against what we know of that country: under, within or over it, never good or bad.

Only a month is held against a month. Two currencies meet in rupiah of dated rates; less than a tenth apart by a rate is
no difference. What is closed, unknown, over or not confirmed is not held against anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.knowledge import comparison, market
from bot.knowledge.dates import over
from bot.model.knowledge import Content
from bot.model.work import Job, Rate, Wage

_HOME, _MARGIN = "IDR", 1.1
Place = Literal["under", "within", "over"]


@dataclass(frozen=True, slots=True)
class Named:
    """What was named (`asked`), what that is in the country's own money, and where it lies between `low` and `high`.

    `kind` is what sort of figures these are, `as_of` the day of the oldest; `rates` are what it was reckoned by, none in the
    same currency.
    """

    asked: Wage
    value: float
    currency: str
    low: float
    high: float
    place: Place
    kind: str
    as_of: str
    rates: tuple[Rate, ...] = ()


def weigh(content: Content, country: str, sector: str, asked: Wage, today: date) -> Named | None:
    """Where a wage lies among those of a country and a sector ("" is any); None when nobody can say."""
    rows = [job for job in _sure(content.jobs, country, sector, today) if job.wage and job.wage.per == asked.per]
    main = rows[0].wage if rows else None
    if main is None or not {asked.currency, main.currency} <= content.rates.keys() | {_HOME}:
        return None
    wages = [(job.wage, job.as_of) for job in rows if job.wage and comparison.alike(job.wage, main)]
    low = min(wage.amount for wage, _ in wages)
    high = max(wage.high or wage.amount for wage, _ in wages)
    rates = _between(content, asked.currency, main.currency)
    value = asked.amount * _worth(content, asked.currency) / _worth(content, main.currency) if rates else asked.amount
    margin = _MARGIN if rates else 1.0
    place: Place = "under" if value * margin < low else "over" if value > high * margin else "within"
    oldest = min(as_of for _, as_of in wages)
    return Named(asked, value, main.currency, low, high, place, main.kind, oldest, rates)


def _sure(jobs: Iterable[Job], country: str, sector: str, today: date) -> list[Job]:
    """The confirmed rows of one country, for the work named if we know that."""
    if len(market.named(country)) != 1:
        return []
    there = [job for job in jobs if job.country == country and job.open and not over(job, today)]
    return [job for job in there if (not sector or job.sector == sector) and comparison.confirmed(job)]


def _between(content: Content, one: str, other: str) -> tuple[Rate, ...]:
    return tuple(content.rates[each] for each in (one, other) if each != _HOME) if one != other else ()


def _worth(content: Content, currency: str) -> float:
    return 1.0 if currency == _HOME else content.rates[currency].rupiah
