"""Countries and kinds of work in a message."""

import pytest

from bot.model.content import Named
from bot.understanding.entities import Mention, in_terms, read_names
from bot.understanding.normalise import read_words
from bot.understanding.release import Release

SPELL = read_words({"tw": "taiwan"})
NAMES = read_names(
    (
        Named("korea", {"id": "Korea"}, ("korea", "kroya")),
        Named("south-korea", {"id": "Korea Selatan"}, ("korsel",)),
        Named("taiwan", {"id": "Taiwan"}, ()),
    ),
    SPELL,
)


def test_the_longer_name_wins_over_the_shorter_one_inside_it() -> None:
    assert NAMES.in_text(["di", "korea", "selatan"]) == [Mention("south-korea", 1, 3)]
    assert NAMES.in_text(["di", "korea", "utara"]) == [Mention("korea", 1, 2)]


def test_all_that_is_named_is_found_in_order() -> None:
    assert [one.id for one in NAMES.in_text(SPELL.tokens("tw atau korsel atau kroya"))] == [
        "taiwan",
        "south-korea",
        "korea",
    ]


def test_a_name_becomes_what_it_is_and_which() -> None:
    tokens = SPELL.tokens("gaji di korea selatan berapa")
    assert in_terms(tokens, NAMES.in_text(tokens), "country") == ["gaji", "di", "@country", "@south-korea", "berapa"]


def test_nothing_named_changes_nothing() -> None:
    assert NAMES.in_text([]) == []
    assert in_terms(["gaji"], [], "country") == ["gaji"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("gaji di taiwan", "taiwan"),
        ("kerja korea", "south-korea"),
        ("mau ke jepang", "japan"),
        ("TAIWAN", "taiwan"),
        ("orang indonesia di taiwan", "taiwan"),
        ("pulang ke indonesia", "indonesia"),
        ("gaji di hongkong", "hong-kong"),
        ("gaji", ""),
    ],
)
def test_the_country_meant_is_heard(release: Release, text: str, country: str) -> None:
    assert release.hear(text).country == country


def test_every_country_and_sector_is_heard_by_its_own_name(release: Release) -> None:
    for known, names in ((release.content.countries, release.countries), (release.content.sectors, release.sectors)):
        for one in known.values():
            for name in one.name.values():
                found = names.in_text(release.normaliser.tokens(name))
                assert [mention.id for mention in found] == [one.id], name
