"""Which country pays more: only where like is held against like, and never one that is closed or uncertain."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.comparison import Comparison, asked, compare
from bot.model.work import Job
from bot.understanding.release import Release
from tests.market import SOURCE, TODAY, job, with_jobs

TWO, RATES = "taiwan,south-korea", {"USD": 16_000.0, "TWD": 500.0}
COUNTRIES = ("taiwan", "south-korea", "japan")
often = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])


def held(release: Release, jobs: list[Job], countries: str = TWO, sector: str = "", **rates: float) -> Comparison:
    return compare(with_jobs(release, jobs, **(rates or RATES)).content, countries, sector, TODAY)


def test_two_or_three_countries_can_be_held_against_each_other() -> None:
    assert [asked(one) for one in ("", "taiwan", TWO, "a,b,c", "a,b,c,d")] == [False, False, True, True, False]


def test_the_higher_one_is_named(release: Release) -> None:
    found = held(release, [job("taiwan", 900), job("south-korea", 1_500)])
    assert (found.outcome, found.best, found.sector) == ("higher", ("south-korea",), "factory-work")


def test_two_currencies_meet_in_rupiah(release: Release) -> None:
    found = held(release, [job("taiwan", 40_000, currency="TWD"), job("south-korea", 1_000)])
    assert (found.outcome, found.best) == ("higher", ("taiwan",))


def test_less_than_a_tenth_apart_by_a_rate_is_no_difference(release: Release) -> None:
    found = held(release, [job("taiwan", 33_000, currency="TWD"), job("south-korea", 1_000)])
    assert (found.outcome, set(found.best)) == ("even", {"taiwan", "south-korea"})


def test_in_one_currency_any_difference_is_one(release: Release) -> None:
    assert held(release, [job("taiwan", 1_001), job("south-korea", 1_000)]).best == ("taiwan",)


def test_spans_that_reach_into_each_other_are_not_decided(release: Release) -> None:
    found = held(release, [job("taiwan", 500, high=1_500), job("south-korea", 900)])
    assert found.outcome == "overlap"


def test_several_rows_of_one_kind_are_one_span(release: Release) -> None:
    found = held(release, [job("taiwan", 500), job("taiwan", 1_500), job("south-korea", 900)])
    assert found.outcome == "overlap"


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (job("taiwan", open=False), "closed"),
        (job("taiwan", 2_000, open=False), "closed"),
        (job("taiwan"), "figure"),
        (job("taiwan", 2_000, unsure=("wage",)), "unsure"),
        (job("taiwan", 2_000, source=replace(SOURCE, status="second-hand")), "unsure"),
        (job("taiwan", 2_000, valid_until=TODAY.replace(day=22)), "figure"),
        (job("taiwan", 2_000, kind="offered"), "kind"),
        (job("taiwan", 2_000, kind="typical"), "kind"),
        (job("taiwan", 20, per="hour"), "period"),
        (job("taiwan", 9_000, currency="MYR"), "rate"),
    ],
)
def test_what_cannot_be_compared_honestly_is_not_and_the_reason_is_given(
    release: Release, other: Job, why: str
) -> None:
    found = held(release, [other, job("south-korea", 900)])
    assert (found.outcome, found.best, found.why) == ("cannot", (), why)


def test_what_must_be_paid_by_law_and_by_treaty_are_both_the_least(release: Release) -> None:
    found = held(release, [job("taiwan", 900, kind="agreed"), job("south-korea", 1_500)])
    assert found.best == ("south-korea",)


def test_no_work_in_common_is_said(release: Release) -> None:
    found = held(release, [job("taiwan", 900), job("south-korea", 900, sector="fishing-crew")])
    assert (found.outcome, found.why, found.sector) == ("cannot", "nothing", "")
    assert all(side.rows for side in found.sides)


def test_the_sector_asked_for_is_the_one_compared_though_another_would_say_more(release: Release) -> None:
    jobs = [job("taiwan", 900), job("south-korea", 1_500), job("taiwan", 900, sector="fishing-crew")]
    found = held(release, jobs, sector="fishing-crew")
    assert (found.sector, found.outcome, found.why) == ("fishing-crew", "cannot", "nothing")
    assert found.others == ("factory-work",)


def test_a_third_that_cannot_be_compared_does_not_hide_the_other_two_and_is_said(release: Release) -> None:
    jobs = [job("taiwan", 900), job("south-korea", 1_500), job("japan", open=False)]
    found = held(release, jobs, "taiwan,south-korea,japan")
    assert (found.outcome, found.best, found.partly) == ("higher", ("south-korea",), True)
    assert found.sides[0].country == "japan"


def test_a_whole_comparison_is_preferred_to_one_with_somebody_left_out(release: Release) -> None:
    jobs = [
        *(job(one, open=False, sector="domestic-work") for one in ("taiwan", "south-korea")),
        *(job(one, 900) for one in ("taiwan", "south-korea")),
    ]
    assert held(release, jobs).sector == "factory-work"


rows = st.builds(
    lambda country, amount, more, kind, per, currency, shut, unsure: job(
        country,
        amount,
        high=amount * more if amount and more > 1 else None,
        kind=kind,
        per=per,
        currency=currency,
        open=not shut,
        unsure=("wage",) if unsure else (),
    ),
    st.sampled_from(COUNTRIES),
    st.none() | st.integers(1, 5_000),
    st.sampled_from([1, 1, 2, 5]),
    st.sampled_from(["minimum", "minimum", "agreed", "offered"]),
    st.sampled_from(["month", "month", "month", "hour"]),
    st.sampled_from(["USD", "USD", "TWD", "MYR"]),
    st.sampled_from([False, False, False, True]),
    st.sampled_from([False, False, False, True]),
)
tables = st.lists(rows, max_size=9)


@often
@given(tables)
def test_who_pays_more_does_not_depend_on_who_is_named_first(release: Release, jobs: list[Job]) -> None:
    found = {
        (one.outcome, frozenset(one.best), one.sector)
        for order in permutations(COUNTRIES)
        for one in [held(release, jobs, ",".join(order))]
    }
    assert len(found) == 1


@often
@given(tables)
def test_the_better_one_is_open_confirmed_and_above_all_the_others(release: Release, jobs: list[Job]) -> None:
    found = held(release, jobs, ",".join(COUNTRIES))
    sides = {side.country: side for side in found.sides}
    assert all(not sides[one].why for one in found.best)
    for one in found.best:
        assert any(row.open and row.wage and not row.unsure for row in sides[one].rows)
    if found.outcome == "higher":
        (best,) = found.best
        others = [side for side in found.sides if not side.why and side.country != best]
        assert others and all(side.high < sides[best].low for side in others)


@often
@given(tables)
def test_closed_ones_stand_first(release: Release, jobs: list[Job]) -> None:
    shut = [side.why == "closed" for side in held(release, jobs, ",".join(COUNTRIES)).sides]
    assert shut == sorted(shut, reverse=True)


@often
@given(tables, st.sampled_from([0.5, 2, 4]))
def test_a_rupiah_worth_less_everywhere_changes_nothing(release: Release, jobs: list[Job], by: float) -> None:
    now, then = (held(release, jobs, **{name: one * factor for name, one in RATES.items()}) for factor in (1, by))
    assert (now.outcome, now.best, now.why) == (then.outcome, then.best, then.why)


@often
@given(tables)
def test_a_comparison_is_decided_or_has_a_reason(release: Release, jobs: list[Job]) -> None:
    found = held(release, jobs, ",".join(COUNTRIES))
    assert bool(found.best) != bool(found.why)
    assert (found.outcome == "cannot") == bool(found.why)
    assert {side.country for side in found.sides} == set(COUNTRIES)
