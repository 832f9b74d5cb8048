"""What only shows when the job market is held together: unknown ids, closed work, rows nobody could tell apart."""

import re
from collections import defaultdict
from collections.abc import Iterator

from bot.knowledge import market as knowledge
from bot.library.faults import Fault
from bot.model.knowledge import Content
from bot.model.work import Job, Vacancy
from bot.understanding.release import Release

WAGES, VACANCIES = "data/wages.yaml", "data/vacancies.csv"
_LONGEST = {"title": 60, "agency": 60, "place": 40, "apply": 160}
_CURRENCY = re.compile(r"[A-Z]{3}")


def market(release: Release) -> Iterator[Fault]:
    """Everything wrong with the wages and vacancies of a release. What has expired is no fault: it is not shown."""
    yield from _told_apart(release.content)
    yield from _rated(release.content)
    for one in release.content.vacancies:
        yield from vacancy(release.content, one, VACANCIES, 1)


def _rated(content: Content) -> Iterator[Fault]:
    """A wage nobody can compare may also be a slip of the pen: TBH for THB."""
    paid = {job.wage.currency: job for job in content.jobs if job.wage}
    for currency in sorted(paid.keys() - content.rates.keys() - {"IDR"}):
        mend = "Correct the currency, or add its rate to data/rates.yaml"
        yield Fault(WAGES, 1, f"{paid[currency].country}: {currency} has no rate", mend, near=f"currency: {currency}")


def vacancy(content: Content, one: Vacancy, file: str, line: int) -> Iterator[Fault]:
    """What is wrong with a vacancy on this line, whatever day it is."""
    for what, mend in (*_unknown(content, one), *_impossible(one), *_incomplete(one)):
        yield Fault(file, line, f"{one.id}: {what}", mend, near=one.id)
    if knowledge.closed(content.jobs, one.country, one.sector):
        what = f"{one.id}: {one.sector} in {one.country} is closed, there is no lawful placement"
        yield Fault(file, line, what, "Leave it out; if it was opened, correct data/wages.yaml first", near=one.id)


def _unknown(content: Content, one: Vacancy) -> Iterator[tuple[str, str]]:
    if one.country not in content.countries:
        yield f"unknown country {one.country!r}", "Use an id of data/countries.yaml"
    if one.sector not in content.sectors:
        yield f"unknown sector {one.sector!r}", "Use an id of data/sectors.yaml"
    if one.education and one.education not in content.education:
        yield f"unknown education {one.education!r}", "Use an id of data/education.yaml"
    for language in one.languages:
        if language not in content.work_languages:
            yield f"unknown language {language!r}", "Use ids of data/work-languages.yaml with blanks between"


def _impossible(one: Vacancy) -> Iterator[tuple[str, str]]:
    if one.expires < one.posted:
        yield f"expires {one.expires}, before it was posted on {one.posted}", "Correct one of the dates"
    if one.age.low is not None and one.age.high is not None and one.age.low > one.age.high:
        yield f"age from {one.age.low} to {one.age.high}", "Write the lower age first"
    if one.wage and (one.wage.amount <= 0 or (one.wage.high is not None and one.wage.high < one.wage.amount)):
        yield "a wage that cannot be", "Write the lower amount first, and no zero"
    if one.wage and not _CURRENCY.fullmatch(one.wage.currency):
        yield f"currency {one.wage.currency!r}", "Write its three letters, such as TWD"


def _incomplete(one: Vacancy) -> Iterator[tuple[str, str]]:
    if not (one.source.title and one.source.url):
        yield "no source", "Write source_title and source_url: where the vacancy was published"
    if re.search(r"\s", one.id):
        yield "an id with a blank in it", "Use letters, digits and hyphens"
    for name, most in _LONGEST.items():
        if len(getattr(one, name)) > most:
            yield f"{name} is longer than {most} letters", "Shorten it: it is read on a small screen"


def _told_apart(content: Content) -> Iterator[Fault]:
    """Several rows of one country and sector each say in their note whom they are for."""
    rows: dict[tuple[str, str], list[Job]] = defaultdict(list)
    for job in content.jobs:
        rows[job.country, job.sector].append(job)
    for (country, sector), several in rows.items():
        notes = [str(sorted(job.note.items())) for job in several]
        if len(set(notes)) < len(notes):
            what = f"{len(several)} rows for {sector} in {country} that nothing tells apart"
            mend = "Say in the note of each whom it is for; one of them, the usual one, may go without"
            yield Fault(WAGES, 1, what, mend, near=f"country: {country} sector: {sector}")
