"""From a question to a topic, to candidates, or honestly to nothing."""

import subprocess
import sys
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.features import LONGEST, also_meant, features, stems
from bot.understanding.index import Index, build
from bot.understanding.release import Release
from bot.understanding.search import Example, Kind
from tests.command import HOUSE

PHRASES = [
    ("papers", "surat izin keluarga"),
    ("papers", "dokumen untuk kerja"),
    ("papers", "paspor hilang"),
    ("wages", "gaji tidak dibayar"),
    ("wages", "berapa gaji @country @taiwan"),
    ("taiwan", "kerja di @country @taiwan"),
    ("japan", "kerja di @country @japan"),
    ("", "siapa pencetak gol"),
]


def example(topic: str, text: str, kind: Kind = "question") -> Example:
    return Example(topic, tuple(text.split()), kind)


EXAMPLES = [example(topic, phrase) for topic, phrase in PHRASES]
INDEX = build(EXAMPLES)


def topic(text: str) -> str:
    return INDEX.find(text.split()).topic


def ranked(text: str, index: Index = INDEX) -> list[str]:
    return [one.topic for one in index.rank(text.split())]


def test_the_words_of_an_example_lead_to_its_topic() -> None:
    assert [topic(phrase) for _, phrase in PHRASES] == [topic for topic, _ in PHRASES]


def test_a_slip_of_the_finger_does_not_matter() -> None:
    assert ranked("pasport hilang")[0] == "papers"
    assert ranked("gajih tidak di bayar")[0] == "wages"


def test_which_country_is_named_decides_between_them() -> None:
    assert topic("kerja di @country @taiwan") == "taiwan"
    assert topic("kerja di @country @japan") == "japan"


def test_what_shares_nothing_leads_to_nothing() -> None:
    found = INDEX.find(["xqzwvkj", "blorp"])
    assert found.topic == ""
    assert INDEX.find([]).candidates == ()


def test_what_people_also_say_is_none_of_ours() -> None:
    assert INDEX.find(["siapa", "pencetak", "gol"]).candidates == ()


def test_chances_sum_to_one_with_none_of_ours() -> None:
    assert INDEX.chances(["gaji"]).sum() == pytest.approx(1.0)
    assert sum(one.score for one in INDEX.rank(["gaji"])) < 1


def test_a_topic_of_never_is_no_candidate_though_it_knows_the_words() -> None:
    found = INDEX.find(["kerja", "di", "@country", "@japan"], never=("japan",))
    assert "japan" not in [found.topic, *(one.topic for one in found.candidates)]
    assert INDEX.find(["gaji"], never=("papers", "wages", "taiwan", "japan")).candidates == ()


def test_a_question_that_must_not_lead_to_a_topic_never_does() -> None:
    index = build([*EXAMPLES, example("papers", "paspor hilang dicuri majikan", "away")])
    assert "papers" not in ranked("paspor hilang dicuri majikan", index)
    assert ranked("paspor hilang", index)[0] == "papers"


def test_a_keyword_teaches_but_is_not_certain() -> None:
    index = build([*EXAMPLES, example("papers", "gaji", "keyword"), example("wages", "gaji", "keyword")])
    assert set(ranked("gaji", index)[:2]) == {"papers", "wages"}


def test_the_same_examples_in_any_order_give_the_same_index() -> None:
    turned = build(reversed(EXAMPLES))
    for _, phrase in PHRASES:
        assert INDEX.rank(phrase.split()) == turned.rank(phrase.split())


def test_an_index_of_nothing_finds_nothing() -> None:
    assert build([]).find(["gaji"]).candidates == ()


def test_what_means_the_same_is_found_by_it() -> None:
    terms = tuple(also_meant(["lost", "passport"], {"passport": ("paspor",), "lost": ("hilang",)}))
    assert terms == ("lost", "~hilang", "passport", "~paspor")
    assert INDEX.rank(terms)[0].topic == "papers"
    assert stems(terms) >= stems(["paspor", "hilang"])


def test_only_the_beginning_of_a_very_long_text_counts() -> None:
    begun = ["gaji", "saya"] * (LONGEST // 2)
    assert features(begun) == features([*begun, *(f"kata{number}" for number in range(10_000))])


@given(st.lists(st.text(alphabet="abcdegiknrtu@~=+^$é", min_size=1, max_size=12), max_size=200))
def test_any_question_gets_at_most_three_different_candidates_best_first(tokens: list[str]) -> None:
    found = INDEX.find(tokens)
    scores = [one.score for one in found.candidates]
    assert len(scores) <= 3 and scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len({one.topic for one in found.candidates}) == len(scores)
    assert not found.topic or found.topic == found.candidates[0].topic


@pytest.mark.parametrize(
    "text", ["", " ", "?!", "12345", "a" * 10_000, "gaji " * 2_000, "🙏" * 9_999, "\x00", "@ ~ = +"]
)
def test_whatever_is_typed_is_borne(release: Release, text: str) -> None:
    assert len(release.find(release.hear(text).terms).candidates) <= 3


def test_a_shipped_question_leads_to_no_other_topic(release: Release) -> None:
    """One of twenty of each topic's, so that it stays quick; `check` asks them all."""
    asked = [one for one in release.finder.examples() if one.kind == "question" and one.topic][::20]
    found = [(one, release.find(one.terms)) for one in asked]
    lost = [one.text for one, here in found if here.topic not in (one.topic, "")]
    assert len(lost) <= len(asked) * 0.02, lost


def test_a_shipped_must_not_is_never_answered_with_that_topic(release: Release) -> None:
    away = [one for one in release.finder.examples() if one.kind == "away"]
    assert len(away) > 500
    for one in islice(away, 0, None, 9):
        assert release.find(one.terms).topic != one.topic, one.text


def test_who_says_indonesia_may_still_be_led_to_a_country(release: Release) -> None:
    assert release.elsewhere(["kerja", "@country", "@indonesia"]) == set()
    assert "jobs/japan" in release.elsewhere(["kerja", "@country", "@taiwan"])
    assert "jobs/taiwan" not in release.elsewhere(["kerja", "@country", "@taiwan"])


def test_numpy_is_paid_for_at_the_first_question_only() -> None:
    loads = "import sys, pathlib; from bot import library; library.load(pathlib.Path('content')); print('numpy' in sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", loads], cwd=HOUSE, capture_output=True, text=True, timeout=60, check=True
    )
    assert ended.stdout.strip() == "False"
