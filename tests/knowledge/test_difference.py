"""Two releases held against each other: what changes the meaning, what only looks so, and where a fact stands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.knowledge.difference import Difference, FactChange, Had, TopicChange, difference
from bot.knowledge.fields import Step, steps
from bot.model.content import Answer, Change
from bot.model.work import Wage
from bot.understanding.release import Release
from tests.changed import with_figure, with_topic, with_wage, without_topic

COSTS, PREMIUM = "migration/costs", "insurance-before"
WEIGHTS: Mapping[str, Sequence[str]] = {"id": ("tidak", "jangan"), "en": ("not",)}


def compared(old: Release, new: Release, *had: tuple[str, str, int]) -> Difference:
    """With so many people (country, number) who had the old edition of a topic."""
    told = [(old.edition(old.content.topics[topic], country, ""), people) for topic, country, people in had]
    return difference(old.content, new.content, WEIGHTS, told)


def the_topic(found: Difference) -> TopicChange:
    (one,) = found.topics
    return one


def the_fact(found: Difference) -> FactChange:
    (one,) = found.facts
    return one


def reworded(release: Release, text: str, language: str = "id", **changes: object) -> Release:
    """The answer about costs as it was, and with this for its first message."""
    answers = release.content.topics[COSTS].answers
    answer: Answer = replace(answers[language], parts=(text, *answers[language].parts[1:]), **changes)  # type: ignore[arg-type]
    return with_topic(release, COSTS, answers={**answers, language: answer})


def test_nothing_is_different_from_itself(release: Release) -> None:
    found = compared(release, release, (COSTS, "", 3))
    assert not (found.topics or found.facts or found.rules or found.others)


def test_better_words_are_shown_sentence_by_sentence_and_change_no_meaning(release: Release) -> None:
    old, new = (reworded(release, f"Tanya dulu. {end}") for end in ("Lalu bayar.", "Sesudah itu bayar."))
    found = the_topic(compared(old, new, (COSTS, "", 3)))
    (text,) = found.texts
    assert text.lines == ("- Lalu bayar.", "+ Sesudah itu bayar.")
    assert (found.kind, found.meaning, found.suspicions, found.had) == ("changed", False, (), ())


@pytest.mark.parametrize(
    ("language", "before", "after", "why"),
    [
        ("id", "Bayar ke agen.", "Jangan bayar ke agen.", "'jangan' came"),
        ("id", "Tidak perlu. Tidak boleh.", "Perlu. Tidak boleh.", "'tidak' went"),
        ("id", "Tunggu 10 hari.", "Tunggu 12 hari.", "'10' went, '12' came"),
        ("id", "Mulai 1/10/2026.", "Mulai 1/11/2026.", "'1/10/2026' went, '1/11/2026' came"),
        ("en", "You may.", "You may not.", "'not' came"),
        ("jv", "Panjenengan bayar.", "Panjenengan tidak bayar.", "'tidak' came"),
    ],
)
def test_what_looks_like_a_change_of_meaning_is_asked_about(
    language: str, before: str, after: str, why: str, release: Release
) -> None:
    found = the_topic(compared(reworded(release, before, language), reworded(release, after, language)))
    assert found.suspicions == (f"{language}: {why}",) and not found.meaning


def test_a_changed_list_of_facts_is_asked_about(release: Release) -> None:
    found = the_topic(compared(reworded(release, "Ya."), reworded(release, "Ya.", states=("Ya",))))
    assert found.suspicions == ("id: `states` changed",)
    assert "+ states: Ya" in found.texts[0].lines


def test_what_is_marked_is_no_longer_asked_about_and_changes_the_meaning(release: Release) -> None:
    old = reworded(release, "Tunggu 10 hari.")
    marked = (Change(date(2026, 11, 22), {"id": "Kini 12 hari"}),)
    new = with_topic(reworded(release, "Tunggu 12 hari."), COSTS, changes=marked)
    found = the_topic(compared(old, new, (COSTS, "", 3), ("jobs/taiwan", "", 9)))
    assert (found.meaning, found.marked, found.suspicions) == (True, ("Kini 12 hari",), ())
    assert found.had == (Had("", "", 3),)


def test_another_figure_changes_the_meaning_of_the_answers_it_stands_in(release: Release) -> None:
    found = compared(with_figure(release, PREMIUM, 37_500), with_figure(release, PREMIUM, 40_000))
    fact = the_fact(found)
    assert (fact.room, fact.id, fact.steps) == ("figures", PREMIUM, (Step("value", "37500", "40000"),))
    assert fact.topics == tuple(one.id for one in found.topics) != ()
    assert all(one.meaning and not one.texts and not one.suspicions for one in found.topics)


def test_another_wage_ends_the_answers_for_its_country_and_no_others(release: Release) -> None:
    new = with_wage(release, "hong-kong", "domestic-work", 9_999)
    found = compared(release, new, ("jobs/wages", "hong-kong", 4), ("jobs/wages", "taiwan", 5))
    fact = the_fact(found)
    assert fact.id == "hong-kong domestic-work" and "9999 HKD a month" in fact.steps[0].new
    assert "jobs/wages" in fact.topics and "jobs/taiwan" not in fact.topics
    wages = next(one for one in found.topics if one.id == "jobs/wages")
    assert wages.had == (Had("hong-kong", "", 4),)
    assert "jobs/taiwan" not in {one.id for one in found.topics}


def test_a_topic_that_is_gone_or_new_is_said_so(release: Release) -> None:
    gone = next(one for one in compared(release, without_topic(release, COSTS), (COSTS, "", 2)).topics)
    assert (gone.id, gone.kind, gone.meaning, gone.had) == (COSTS, "gone", True, (Had("", "", 2),))
    came = the_topic(compared(without_topic(release, COSTS), release))
    assert (came.id, came.kind, came.meaning) == (COSTS, "new", False)


def test_example_questions_are_counted_and_languages_named(release: Release) -> None:
    old = reworded(release, "Ya.", questions=("a", "b", "c"))
    new = reworded(release, "Ya.", questions=("b", "c", "d", "e"))
    (text,) = the_topic(compared(old, new)).texts
    assert (text.questions_added, text.questions_gone, text.lines) == (2, 1, ())
    answers = {name: one for name, one in release.content.topics[COSTS].answers.items() if name != "jv"}
    without = with_topic(release, COSTS, answers=answers)
    assert [(one.language, one.kind) for one in the_topic(compared(release, without)).texts] == [("jv", "gone")]


def test_forms_and_danger_rules_are_told_field_by_field(release: Release) -> None:
    content = release.content
    form = replace(content.forms["help"], keep_months=99)
    rule = replace(content.dangers[0], severity="sensitive", phrases=(*content.dangers[0].phrases[1:], "kata baru"))
    changed = replace(content, forms={**content.forms, "help": form}, dangers=(rule, *content.dangers[1:]), menu=())
    found = difference(content, changed, WEIGHTS)
    of_form, of_rule = found.rules
    assert of_form.steps == (Step("keep_months", str(content.forms["help"].keep_months), "99"),)
    assert Step("phrases", content.dangers[0].phrases[0], "") in of_rule.steps
    assert Step("phrases", "", "kata baru") in of_rule.steps
    assert found.others == ("menu",)


def test_rows_of_one_country_and_sector_are_told_apart(release: Release) -> None:
    twice = [job for job in release.content.jobs if (job.country, job.sector) == ("taiwan", "caregiver-nurse")]
    assert len(twice) == 2
    jobs = tuple(replace(job, open=False) if job is twice[1] else job for job in release.content.jobs)
    found = the_fact(difference(release.content, replace(release.content, jobs=jobs), WEIGHTS))
    assert (found.id, found.steps) == ("taiwan caregiver-nurse #2", (Step("open", "yes", "no"),))


def test_an_order_that_changed_is_said_as_such() -> None:
    assert list(steps(("a", "b"), ("b", "a"), "related")) == [Step("related", "in this order", "in another order")]
    assert list(steps(Wage(5, "HKD", "month", "minimum"), None, "wage")) == [
        Step("wage", "5 HKD a month (minimum)", "")]  # fmt: skip
