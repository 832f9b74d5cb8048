"""An amount of pay is held against what we know of that country, or against nothing."""

from dataclasses import replace
from datetime import date

import pytest

from bot.knowledge.named_pay import Named, weigh
from bot.model.knowledge import Content
from bot.model.work import Job, Wage
from bot.understanding.release import Release

TODAY = date(2026, 11, 23)


def month(amount: float, currency: str) -> Wage:
    return Wage(amount, currency, "month", "offered")


@pytest.fixture
def taiwan(release: Release) -> Content:
    """Taiwan with two confirmed figures, 20,000 and 30,000; a Taiwan dollar is 500 rupiah."""
    paid = [
        job for job in release.content.jobs if job.country == "taiwan" and job.wage and job.source.status == "verified"
    ]
    jobs = tuple(
        replace(paid[0], sector=sector, wage=Wage(amount, "TWD", "month", "minimum"), unsure=())
        for sector, amount in (("domestic-work", 20_000), ("factory-work", 30_000))
    )
    rate = replace(release.content.rates["TWD"], rupiah=500)
    return replace(release.content, jobs=jobs, rates={**release.content.rates, "TWD": rate})


def found(content: Content, sector: str, asked: Wage) -> Named:
    named = weigh(content, "taiwan", sector, asked, TODAY)
    assert named is not None
    return named


@pytest.mark.parametrize(
    ("sector", "asked", "place"),
    [
        ("", month(19_999, "TWD"), "under"),
        ("", month(25_000, "TWD"), "within"),
        ("", month(30_001, "TWD"), "over"),
        ("factory-work", month(25_000, "TWD"), "under"),
        ("", month(25_000_000, "IDR"), "over"),
        ("", month(12_500_000, "IDR"), "within"),
        ("", month(9_500_000, "IDR"), "within"),
        ("", month(5_000_000, "IDR"), "under"),
    ],
)
def test_pay_lies_under_within_or_over_the_figures(taiwan: Content, sector: str, asked: Wage, place: str) -> None:
    assert found(taiwan, sector, asked).place == place


def test_another_currency_is_reckoned_by_dated_rates_and_the_same_by_none(taiwan: Content) -> None:
    other = found(taiwan, "", month(25_000_000, "IDR"))
    assert (other.value, other.currency) == (50_000, "TWD") and [rate.currency for rate in other.rates] == ["TWD"]
    same = found(taiwan, "", month(25_000, "TWD"))
    assert (same.value, same.rates) == (25_000, ())


def test_nothing_is_said_where_nothing_is_sure(taiwan: Content) -> None:
    def changed(**how: object) -> Content:
        jobs: tuple[Job, ...] = tuple(replace(job, **how) for job in taiwan.jobs)  # type: ignore[arg-type]
        return replace(taiwan, jobs=jobs)

    asked = month(25_000, "TWD")
    for content in (changed(open=False), changed(unsure=("wage",)), changed(valid_until=date(2026, 1, 1))):
        assert weigh(content, "taiwan", "", asked, TODAY) is None
    assert weigh(taiwan, "taiwan,japan", "", asked, TODAY) is None
    assert weigh(taiwan, "", "", asked, TODAY) is None
    assert weigh(taiwan, "taiwan", "fishing-crew", asked, TODAY) is None
    assert weigh(taiwan, "taiwan", "", Wage(900, "TWD", "day", "offered"), TODAY) is None
    assert weigh(taiwan, "taiwan", "", month(900, "KWD"), TODAY) is None
