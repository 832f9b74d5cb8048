"""An edition changes with the facts of an answer, and with nothing else."""

from dataclasses import replace
from datetime import date

from bot.model.content import Change
from bot.understanding.release import Release
from tests.changed import with_figure, with_topic, with_wage

BEFORE = "insurance-before"


def code(release: Release, topic: str, country: str = "", sector: str = "") -> str:
    return release.edition(release.content.topics[topic], country, sector).code


def insured(release: Release) -> str:
    """A topic that states the premium."""
    return next(
        topic.id
        for topic in release.content.topics.values()
        if any(f'figure("{BEFORE}")' in part for answer in topic.answers.values() for part in answer.parts)
    )


def test_better_words_make_no_new_edition(release: Release) -> None:
    answers = release.content.topics["jobs/taiwan"].answers
    better = {name: replace(one, parts=(f"Jelas: {one.parts[0]}", *one.parts[1:])) for name, one in answers.items()}
    assert code(with_topic(release, "jobs/taiwan", answers=better), "jobs/taiwan") == code(release, "jobs/taiwan")


def test_an_edit_marked_as_one_of_meaning_makes_a_new_edition(release: Release) -> None:
    change = Change(date(2026, 11, 21), {"id": "Batas umur berubah"})
    marked = with_topic(release, "jobs/taiwan", changes=(change,))
    assert code(marked, "jobs/taiwan") != code(release, "jobs/taiwan")
    assert code(marked, "jobs/japan") == code(release, "jobs/japan")


def test_a_figure_changes_the_answers_that_state_it_and_no_others(release: Release) -> None:
    dearer, topic = with_figure(release, BEFORE, 40_000), insured(release)
    assert code(dearer, topic) != code(release, topic)
    assert code(dearer, "enterprise/capital") == code(release, "enterprise/capital")


def test_a_wage_changes_the_answer_for_those_who_asked_about_it(release: Release) -> None:
    dearer = with_wage(release, "taiwan", "caregiver-nurse", 99_000)
    for country, sector in (("taiwan", ""), ("taiwan", "caregiver-nurse"), ("", "caregiver-nurse")):
        assert code(dearer, "jobs/wages", country, sector) != code(release, "jobs/wages", country, sector)
    for country in ("south-korea", "japan"):
        assert code(dearer, "jobs/wages", country) == code(release, "jobs/wages", country)


def test_what_an_answer_does_not_depend_on_is_left_out(release: Release) -> None:
    topic = release.content.topics["enterprise/bookkeeping"]
    assert release.edition(topic, "taiwan", "factory-work") == release.edition(topic, "", "")


def test_a_countrys_own_topic_speaks_of_that_country_only(release: Release) -> None:
    topic = release.content.topics["jobs/taiwan"]
    assert release.edition(topic, "japan", "") == release.edition(topic, "", "")


def test_every_topic_has_a_code_of_its_own(release: Release) -> None:
    codes = [code(release, topic) for topic in release.content.topics]
    assert len(set(codes)) == len(codes)
