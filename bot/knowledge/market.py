"""The job market: which rows of the table country x sector answer a question, and where nobody may be placed."""

from collections.abc import Iterable, Sequence

from bot.model.work import Job

MOST = 8


def named(countries: str) -> list[str]:
    """The countries of a list of ids with commas between: who compares names several."""
    return [one for one in countries.split(",") if one]


def rows(jobs: Sequence[Job], countries: str, sector: str) -> list[Job]:
    """The rows asked for: all closed ones first, then at most `MOST` open ones; one a country when nothing was named."""
    wanted = named(countries)
    if not wanted and not sector:
        return _one_each(job for job in jobs if job.open and job.wage)[:MOST]
    found = [job for job in jobs if not wanted or job.country in wanted]
    of_sector = [job for job in found if not sector or job.sector == sector]
    fitting = of_sector or (found if wanted else [])
    return [*(job for job in fitting if not job.open), *[job for job in fitting if job.open][:MOST]]


def closed(jobs: Iterable[Job], country: str, sector: str) -> bool:
    """Whether all we know of this work there is that nobody may be placed in it."""
    known = [job.open for job in jobs if (job.country, job.sector) == (country, sector)]
    return bool(known) and not any(known)


def _one_each(jobs: Iterable[Job]) -> list[Job]:
    first: dict[str, Job] = {}
    for job in jobs:
        first.setdefault(job.country, job)
    return list(first.values())
