"""A form is sent: the case with its number, the consent it rests on, the receipt, and the word to the officers."""

import json

from bot.casework.deadlines import due
from bot.casework.numbers import numbered
from bot.casework.routing import waits_at
from bot.dialogue.choices import anchored, label
from bot.dialogue.turn import Turn
from bot.model.case import Case
from bot.model.content import said
from bot.model.conversation import Filling
from bot.model.forms import Form
from bot.model.messages import Reply
from bot.model.step import Consent, OpenCase, Step, TellOfficers


def send(turn: Turn, filling: Filling, form: Form) -> Step:
    """All that follows from the press of *send*."""
    case = _case(turn, filling, form)
    zone = turn.release.zone(case.village)
    receipt = _receipt(turn, case, form, zone)
    effects = (OpenCase(case, _consent(turn, filling, form)), TellOfficers(case.unit, notice(turn, case, zone)))
    kept = {
        field.id: filling.answers[field.id] for field in form.fields if field.remember and filling.answers.get(field.id)
    }
    remembered = {**turn.conversation.remembered, **kept}
    return turn.step(receipt, effects=effects, filling=None, remembered=remembered, misses=0)


def notice(turn: Turn, case: Case, zone: str) -> Reply:
    """What officers are told of a new case: its number and kind, nothing of what it says."""
    title = turn.release.title_of_form(case.form, "id")
    facts = {"number": case.number, "title": title, "due": case.due, "zone": zone, "urgency": case.urgency}
    return Reply(
        "notice/new", facts, (label("open-case", f"case:{case.number}"), label("claim", f"claim:{case.number}"))
    )


def _case(turn: Turn, filling: Filling, form: Form) -> Case:
    village = _village(turn, filling, form)
    rules, at = turn.release.content.rules, turn.incoming.at
    return Case(
        number=numbered(turn.conversation.known.next_case),
        form=form.id,
        kind=form.kind,
        urgency=form.urgency,
        unit=waits_at(form, filling.answers, village),
        village=village,
        person=turn.conversation.person,
        opened=at,
        due=due(at, form.kind, form.urgency, rules, turn.release.holidays, turn.release.zone(village)),
        answers=filling.answers,
        media=filling.media,
    )


def _village(turn: Turn, filling: Filling, form: Form) -> str:
    asked = next((field.id for field in form.fields if field.kind == "village"), "")
    return filling.answers.get(asked, "") or turn.conversation.remembered.get("village", "")


def _consent(turn: Turn, filling: Filling, form: Form) -> Consent:
    """What was agreed to: the form, the purpose in the words shown, and how long."""
    words = json.dumps([form.id, said(form.purpose, turn.language), form.keep_months, turn.release.version])
    return Consent(form.id, turn.language, filling.consented or turn.incoming.at, words)


def _receipt(turn: Turn, case: Case, form: Form, zone: str) -> Reply:
    facts = {
        "title": said(form.title, turn.language),
        "number": case.number,
        "place": turn.release.place(case.unit),
        "due": case.due,
        "zone": zone,
    }
    return anchored(Reply("form/receipt-urgent" if case.urgency == "emergency" else "form/receipt", facts))
