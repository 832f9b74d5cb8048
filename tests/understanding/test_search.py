"""From a question to a topic, to candidates, or honestly to nothing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.release import Release
from bot.understanding.search import build

PHRASES = [
    ("papers", "surat izin keluarga"),
    ("papers", "dokumen untuk kerja"),
    ("papers", "paspor hilang"),
    ("wages", "gaji tidak dibayar"),
    ("wages", "berapa gaji @country @taiwan"),
    ("taiwan", "kerja di @country @taiwan"),
    ("japan", "kerja di @country @japan"),
]
INDEX = build((topic, phrase.split()) for topic, phrase in PHRASES)


def topic(text: str) -> str:
    return INDEX.find(text.split()).topic


def test_the_words_of_an_example_lead_to_its_topic() -> None:
    assert [topic(phrase) for _, phrase in PHRASES] == [topic for topic, _ in PHRASES]


def test_a_slip_of_the_finger_does_not_matter() -> None:
    assert topic("pasport hilang") == "papers"
    assert topic("gajih tidak di bayar") == "wages"


def test_which_country_is_named_decides_between_them() -> None:
    assert topic("kerja di @country @taiwan") == "taiwan"
    assert topic("kerja di @country @japan") == "japan"


def test_what_shares_nothing_leads_to_nothing() -> None:
    found = INDEX.find(["xqzwvkj", "blorp"])
    assert (found.topic, found.candidates) == ("", ())
    assert INDEX.find([]).candidates == ()


def test_the_order_of_the_files_decides_nothing() -> None:
    turned = build((topic, phrase.split()) for topic, phrase in reversed(PHRASES))
    for _, phrase in PHRASES:
        ours, theirs = INDEX.rank(phrase.split()), turned.rank(phrase.split())
        assert [one.topic for one in ours] == [one.topic for one in theirs]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert build([]).find(["gaji"]).topic == ""


@given(st.lists(st.text(alphabet="abcdegiknrtu@", min_size=1, max_size=12), max_size=200))
def test_any_question_gets_at_most_three_different_candidates_best_first(tokens: list[str]) -> None:
    found = INDEX.find(tokens)
    scores = [one.score for one in found.candidates]
    assert len(scores) <= 3 and scores == sorted(scores, reverse=True)
    assert len({one.topic for one in found.candidates}) == len(scores)
    assert not found.topic or found.topic == found.candidates[0].topic


def test_a_shipped_question_leads_to_no_other_topic(release: Release) -> None:
    """One of twenty of each topic's, so that it stays quick; `evaluate` asks them all."""
    asked = [
        (question, topic.id)
        for topic in release.content.topics.values()
        for answer in topic.answers.values()
        for question in answer.questions[::20]
    ]
    lost = [(text, id) for text, id in asked if release.find(release.hear(text).terms).topic not in (id, "")]
    assert len(lost) <= len(asked) * 0.02, lost
