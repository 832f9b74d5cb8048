"""The statistics gathered: counted in the database, rounded by `casework/small_cells.py`, ready for a page or a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.casework import periods, tables
from bot.casework.periods import Period
from bot.casework.small_cells import cell
from bot.casework.spending import Spent, spent
from bot.casework.tables import Line, Table
from bot.model.case import Scope
from bot.model.report import Asked
from bot.store import arrivals, reports
from bot.store.database import Database
from bot.understanding.release import Release

MOST_TOPICS = 15


@dataclass(frozen=True, slots=True)
class Report:
    """What a page or a file of statistics holds: all of it may be shown."""

    unit: str
    period: Period
    kinds: Sequence[str]
    by_unit: Table
    by_month: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Questions:
    """What people asked, in the whole installation, rounded."""

    topics: Sequence[Asked]
    answered: int
    in_vain: int


def kinds_of(release: Release) -> list[str]:
    """Every kind of case there is; those without a case too, or their absence would tell."""
    return list(dict.fromkeys(form.kind for form in release.content.forms.values() if form.opens == "case"))


async def gather(database: Database, scope: Scope, period: Period, kinds: Sequence[str], now: datetime) -> Report:
    """A unit's statistics for a time, and month by month for the year it lies in."""
    unit, year = scope.prefix, periods.year_of(period)
    counted = await reports.counted(database, scope, year, now)
    asked, inside = tables.measures(kinds), set(period.months)
    length = len(tables.below(unit, "00.00.00.0000"))
    waited = await reports.waited(database, scope, period, "unit", length)
    whole = await reports.waited(database, scope, period, "unit", len(unit))
    monthly = await reports.waited(database, scope, year, "month")
    table = tables.by_unit([one for one in counted if one.month in inside], unit, asked, waited)
    total = tables.timed(table.total, whole.get(unit))
    months = [tables.timed(one, monthly.get(one.name)) for one in tables.by_month(counted, unit, asked, year.months)]
    return Report(unit, period, kinds, replace(table, total=total), months)


async def ask(database: Database, period: Period, release: Release) -> Questions:
    """What people asked; of a discreet matter nothing is said."""
    found = await reports.asked(database, period)
    topics = [_rounded(one) for one in found if (topic := release.topic(one.topic)) and not topic.discreet]
    answered = cell(sum(one.answered for one in found)).shown
    in_vain = cell(await reports.in_vain(database, period)).shown
    return Questions([one for one in topics if one.answered][:MOST_TOPICS], answered, in_vain)


async def cost(database: Database, period: Period, release: Release) -> list[Spent]:
    """What messages cost, in the whole installation: they are nobody's, and a bill is held against them."""
    inside = set(period.months)
    counted = [one for one in await arrivals.counted(database) if one.month in inside]
    return spent(counted, release.content.templates.prices)


def _rounded(one: Asked) -> Asked:
    return Asked(one.topic, cell(one.answered).shown, cell(one.helped).shown, cell(one.not_helped).shown)
