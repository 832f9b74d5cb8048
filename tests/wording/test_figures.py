"""Figures, ranges and contacts in words; a country's own answer."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from bot.markdown import plain
from bot.model.content import Contact, Figure, Source, Way
from bot.wording import Wording
from bot.wording.facts import Markdown, contact, contact_lines, figure

TODAY = date(2026, 11, 23)
SOURCE = Source("BP2MI", "https://bp2mi.go.id", "2026", "verified")


@pytest.fixture
def fill(wording: Wording) -> Callable[[str], Callable[..., str]]:
    def of(language: str) -> Callable[..., str]:
        return lambda name, /, **given: Markdown(wording.phrase(name, language, **given))

    return of


def made(unit: str, **numbers: object) -> Figure:
    return Figure("x", unit, {}, date(2026, 1, 1), date(2027, 1, 1), SOURCE, **numbers)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "indonesian", "english"),
    [
        (made("IDR", value=37500), "Rp37.500", "Rp37,500"),
        (made("IDR", value=100_000_000), "Rp100.000.000", "Rp100,000,000"),
        (made("TWD", value=1700, per="month"), "NT$1.700 per bulan", "NT$1,700 a month"),
        (made("MYR", value=1700), "RM1.700", "RM1,700"),
        (made("KRW", value=2000000), "KRW 2.000.000", "KRW 2,000,000"),
        (made("EUR", value=12.5, per="hour"), "€12,5 per jam", "€12.5 an hour"),
        (made("years", value=1), "1 tahun", "1 year"),
        (made("years", low=21, high=45), "21 tahun sampai 45 tahun", "21 years to 45 years"),
        (made("percent", value=6, per="year"), "6% per tahun", "6% a year"),
        (made("days", value=3), "3 hari", "3 days"),
        (made("months", value=24), "24 bulan", "24 months"),
        (made("IDR", value=0), "Rp0", "Rp0"),
    ],
)
def test_a_figure_is_written_as_people_write_it(fill, one: Figure, indonesian: str, english: str) -> None:
    assert plain(figure(one, "id", fill("id"), TODAY)) == indonesian
    assert plain(figure(one, "en", fill("en"), TODAY)) == english


def test_a_figure_whose_time_is_over_is_not_stated(fill) -> None:
    old = made("IDR", value=37500, valid_until=date(2026, 11, 22))
    said = plain(figure(old, "id", fill("id"), TODAY))
    assert "37" not in said and "22 Nov 2026" in said
    assert "37.500" in plain(figure(old, "id", fill("id"), date(2026, 11, 22)))


def test_a_range_with_a_term_says_the_term(fill) -> None:
    assert "bulan" in figure(made("IDR", low=1, high=2, per="month"), "id", fill("id"), TODAY)


def test_every_shipped_figure_can_be_said(wording: Wording, fill) -> None:
    for language in ("id", "en", "jv"):
        for one in wording.release.content.figures.values():
            assert any(char.isdigit() for char in figure(one, language, fill(language), TODAY)), one.id


def test_a_contact_says_the_newest_way_first_and_as_of_when(fill) -> None:
    ways = (Way("phone", "111", "2024-01-01", SOURCE), Way("whatsapp", "222", "2026-03-01", SOURCE, {"id": "siang"}))
    line = contact(Contact("x", {"id": "KBRI"}, ways), "id", fill("id"))
    assert line.index("222") < line.index("111")
    assert "WhatsApp 222 (siang)" in line and "1 Mar 2026" in line


def test_emergency_numbers_are_those_of_the_country_and_then_those_from_everywhere(wording: Wording, fill) -> None:
    release = wording.release
    everywhere = contact_lines(release, "", "id", fill("id"))
    taiwan = contact_lines(release, "taiwan", "id", fill("id"))
    assert 1 <= len(everywhere) <= 6 and 1 <= len(taiwan) <= 6
    assert taiwan != everywhere and set(taiwan) & set(everywhere)
    assert contact_lines(release, "atlantis", "id", fill("id")) == everywhere


@pytest.mark.parametrize("named", ["", "south-korea", "japan"])
def test_a_countrys_own_answer_gives_its_own_wages_whatever_was_spoken_of_before(wording: Wording, named: str) -> None:
    topic = wording.release.content.topics["jobs/taiwan"]
    text = " ".join(wording.answer(topic, "id", TODAY, named))
    assert "NT$" in text and "KRW" not in text and "¥" not in text


def test_an_answer_that_several_countries_share_speaks_of_the_one_named(wording: Wording) -> None:
    release = wording.release
    shared = next(
        one
        for one in release.content.countries.values()
        if one.id != "saudi-arabia" and one.topic == "jobs/saudi-arabia"
    )
    topic, given = release.content.topics["jobs/saudi-arabia"], partial(wording.answer, language="id", today=TODAY)
    assert given(topic, country=shared.id) != given(topic) == given(topic, country="taiwan")
