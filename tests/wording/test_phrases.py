"""Every phrase in every language of ours, filled with the facts its users pass; what is missing raises."""

import re
from datetime import UTC, date, datetime

import pytest

from bot.dialogue.menu import menu_reply
from bot.model.messages import Reply
from bot.wording import Wording
from bot.wording import phrases as room
from tests.wording.facts import FACTS

LANGUAGES = ("id", "en", "jv", "su")
_ON_A_LABEL = {"number": "12345678", "part": "working", "count": 99, "on": True, "name": "Nama"}
PARTS = {name for name in room.phrases() if name.startswith("label/")}


def test_the_facts_below_are_those_of_all_phrases_and_of_no_others() -> None:
    assert set(FACTS) == set(room.phrases()) - PARTS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FACTS)
def test_a_phrase_says_something_with_the_facts_it_is_given(wording: Wording, name: str, language: str) -> None:
    for given in FACTS[name]:
        said = wording.phrase(name, language, **given)
        empty_is_fine = name in ("desk/mark",) and given.get("urgency") == "general"
        assert said or empty_is_fine
        assert "{{" not in said and "%(" not in said and "None" not in said


@pytest.mark.parametrize("name", [name for name in FACTS if any(FACTS[name])])
def test_a_missing_fact_raises(wording: Wording, name: str) -> None:
    """Each fact is needed by at least one of the ways the phrase is used."""
    for fact in {fact for given in FACTS[name] for fact in given}:
        raised = 0
        for given in FACTS[name]:
            try:
                wording.phrase(name, "id", **{key: value for key, value in given.items() if key != fact})
            except Exception:
                raised += 1
        assert raised, f"{name} does not need {fact}"


def test_an_unknown_phrase_raises(wording: Wording) -> None:
    with pytest.raises(Exception, match="no/such"):
        wording.write(Reply("no/such"), "id")


def test_a_fact_of_an_unknown_kind_raises(wording: Wording) -> None:
    with pytest.raises(TypeError):
        wording.phrase("told/claimed", "id", officer=object(), number="1000019")


def test_every_label_of_every_language_fits_on_a_button(wording: Wording) -> None:
    for name in PARTS:
        for language in LANGUAGES:
            said = wording.label(name.removeprefix("label/"), language, **_ON_A_LABEL)
            assert 1 <= len(said) <= 24, (language, said)


def test_the_buttons_of_the_menu_fit_in_every_language(wording: Wording) -> None:
    for language in LANGUAGES:
        (message,) = wording.write(menu_reply(wording.release, language), language)
        assert all(1 <= len(choice.label) <= 24 for choice in message.choices)


def test_a_message_of_ours_is_no_longer_than_people_read(wording: Wording) -> None:
    long = [
        (name, language)
        for name, ways in FACTS.items()
        for given in ways
        for language in LANGUAGES
        if name != "desk/case" and len(wording.phrase(name, language, **given)) > 700
    ]
    assert long == []


@pytest.mark.parametrize(
    ("language", "expected"), [("id", "21 Nov 2026"), ("en", "21 Nov 2026"), ("jv", "21 Nov 2026")]
)
def test_a_day_is_said_with_its_month_in_letters(language: str, expected: str) -> None:
    assert room.environment(language).filters["day"](date(2026, 11, 21)) == expected


def test_a_bare_year_stays_as_it_was_written() -> None:
    assert room.environment("id").filters["day"]("2025") == "2025"


@pytest.mark.parametrize(
    ("zone", "clock"), [("Asia/Jakarta", "10:00 WIB"), ("Asia/Makassar", "11:00 WITA"), ("Asia/Jayapura", "12:00 WIT")]
)
def test_a_moment_is_said_in_the_persons_zone(zone: str, clock: str) -> None:
    said = room.environment("id").filters["clock"](datetime(2026, 11, 23, 3, 0, tzinfo=UTC), zone)
    assert said.endswith(clock) and re.match(r"^\w+,? 23 Nov", said)
