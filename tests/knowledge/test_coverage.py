"""How far a language has come, and what it lacks most."""

from dataclasses import replace

import pytest

from bot.knowledge.coverage import Needed, Share, coverage, languages
from bot.knowledge.ease import Ease
from bot.model.knowledge import Content
from bot.understanding.release import Release

NONE = Share(0, 10)


@pytest.fixture
def content(release: Release) -> Content:
    """Two areas, three topics, of which Javanese has one."""
    chosen = ("protection/violence", "protection/trafficking", "jobs/taiwan")
    topics = {id: release.content.topics[id] for id in chosen}
    answers = topics["protection/violence"].answers
    topics["protection/violence"] = replace(topics["protection/violence"], answers={**answers, "jv": answers["id"]})
    for id in chosen[1:]:
        kept = {language: one for language, one in topics[id].answers.items() if language != "jv"}
        topics[id] = replace(topics[id], answers=kept)
    return replace(release.content, topics=topics)


def test_the_share_is_by_area_and_as_a_whole(content: Content) -> None:
    found = coverage(content, Needed(), "jv", Share(3, 10), {})
    assert found.answered == Share(1, 3)
    assert found.areas == {"jobs": Share(0, 1), "protection": Share(1, 2)}
    assert found.phrases.percent == 30


def test_what_is_needed_most_and_missing_is_named(content: Content) -> None:
    needed = Needed(("jv",), ("protection/violence", "protection/trafficking"))
    found = coverage(content, needed, "jv", NONE, {})
    assert found.missing == ("protection/trafficking",) and found.needed == Share(1, 2)


def test_a_language_without_an_answer_is_counted_too(content: Content) -> None:
    needed = Needed(("mad",), ("protection/violence",))
    assert "mad" in languages(content, needed, {})
    found = coverage(content, needed, "mad", NONE, {})
    assert (found.answered.done, found.fewest_questions, found.missing) == (0, 0, ("protection/violence",))


def test_nearly_all_is_not_all() -> None:
    assert Share(2999, 3000).percent == 99.9 and Share(0, 0).percent == 0 and Share(3, 3).percent == 100


def test_the_ten_hardest_come_worst_first(content: Content) -> None:
    read = {f"a/{n}": Ease(float(n), 9, "x", 9) for n in range(15)}
    found = coverage(content, Needed(), "id", NONE, read)
    assert [one.topic for one in found.hardest] == [f"a/{n}" for n in range(14, 4, -1)]
    assert found.median_ease == 7


def test_questions_are_counted_by_topic(content: Content) -> None:
    counts = sorted(len(topic.answers["id"].questions) for topic in content.topics.values())
    found = coverage(content, Needed(), "id", NONE, {})
    assert (found.fewest_questions, found.median_questions) == (counts[0], counts[1])
