"""What is too much for the smallest screen is told with its file, what is wrong and how to mend it."""

from collections.abc import Callable
from dataclasses import replace

from bot.library.check_screens import screens
from bot.library.check_sentences import sentences, too_long
from bot.model.content import Text
from bot.model.forms import Option
from bot.understanding.release import Release
from bot.wording.phrases import ROOT
from tests.changed import with_topic

FORM, COSTS = "complaint", "migration/costs"
FACES = "\U0001f600" * 13


def told(release: Release) -> list[str]:
    return [str(fault) for fault in screens(release)]


def with_options(release: Release, change: Callable[[tuple[Option, ...]], tuple[Option, ...]]) -> Release:
    """The complaint with other choices of whom it is about."""
    form = release.content.forms[FORM]
    fields = tuple(replace(one, options=change(one.options)) if one.id == "about" else one for one in form.fields)
    return replace(release, content=replace(release.content, forms={FORM: replace(form, fields=fields)}))


def labelled(option: Option, label: Text) -> Option:
    return replace(option, label=label)


def test_the_shipped_content_and_sentences_fit(release: Release) -> None:
    assert told(release) == []
    assert list(sentences()) == []


def test_choices_nobody_can_tell_apart_are_told_in_their_language(release: Release) -> None:
    same = with_options(release, lambda options: (options[0], labelled(options[1], options[0].label), *options[2:]))
    found = [one for one in told(same) if "about: the choices in id" in one]
    assert found and found[0].startswith("forms/complaint.yaml:1: ") and "change one" in found[0]


def test_topics_of_one_entry_with_one_name_are_told(release: Release) -> None:
    answers = release.content.topics[COSTS].answers
    other = release.content.topics["migration/documents"].answers["id"].short
    changed = with_topic(release, COSTS, answers={**answers, "id": replace(answers["id"], short=other)})
    assert any(f"the topics of go in id: {other!r} stands twice" in one for one in told(changed))


def test_more_choices_than_a_list_takes_are_told(release: Release) -> None:
    many = with_options(
        release, lambda options: tuple(replace(options[0], id=f"o{n}", label={"id": str(n)}) for n in range(11))
    )
    assert any("about: 11 choices, and a list takes 10" in one for one in told(many))


def test_a_label_of_emoji_is_counted_as_a_phone_counts_it(release: Release) -> None:
    changed = with_options(release, lambda options: (labelled(options[0], {"id": FACES}), *options[1:]))
    assert any(FACES in one and "counts two" in one for one in told(changed))


def test_a_table_that_grows_too_long_is_told(release: Release) -> None:
    answers = release.content.topics["jobs/wages"].answers
    parts = ("kata " * 900 + "{{ wage_table }}", *answers["id"].parts[1:])
    changed = with_topic(release, "jobs/wages", answers={**answers, "id": replace(answers["id"], parts=parts)})
    assert any(one.startswith("topics/jobs/wages/id.md") and "4096" in one for one in told(changed))


def test_a_sentence_too_long_for_its_button_is_told_with_its_line() -> None:
    assert list(too_long({"beside/open": 6})) == []
    found = list(too_long({"beside/open": 5}))
    assert [fault.file for fault in found] == ["locales/en/LC_MESSAGES/messages.po"]
    assert (ROOT / found[0].file).read_text("utf-8").splitlines()[found[0].line - 1] == 'msgstr "Choose"'
