"""Vacancies: which are open, and which suit somebody."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.knowledge import market
from bot.model.conversation import Sought
from bot.model.knowledge import Content
from bot.model.work import Vacancy


def is_open(content: Content, one: Vacancy, today: date) -> bool:
    """Whether it may be shown: its time has come and is not over, and nothing closes that work there."""
    in_time = one.posted <= today <= one.expires
    known = one.country in content.countries and one.sector in content.sectors
    return in_time and known and not market.closed(content.jobs, one.country, one.sector)


def open_now(content: Content, today: date) -> list[Vacancy]:
    """All that may be shown, those that end first in front."""
    return sorted(
        (one for one in content.vacancies if is_open(content, one, today)), key=lambda one: (one.expires, one.id)
    )


def suiting(content: Content, sought: Sought, today: date) -> list[Vacancy]:
    """The open ones for somebody. What a person has not said, and what a vacancy does not ask, shuts nobody out."""
    return [one for one in open_now(content, today) if suits(one, sought, list(content.education))]


def suits(one: Vacancy, sought: Sought, schools: Sequence[str]) -> bool:
    """Whether a vacancy is for somebody; `schools` are the ids of schooling, lowest first."""
    return (
        is_where(one, sought)
        and _of_age(one, sought.age)
        and _schooled(one.education, sought.education, schools)
        and (not sought.languages or set(one.languages) <= set(sought.languages))
    )


def is_where(one: Vacancy, sought: Sought) -> bool:
    """Whether it lies in the country and the sector somebody seeks."""
    return (not sought.country or one.country in market.named(sought.country)) and sought.sector in ("", one.sector)


def wider(sought: Sought) -> Sought:
    """The same place and work, whoever one is."""
    return Sought(sought.country, sought.sector)


def countries_of(found: Iterable[Vacancy]) -> list[str]:
    """Their countries, each once, in order."""
    return list(dict.fromkeys(one.country for one in found))


def sectors_of(found: Iterable[Vacancy]) -> list[str]:
    """Their sectors, each once, in order."""
    return list(dict.fromkeys(one.sector for one in found))


def _of_age(one: Vacancy, age: int) -> bool:
    low, high = one.age.low, one.age.high
    return not age or ((low is None or low <= age) and (high is None or age <= high))


def _schooled(asked: str, has: str, schools: Sequence[str]) -> bool:
    known = asked in schools and has in schools
    return not known or schools.index(has) >= schools.index(asked)
