"""What a form says: its consent, its questions, its summary, and that it is waiting."""

from dataclasses import replace

from bot.dialogue import fields
from bot.dialogue.choices import label
from bot.dialogue.sending import begins_at
from bot.dialogue.turn import Turn
from bot.model.content import said
from bot.model.conversation import Filling
from bot.model.forms import Field, Form
from bot.model.messages import Button, Reply


def question(turn: Turn, filling: Filling, form: Form) -> Reply:
    """What the form waits for now."""
    if filling.asking == "consent":
        return _ask_consent(turn, filling, form)
    if filling.asking == "summary":
        return _ask_summary(turn, filling, form)
    if filling.asking == "edit":
        buttons = tuple(Button(f"edit-line:{one.id}", label=_label(one, turn.language)) for one in form.fields)
        return Reply("form/edit-which", buttons=buttons)
    return fields.ask(turn, form, filling)


def _ask_consent(turn: Turn, filling: Filling, form: Form) -> Reply:
    facts = {
        "title": said(form.title, turn.language),
        "purpose": said(form.purpose, turn.language),
        "months": form.keep_months,
        "count": len(fields.questions(form, filling)),
        "known": ", ".join(_label(field, turn.language) for field in form.fields if _told(field, filling)),
    }
    if filling.other:
        present = (label("agreed-in-presence", f"agree:{form.id}"), label("decline", f"decline:{form.id}"))
        return Reply("form/consent-aloud", facts, present)
    return Reply("form/consent", facts, (label("agree", f"agree:{form.id}"), label("decline", f"decline:{form.id}")))


def _told(field: Field, filling: Filling) -> bool:
    return bool(field.from_) and field.id in filling.answers


def _ask_summary(turn: Turn, filling: Filling, form: Form) -> Reply:
    lines = [
        {
            "label": _label(field, turn.language),
            "value": turn.release.say(field, filling.answers[field.id], turn.language),
            "media": filling.media[field.id].kind if field.id in filling.media else "",
        }
        for field in form.fields
        if field.id in filling.answers
    ]
    facts = {"title": said(form.title, turn.language), "lines": lines, **receiver(turn, filling, form)}
    return Reply(
        "form/summary",
        facts,
        (
            label("send", f"send:{form.id}"),
            label("edit", "edit:"),
            *_other_way(turn, filling, form),
            label("cancel", "do:cancel"),
        ),
    )


def receiver(turn: Turn, filling: Filling, form: Form) -> dict[str, object]:
    """Whom it goes to, and whose offices do not see it."""
    begins = begins_at(turn, filling, form)
    return {
        "place": turn.release.place(begins.unit),
        "hidden": turn.release.place(begins.barred) if begins.barred else "",
    }


def _other_way(turn: Turn, filling: Filling, form: Form) -> tuple[Button, ...]:
    """Past the village, or to it after all; who accuses the village's people has no need to choose."""
    accuses = begins_at(turn, replace(filling, past_village=False), form).barred
    return () if accuses else (fields.past_village(form, filling),)


def waiting(turn: Turn, filling: Filling, form: Form, phrase: str, again: str = "") -> Reply:
    """That a form is waiting, and the ways to go on with it; `again` is the button that starts it anew.

    One not agreed to has begun no question, so it waits at none (`number` 0).
    """
    ids = [field.id for field in fields.questions(form, filling)]
    place = ids.index(filling.field) + 1 if filling.field in ids else len(ids)
    number = 0 if filling.asking == "consent" else place
    facts = {"title": said(form.title, turn.language), "number": number, "count": len(ids)}
    buttons = (
        label("go-on", f"continue:{form.id}"),
        label("start-again", again or f"restart:{form.id}"),
        label("cancel", f"drop:{form.id}"),
    )
    return Reply(phrase, facts, buttons)


def _label(field: Field, language: str) -> str:
    return said(field.label or field.ask, language)
