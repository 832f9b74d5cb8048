"""Forms that open a verdict: nothing personal is asked, every sign can come up, and its reason fits on a line."""

from collections.abc import Iterator

from bot.knowledge.offers import RANGE, SAYS
from bot.library.faults import Fault
from bot.model.forms import Field, Form, Sign
from bot.understanding.release import Release

_MUST = ("id", "en")
_PERSONAL = ("village", "phone", "media")
MOST_REASON, MOST_SOURCE = 85, 40


def offers(release: Release) -> Iterator[Fault]:
    """Everything wrong with the forms of verdicts, and with the topics that offer one."""
    for form in release.content.forms.values():
        yield from _verdict(release, form) if form.opens == "verdict" else _registration(form)
    for topic in release.content.topics.values():
        form_of = release.form(topic.check)
        if topic.check and (form_of is None or form_of.opens != "verdict"):
            what = f"check: no form {topic.check} opens a verdict"
            yield Fault(f"topics/{topic.id}/topic.yaml", 1, what, "Correct the id", near=f"check: {topic.check}")


def _registration(form: Form) -> Iterator[Fault]:
    if form.signs or form.reports_as:
        near = "signs:" if form.signs else "reports_as:"
        yield Fault(_file(form), 1, "signs without a verdict", "Write opens: verdict, or leave them out", near)


def _verdict(release: Release, form: Form) -> Iterator[Fault]:
    for field in form.fields:
        if field.kind in _PERSONAL or field.id == "name" or field.remember:
            what, near = f"{field.id}: personal, and asked without consent", f"fields: ... id: {field.id}"
            yield Fault(_file(form), 1, what, "Leave the question out", near)
    if form.keep_months:
        yield Fault(_file(form), 1, "keep_months: a verdict keeps nothing", "Write keep_months: 0", "keep_months:")
    if not form.signs:
        yield Fault(_file(form), 1, "a verdict without signs", "Write what the answers mean", "opens:")
    if form.reports_as and not _takes_a_story(release.form(form.reports_as)):
        what = f"reports_as: no form {form.reports_as} takes a story"
        yield Fault(_file(form), 1, what, "Correct the id", near="reports_as:")
    for sign in form.signs:
        yield from _sign(form, sign)


def _takes_a_story(form: Form | None) -> bool:
    return form is not None and any(field.kind == "text" and field.id != "name" for field in form.fields)


def _sign(form: Form, sign: Sign) -> Iterator[Fault]:
    near = f"signs: ... id: {sign.id}"
    missing = [language for language in _MUST if not sign.reason.get(language)]
    if missing:
        what = f"{sign.id}: reason is missing in {', '.join(missing)}"
        yield Fault(_file(form), 1, what, "Write it", near=f"{near} ... reason:")
    for text in sign.reason.values():
        if len(text) > MOST_REASON:
            what = f"{sign.id}: {text[:30]!r}... is longer than {MOST_REASON} letters"
            yield Fault(_file(form), 1, what, "One reason is one line: shorten it", near=text)
    if not 0 < len(sign.source.title) <= MOST_SOURCE:
        what = f"{sign.id}: the source's title has {len(sign.source.title)} letters"
        yield Fault(_file(form), 1, what, f"It stands on the line: 1 to {MOST_SOURCE}", near=f"{near} ... source:")
    for id, answers in sign.when.items():
        field = form.field(id)
        wrong = [one for one in answers if field is None or not _possible(field, one)]
        if wrong or not answers:
            what = f"{sign.id}: {id} has no answer {', '.join(wrong)}" if field else f"{sign.id}: no question {id}"
            yield Fault(_file(form), 1, what, "Correct the id, or the sign never comes up", near=f"{near} ... {id}:")


def _possible(field: Field, answer: str) -> bool:
    if field.kind == "agency":
        return answer in SAYS
    if field.kind == "number":
        return RANGE.fullmatch(answer) is not None
    return any(answer == one.id for one in field.options)


def _file(form: Form) -> str:
    return f"forms/{form.id}.yaml"
