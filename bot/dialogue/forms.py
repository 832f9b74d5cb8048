"""Filling a form: consent, one question a message, summary, explicit send; interruptible at any word, resumable at any time.

A form that opens a verdict keeps nothing, so it asks no consent; after its last question the verdict comes at once.

The form in progress lies in the conversation, each answer saved with the message that gave it. Another matter that comes
up (a question, the menu) is answered by other listeners; `take_up_again` then leads back.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.dialogue import contact, fields, kept_of_you, known, past_village
from bot.dialogue.asides import OWN_BUTTONS, OWN_WORDS, asked, elsewhere, goes_on, takes, wants_a_story
from bot.dialogue.form_replies import question, waiting
from bot.dialogue.sending import send
from bot.dialogue.turn import Turn
from bot.dialogue.verdict import begin, retold, verdict
from bot.model.conversation import Conversation, Filling
from bot.model.forms import Field, Form
from bot.model.messages import Reply
from bot.model.step import Step

STALE = timedelta(hours=3)
_LEAVING = ("menu", "register", "cases", "status", "officer", "emergency", "delete", "privacy", "checklists")
_AWAY = ("menu", "checklist", "tick", "untick")
_MOVING = ("cancel", "back", "repeat")


def listen(turn: Turn) -> Step | None:
    """The form in progress, or a button that begins, goes on with or drops one."""
    kind, what = turn.button
    if kind in _DOORS:
        return _DOORS[kind](turn, what)
    filling = turn.conversation.filling
    if filling is None:
        return None
    form = _form(turn, filling)
    if form is None:
        return turn.step(Reply("form/gone"), filling=None)
    stale = filling.touched is not None and turn.incoming.at - filling.touched > STALE
    if stale and kind not in OWN_BUTTONS and not any(turn.says(word) for word in _MOVING):
        return _after_a_while(turn, filling, form)
    now = _touched(turn, filling)
    return _beside(turn, now, form) or _go(turn, now, form)


def story(turn: Turn) -> Step | None:
    """A message of danger that is also the story a sensitive form has just asked for: it is taken as such."""
    filling = turn.conversation.filling
    form = _form(turn, filling)
    if filling is None or form is None or form.urgency == "general":
        return None
    field = asked(turn, filling)
    if field is None or field.kind == "village" or not takes(turn, field):
        return None
    return _answered(turn, filling, form, field)


def chooses(turn: Turn) -> bool:
    """Whether the words are one of the choices a form handled with care has just offered, and so no new cry."""
    filling = turn.conversation.filling
    form = _form(turn, filling)
    if filling is None or form is None or form.urgency == "general":
        return False
    field = asked(turn, filling)
    return field is not None and fields.written_out(turn, field)


def take_up_again(turn: Turn, step: Step) -> Step:
    """After another listener had the word: leave the form aside when the person turned away, else ask again."""
    filling = turn.conversation.filling
    form = _form(turn, filling)
    if filling is None or form is None or step.conversation.filling is not filling:
        return step
    if any(reply.phrase.startswith("danger/") for reply in step.replies if reply.buttons):
        return step
    if any(turn.says(command) for command in _LEAVING) or turn.button[0] in _AWAY:
        aside = _aside(step.conversation, filling)
        return replace(
            step, conversation=aside, replies=(*step.replies, waiting(turn, filling, form, "form/back-to-it"))
        )
    again = replace(turn, conversation=step.conversation.but(filling=_touched(turn, filling)))
    return replace(step, conversation=again.conversation, replies=(*step.replies, question(again, filling, form)))


def _beside(turn: Turn, filling: Filling, form: Form) -> Step | None:
    """Said at any question and no answer to it: not to my village, please; why do you ask?"""
    if past_village.asked_for(turn, form):
        return past_village.in_form(turn, filling, form)
    if kept_of_you.asked_why(turn):
        return turn.step(kept_of_you.why(turn, filling, form), question(turn, filling, form), filling=filling)
    return None


def _go(turn: Turn, filling: Filling, form: Form) -> Step | None:
    """One message while a form is open; None when it is no matter of the form."""
    if turn.says("cancel"):
        return turn.step(Reply("form/cancelled"), filling=None)
    if turn.says("repeat") or goes_on(turn, filling):
        return turn.step(question(turn, filling, form), filling=filling)
    if turn.says("back"):
        return _back(turn, filling, form)
    if elsewhere(turn, filling):
        return None
    if form.opens != "case" and filling.asking != "field":
        return _next(turn, filling, form)
    return {"consent": _consent, "field": _field, "summary": _summary, "edit": _edit}[filling.asking](
        turn, filling, form
    )


def _form(turn: Turn, filling: Filling | None) -> Form | None:
    """The form being filled; None when a newer release has dropped it, or the question it stands at."""
    form = turn.release.form(filling.form) if filling else None
    lost = form and filling and filling.asking == "field" and form.field(filling.field) is None
    return None if lost else form


def _begin(turn: Turn, what: str) -> Step:
    form = turn.release.form(what)
    if form is None or form.opens == "plan":
        return turn.step(Reply("form/gone"))
    begun = _begun(turn.conversation, what)
    return _fresh(turn, form) if begun is None or _judged(begun, form) else _resumable(turn, begun, form)


def _resumable(turn: Turn, begun: Filling, form: Form, again: str = "") -> Step:
    """A form begun before is not thrown away unasked."""
    aside = _aside(turn.conversation, turn.conversation.filling)
    kept = turn.conversation.but(filling=_touched(turn, begun)) if begun is turn.conversation.filling else aside
    return Step(kept, (waiting(turn, begun, form, "form/resume", again),))


def _fresh(turn: Turn, form: Form, told: Mapping[str, str] | None = None) -> Step:
    """From the start, with what is remembered, was just said, or was told elsewhere."""
    aside = _aside(turn.conversation, turn.conversation.filling)
    cleared = aside.but(paused=_without(aside, form.id), desk="", talking="")
    kept = {field.id: turn.conversation.remembered[field.id] for field in form.fields if _remembered(field, turn)}
    answers = {**known.answers(turn, form), **kept, **(told or {})}
    filling = Filling(form.id, answers=answers, known=tuple(answers), touched=turn.incoming.at)
    if form.opens == "verdict":
        first = replace(filling, asking="field", field=form.fields[0].id)
        return Step(cleared.but(filling=first), (begin(turn, form), question(turn, first, form)))
    return Step(cleared.but(filling=filling), (question(turn, filling, form),))


def for_another(turn: Turn, form: Form, told: Mapping[str, str]) -> Step:
    """A form an officer fills in for somebody who sits with them: nothing of the officer's own is put into it."""
    aside = _aside(turn.conversation, turn.conversation.filling)
    cleared = aside.but(paused=_without(aside, form.id), desk="", talking="")
    filling = Filling(form.id, answers=told, known=tuple(told), touched=turn.incoming.at, other=True)
    return Step(cleared.but(filling=filling), (question(turn, filling, form),))


def _judged(filling: Filling, form: Form) -> bool:
    """The verdict was given; the answers wait only to become a report."""
    return form.opens == "verdict" and filling.asking == "summary"


def _remembered(field: Field, turn: Turn) -> bool:
    return field.remember and bool(turn.conversation.remembered.get(field.id))


def _continue(turn: Turn, what: str) -> Step:
    filling = _begun(turn.conversation, what)
    form = _form(turn, filling)
    if filling is None or form is None:
        return turn.step(Reply("form/gone"), paused=_without(turn.conversation, what))
    if _judged(filling, form):
        return _fresh(turn, form)
    now = _touched(turn, filling)
    taken = _aside(turn.conversation.but(paused=_without(turn.conversation, what)), turn.conversation.filling, but=what)
    return Step(taken.but(filling=now), (question(turn, now, form),))


def _restart(turn: Turn, what: str) -> Step:
    begun, form = _begun(turn.conversation, what), turn.release.form(what)
    cleared = turn.conversation.but(filling=None, paused=_without(turn.conversation, what))
    if begun and begun.case and form:
        first = Filling(what, asking="field", field=form.fields[0].id, touched=turn.incoming.at, case=begun.case)
        return Step(cleared.but(filling=first), (question(turn, first, form),))
    anew = replace(turn, conversation=cleared)
    return for_another(anew, form, {}) if begun and begun.other and form else _begin(anew, what)


def _report(turn: Turn, what: str) -> Step:
    """What was answered about an offer becomes the story of a report; consent is asked as for any other."""
    id, _, again = what.partition(":")
    form, judged = turn.release.form(id), _begun(turn.conversation, id)
    target = turn.release.form(form.reports_as) if form else None
    field = next(filter(wants_a_story, target.fields), None) if target else None
    if form is None or target is None or field is None:
        return turn.step(Reply("form/gone"))
    if judged is None or not _judged(judged, form):
        return _begin(turn, target.id)
    begun = _begun(turn.conversation, target.id)
    if begun is not None and not again:
        return _resumable(turn, begun, target, f"report:{form.id}:again")
    cleared = turn.conversation.but(paused=_without(turn.conversation, form.id))
    return _fresh(replace(turn, conversation=cleared), target, {field.id: retold(turn, form, judged.answers)})


def _drop(turn: Turn, what: str) -> Step:
    filling = turn.conversation.filling
    kept = None if filling and filling.form == what else filling
    return turn.step(Reply("form/cancelled"), filling=kept, paused=_without(turn.conversation, what))


def _consent(turn: Turn, filling: Filling, form: Form) -> Step | None:
    if turn.button == ("decline", form.id) or turn.says("no"):
        return turn.step(Reply("form/declined"), filling=None)
    if turn.button == ("agree", form.id) or turn.says("yes"):
        return _next(turn, replace(filling, consented=turn.incoming.at), form)
    return turn.step(question(turn, filling, form), filling=filling)


def _field(turn: Turn, filling: Filling, form: Form) -> Step | None:
    field = form.field(filling.field)
    if field is None:
        return turn.step(Reply("form/gone"), filling=None)
    if turn.button[0] and not _fits(turn.button, field):
        return turn.step(Reply("old-button"), question(turn, filling, form), filling=filling)
    return _answered(turn, filling, form, field)


def _fits(button: tuple[str, str], field: Field) -> bool:
    """A button of another question, or of a form long sent, is no answer to this one."""
    kind, what = button
    fitting = {"field": what.startswith(f"{field.id}:"), "skip": what == field.id, "village": field.kind == "village"}
    return fitting.get(kind, False) or button == ("do", "skip")


def _answered(turn: Turn, filling: Filling, form: Form, field: Field) -> Step:
    read = fields.read(turn, field)
    if isinstance(read, Reply):
        return turn.step(read, filling=filling)
    answers = {**filling.answers, field.id: read.value}
    others = {id: media for id, media in filling.media.items() if id != field.id}
    media = {**others, field.id: read.media} if read.media else others
    next = _next(turn, replace(filling, answers=answers, media=media), form)
    return replace(next, replies=(*_said_at_once(turn, field, read.value), *next.replies))


def _said_at_once(turn: Turn, field: Field, value: str) -> tuple[Reply, ...]:
    """What an answer calls for before anything else is asked."""
    facts = {"country": turn.conversation.subject.country}
    return (Reply(f"form/{field.then[value]}", facts),) if value in field.then else ()


def _next(turn: Turn, filling: Filling, form: Form) -> Step:
    """The next question without an answer; the summary when there is none. What fits no more, after a change, is dropped."""
    filling = _consistent(filling, form)
    left = next((one for one in form.fields if one.id not in filling.answers and one.fits(filling.answers)), None)
    if left is None and form.opens == "verdict":
        return verdict(turn, filling, form)
    if left is None and form.opens == "plan":
        return contact.done(turn, filling, form)
    if left is None:
        done = replace(filling, asking="summary", field="", editing=False)
    else:
        done = replace(filling, asking="field", field=left.id)
    return turn.step(question(turn, done, form), filling=done)


def _consistent(filling: Filling, form: Form) -> Filling:
    """Without the answers that contradict a question's condition: an answer it hangs on has changed."""
    gone = {one.id for one in form.fields if one.contradicts(filling.answers)}
    answers = {id: value for id, value in filling.answers.items() if id not in gone}
    return replace(filling, answers=answers, media={id: one for id, one in filling.media.items() if id not in gone})


def _back(turn: Turn, filling: Filling, form: Form) -> Step:
    """To the question before; from the first one, to the consent if there is one."""
    ids = [field.id for field in form.fields if field.fits(filling.answers)]
    at = ids.index(filling.field) if filling.field in ids else len(ids)
    if form.opens == "case" and (filling.asking == "consent" or at == 0):
        before = replace(filling, asking="consent", field="")
    else:
        before = replace(filling, asking="field", field=ids[max(at - 1, 0)], editing=False)
    return turn.step(question(turn, before, form), filling=before)


def _summary(turn: Turn, filling: Filling, form: Form) -> Step | None:
    kind, what = turn.button
    if (kind, what) == ("send", form.id) or turn.says("send") or turn.says("yes"):
        return send(turn, filling, form)
    if kind == "edit" or turn.says("no"):
        editing = replace(filling, asking="edit")
        return turn.step(question(turn, editing, form), filling=editing)
    return turn.step(question(turn, filling, form), filling=filling)


def _edit(turn: Turn, filling: Filling, form: Form) -> Step | None:
    kind, what = turn.button
    if kind == "edit-line" and form.field(what):
        asked = replace(filling, asking="field", field=what, editing=True)
        return turn.step(question(turn, asked, form), filling=asked)
    back = replace(filling, asking="summary")
    return _summary(turn, back, form) if kind == "send" else turn.step(question(turn, back, form), filling=back)


def _after_a_while(turn: Turn, filling: Filling, form: Form) -> Step | None:
    """Back after hours or days: ask before taking anything as an answer; what they came with is heard by others."""
    fresh = _touched(turn, filling)
    another = turn.heard.command or turn.release.find(turn.heard.terms).topic
    if not turn.typed or (another and turn.heard.command not in OWN_WORDS):
        return None
    return turn.step(waiting(turn, fresh, form, "form/resume"), filling=fresh)


def _touched(turn: Turn, filling: Filling) -> Filling:
    return replace(filling, touched=turn.incoming.at)


def _begun(conversation: Conversation, form: str) -> Filling | None:
    fillings = (*((conversation.filling,) if conversation.filling else ()), *conversation.paused)
    return next((one for one in fillings if one.form == form), None)


def _without(conversation: Conversation, form: str) -> tuple[Filling, ...]:
    return tuple(one for one in conversation.paused if one.form != form)


def _aside(conversation: Conversation, filling: Filling | None, but: str = "") -> Conversation:
    """The form laid aside for later, the newest first."""
    if filling is None or filling.form == but:
        return conversation.but(filling=None)
    return conversation.but(filling=None, paused=(filling, *_without(conversation, filling.form)))


_DOORS: dict[str, Callable[[Turn, str], Step]] = {
    "form": _begin,
    "continue": _continue,
    "restart": _restart,
    "drop": _drop,
    "report": _report,
}
