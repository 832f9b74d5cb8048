"""What may be wrong with training: stories whose forms would never be filled in so, and lessons nobody could be told."""

from collections.abc import Iterator

from bot.casework.routing import start
from bot.library.by_hand import by_hand
from bot.library.faults import Fault
from bot.library.files import duplicates
from bot.model.forms import Field, Form
from bot.model.practice import STORY, Lesson, Story
from bot.understanding.release import Release

_MUST = ("id", "en")
_RULES = "rules/practice.yaml"
_MOST_STORIES, _MOST_LETTERS = 6, 350
_ANYWHERE = "00.00.00.0000"


def practice(release: Release) -> Iterator[Fault]:
    """Everything wrong with the stories and lessons of training."""
    stories = release.content.practice.values()
    if len(stories) > _MOST_STORIES:
        yield Fault("practice", 0, f"{len(stories)} stories", f"At most {_MOST_STORIES}: each has a button")
    doubled = set(duplicates([str(one.order) for one in stories]))
    for story in stories:
        if str(story.order) in doubled:
            yield _fault(story, f"order {story.order} stands twice", "Give each story its own", f"order: {story.order}")
    for story in stories:
        yield from _story(release, story)
    for lesson in release.content.lessons:
        yield from _lesson(lesson)


def _story(release: Release, story: Story) -> Iterator[Fault]:
    if not 0 <= story.order <= 9:
        yield _fault(story, "order is not between 0 and 9", "It stands in the cases' numbers", "order:")
    form = release.form(story.form)
    if form is None or form.opens != "case":
        yield _fault(story, f"form: no case is opened by {story.form}", "Correct the id", f"form: {story.form}")
        return
    yield from _answers(story, form)
    if start(form, story.answers, _ANYWHERE).barred:
        yield _fault(story, "the case would bypass the village", "Whoever practises could not see it", "answers:")
    for line in story.lines:
        yield from _line(story, line.says, line.presses)


def _answers(story: Story, form: Form) -> Iterator[Fault]:
    """As a person would have answered: what is asked of them, and only that."""
    for id, value in story.answers.items():
        field = form.field(id)
        if field is None or id == STORY or field.kind in ("village", "media"):
            mend = "Leave it out; the village is that of whoever practises"
            yield _fault(story, f"answers: {id} is nothing a story can answer", mend, f"{id}:")
        elif not _fits(field, value) or not field.fits(story.answers):
            yield _fault(
                story, f"answers: {value!r} is no answer to {id}", "See the form's options", f"{id}: ... {value}"
            )
        elif found := by_hand(value):
            yield _fault(story, f"a number by hand: {found.group()!r}", "Leave it out", found.group())
    for field in form.fields:
        missing = field.kind != "village" and not field.skip and field.fits(story.answers)
        if missing and field.id not in story.answers:
            yield _fault(story, f"answers: {field.id} is missing", "The form asks for it", "answers:")


def _fits(field: Field, value: str) -> bool:
    return value in {one.id for one in field.options} if field.options else bool(value.strip())


def _line(story: Story, says: str, presses: str) -> Iterator[Fault]:
    if bool(says) is bool(presses):
        yield _fault(story, "a line both says and presses something, or neither", "Keep one", says or "lines:")
    if len(says) > _MOST_LETTERS:
        yield _fault(story, f"a line has {len(says)} letters", f"At most {_MOST_LETTERS}", says)
    if found := by_hand(says):
        yield _fault(story, f"a number by hand: {found.group()!r}", "Leave it out", found.group())


def _lesson(lesson: Lesson) -> Iterator[Fault]:
    near = f"id: {lesson.id}"
    missing = [language for language in _MUST if not lesson.text.get(language)]
    if missing:
        yield Fault(_RULES, 1, f"{lesson.id}: text is missing in {', '.join(missing)}", "Write it", near)
    if (lesson.when == "words") is not bool(lesson.words):
        yield Fault(_RULES, 1, f"{lesson.id}: `words` and `when: words` go together", "Add what is missing", near)
    for language, words in lesson.text.items():
        if len(words) > _MOST_LETTERS:
            yield Fault(_RULES, 1, f"{lesson.id}, {language}: {len(words)} letters", f"At most {_MOST_LETTERS}", near)


def _fault(story: Story, what: str, mend: str, near: str) -> Fault:
    return Fault(f"practice/{story.id}.yaml", 1, what, mend, near)
