"""Several countries in one question about pay, and what follows on it."""

import pytest

from bot.understanding.release import Release
from tests.dialogue.talk import Talk
from tests.market import job, with_jobs


def about(talk: Talk) -> tuple[object, object, object]:
    facts = talk.reply("answer").facts
    return facts["topic"], facts["country"], facts["sector"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("taiwan atau hongkong lebih besar mana?", "taiwan,hong-kong"),
        ("gaji korea vs jepang", "south-korea,japan"),
        ("mending malaysia apa singapur gajinya", "malaysia,singapore"),
        ("bandingkan gaji taiwan, korea sama jepang", "taiwan,south-korea,japan"),
        ("gaji arab saudi dibanding malaysia", "saudi-arabia,malaysia"),
    ],
)
def test_all_countries_named_are_held_against_each_other(talk: Talk, text: str, countries: str) -> None:
    talk.write(text)
    assert about(talk) == ("jobs/wages", countries, "")


def test_with_a_kind_of_work_in_that(talk: Talk) -> None:
    talk.write("gaji pabrik taiwan sama korea gedean mana")
    assert about(talk) == ("jobs/wages", "taiwan,south-korea", "factory-work")


def test_after_a_comparison_a_country_alone_is_that_country(talk: Talk) -> None:
    talk.write("gaji taiwan vs korea")
    talk.write("kalau jepang?")
    assert about(talk) == ("jobs/wages", "japan", "")


def test_after_a_comparison_two_others_are_compared(talk: Talk) -> None:
    talk.write("gaji taiwan vs korea")
    talk.write("kalau malaysia sama singapura?")
    assert about(talk) == ("jobs/wages", "malaysia,singapore", "")


def test_after_a_comparison_a_kind_of_work_is_compared_there(talk: Talk) -> None:
    talk.write("gaji taiwan vs malaysia")
    talk.write("kalau pabrik?")
    assert about(talk) == ("jobs/wages", "taiwan,malaysia", "factory-work")


def test_other_work_in_which_they_can_be_compared_is_on_buttons(release: Release) -> None:
    countries, sectors = ("taiwan", "malaysia"), ("domestic-work", "factory-work", "construction-work", "agriculture")
    talk = Talk(with_jobs(release, [job(one, 900, sector=work) for one in countries for work in sectors]))
    talk.write("gaji taiwan vs malaysia")
    assert [one for one in talk.buttons if one.startswith("sector:")] == [
        "sector:factory-work",
        "sector:construction-work",
    ]
    assert len(talk.buttons) <= 8
    talk.press("sector:construction-work")
    assert about(talk) == ("jobs/wages", "taiwan,malaysia", "construction-work")


def test_a_button_of_work_that_is_gone_does_no_harm(talk: Talk) -> None:
    assert talk.forge("sector:factory-work")[0] == "old-button"
    talk.write("gaji taiwan")
    assert talk.forge("sector:mining")[0] == "old-button"


def test_what_is_no_matter_of_the_job_market_is_answered_for_the_first_country_named(talk: Talk) -> None:
    talk.write("gaji taiwan vs korea")
    talk.forge("topic:migration/costs")
    assert talk.conversation.subject.country in ("", "taiwan")


def test_the_kind_of_work_stays_when_pay_is_asked_for_by_a_button(talk: Talk) -> None:
    talk.forge("topic:jobs/factory-work")
    talk.forge("topic:jobs/wages")
    assert about(talk) == ("jobs/wages", "", "factory-work")
