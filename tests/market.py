"""An invented job market for tests: rows of wages, rates and vacancies that nobody offers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.model.content import Source
from bot.model.work import Job, Range, Rate, Vacancy, Wage
from bot.understanding.release import Release

TODAY = date(2026, 11, 23)
SOURCE = Source("Daftar uji", "https://contoh.test", "2026-11-01", "verified")
_PLAIN = Vacancy(
    id="v-1",
    country="taiwan",
    sector="factory-work",
    title="Operator produksi",
    agency="PT Contoh",
    posted=date(2026, 11, 1),
    expires=date(2026, 12, 31),
    apply="Lamar di SISKOP2MI nomor 0001",
    source=SOURCE,
    wage=Wage(29_500, "TWD", "month", "offered"),
    age=Range(20, 38),
    education="sma",
)


def vacancy(id: str = "v-1", **changes: Any) -> Vacancy:
    """A vacancy for factory work in Taiwan, with changes."""
    return replace(_PLAIN, id=id, **changes)


def job(country: str, amount: float | None = None, **more: Any) -> Job:
    """A row of the table country x sector: factory work that pays so much a month at least, in dollars."""
    given = {"high": None, "currency": "USD", "per": "month", "kind": "minimum", "sector": "factory-work", **more}
    wage = None if amount is None else Wage(amount, given["currency"], given["per"], given["kind"], given["high"])
    kept = {name: one for name, one in more.items() if name in Job.__dataclass_fields__ and name != "sector"}
    return Job(
        country=country,
        sector=given["sector"],
        wage=wage,
        **{"open": True, "as_of": "2026-01-01", "review_by": date(2027, 1, 1), "source": SOURCE, **kept},
    )


def rate(currency: str, rupiah: float) -> Rate:
    """What a unit of a currency is worth."""
    return Rate(currency, rupiah, date(2026, 9, 30), date(2027, 2, 1), SOURCE)


def with_vacancies(release: Release, *vacancies: Vacancy) -> Release:
    """The release with these vacancies and no others."""
    return replace(release, content=replace(release.content, vacancies=vacancies))


def with_jobs(release: Release, jobs: Sequence[Job], **rates: float) -> Release:
    """The release with these rows and rates and no others."""
    held = {currency: rate(currency, rupiah) for currency, rupiah in rates.items()}
    return replace(release, content=replace(release.content, jobs=tuple(jobs), rates=held))
