"""Vacancies: which are open, and which suit somebody."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.vacancies import open_now, suiting, suits
from bot.model.conversation import Sought
from bot.model.work import Range, Vacancy
from bot.understanding.release import Release
from tests.market import TODAY, job, vacancy, with_jobs, with_vacancies

SCHOOLS = ["sd", "smp", "sma", "d3", "s1"]


def shown(release: Release, *vacancies: Vacancy, today: date = TODAY) -> list[str]:
    return [one.id for one in open_now(with_vacancies(release, *vacancies).content, today)]


def test_a_vacancy_is_shown_from_the_day_it_is_posted_to_the_day_it_ends(release: Release) -> None:
    one = vacancy(posted=TODAY, expires=TODAY + timedelta(days=2))
    days = [shown(release, one, today=TODAY + timedelta(days=n)) for n in (-1, 0, 2, 3)]
    assert days == [[], ["v-1"], ["v-1"], []]


def test_those_that_end_first_stand_in_front(release: Release) -> None:
    late, soon = vacancy("late"), vacancy("soon", expires=TODAY)
    assert shown(release, late, soon) == ["soon", "late"]


@pytest.mark.parametrize("change", [{"country": "atlantis"}, {"sector": "mining-the-moon"}])
def test_what_a_release_does_not_know_is_not_shown(release: Release, change: dict[str, str]) -> None:
    assert shown(release, vacancy(**change)) == []


def test_work_that_is_closed_there_is_not_shown_whoever_offers_it(release: Release) -> None:
    shut = with_jobs(release, [job("taiwan", open=False)])
    assert shown(shut, vacancy()) == []
    both = with_jobs(release, [job("taiwan", open=False), job("taiwan", 900)])
    assert shown(both, vacancy()) == ["v-1"]


@pytest.mark.parametrize(
    ("sought", "fits"),
    [
        (Sought(), True),
        (Sought("taiwan"), True),
        (Sought("taiwan,japan"), True),
        (Sought("japan"), False),
        (Sought("", "factory-work"), True),
        (Sought("taiwan", "fishing-crew"), False),
        (Sought(age=20), True),
        (Sought(age=38), True),
        (Sought(age=19), False),
        (Sought(age=39), False),
        (Sought(education="sma"), True),
        (Sought(education="s1"), True),
        (Sought(education="smp"), False),
        (Sought(languages=("mandarin",)), True),
        (Sought(languages=("mandarin", "english")), True),
        (Sought(languages=("korean",)), False),
    ],
)
def test_a_vacancy_suits_whoever_has_what_it_asks(sought: Sought, fits: bool) -> None:
    assert suits(vacancy(languages=("mandarin",)), sought, SCHOOLS) is fits


@pytest.mark.parametrize(
    ("range", "age", "fits"), [(Range(None, 40), 17, True), (Range(18), 17, False), (Range(), 70, True)]
)
def test_an_age_that_is_open_on_one_side(range: Range, age: int, fits: bool) -> None:
    assert suits(vacancy(age=range), Sought(age=age), SCHOOLS) is fits


somebody = st.builds(
    Sought,
    st.sampled_from(["", "taiwan", "japan"]),
    st.sampled_from(["", "factory-work"]),
    st.sampled_from([0, 18, 40]),
    st.sampled_from(["", "sd", "s1"]),
    st.sampled_from([(), ("mandarin",)]),
)


@given(somebody)
def test_saying_less_shuts_nobody_out(release: Release, sought: Sought) -> None:
    shipped = with_vacancies(
        release,
        vacancy("a"),
        vacancy("b", country="japan", age=Range(), education=""),
        vacancy("c", languages=("korean",)),
    )
    found = {one.id for one in suiting(shipped.content, sought, TODAY)}
    assert found <= {one.id for one in suiting(shipped.content, Sought(sought.country, sought.sector), TODAY)}
    assert {one.id for one in suiting(shipped.content, Sought(), TODAY)} == {"a", "b", "c"}
