"""A form is sent: the case with its number, the consent it rests on, the receipt, and the word to the officers."""

import json
from dataclasses import replace

from bot.casework import phones
from bot.casework.clocks import ticking
from bot.casework.numbers import numbered
from bot.casework.routing import Start, start
from bot.dialogue import contact, papers
from bot.dialogue.choices import anchored, label
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.contact import Contact
from bot.model.content import said
from bot.model.conversation import Filling
from bot.model.effects.cases import Consent, EnterCase, OpenCase
from bot.model.effects.telling import TellOfficers
from bot.model.forms import Form
from bot.model.messages import Reply
from bot.model.step import Step

_PAPERS = "id"
"""What papers speak, where nothing else was chosen."""


def send(turn: Turn, filling: Filling, form: Form) -> Step:
    """All that follows from the press of *send*."""
    if filling.other:
        return hand_in_for_another(turn, filling, form)
    case = _case(turn, filling, form)
    zone = turn.release.zone(case.village)
    receipt = _receipt(turn, case, form, zone)
    opening = OpenCase(case, _consent(turn, filling, form), _phones(filling, form))
    effects = (opening, TellOfficers(case.unit, notice(turn, case, zone)))
    kept = {
        field.id: filling.answers[field.id] for field in form.fields if field.remember and filling.answers.get(field.id)
    }
    remembered = {**turn.conversation.remembered, **kept}
    more = () if case.urgency == "general" else (contact.after_receipt(case),)
    watched = case.plan is not None and case.plan.shared
    quietly = turn.conversation.discreet or watched
    return turn.step(receipt, *more, effects=effects, filling=None, remembered=remembered, misses=0, discreet=quietly)


def hand_in_for_another(turn: Turn, filling: Filling, form: Form, pin: str = "", language: str = "") -> Step:
    """An officer hands in what somebody without a phone has said: only for villages in their care, with a paper for them.

    Nothing of it is remembered as the officer's own. `language` is what the paper and later talks speak.
    """
    officer = turn.conversation.known.officer
    if officer is None:
        return turn.step(Reply("form/gone"), filling=None)
    case = replace(_case(turn, filling, form), person=0, entered_by=officer.id)
    if not officer.scope.sees(case.village):
        return turn.step(Reply("desk/enter-elsewhere", buttons=(label("edit", "edit:"),)), filling=filling)
    pin = pin or papers.secret_number(turn.conversation.known.token)
    consent = replace(_consent(turn, filling, form), language=language or _PAPERS)
    told = TellOfficers(case.unit, notice(turn, case, turn.release.zone(case.village)))
    effects = (EnterCase(OpenCase(case, consent, _phones(filling, form)), officer, pin), told)
    return turn.step(_entered(turn, officer, case, pin), effects=effects, filling=None, misses=0)


def _entered(turn: Turn, officer: Officer, case: Case, pin: str) -> Reply:
    """The two numbers for the paper, said once; what is about the village's own people the officer cannot open."""
    seen = officer.scope.sees(case.unit)
    facts = {
        "number": case.number,
        "pin": papers.spaced(pin),
        "place": turn.release.place(case.unit),
        "due": case.due,
        "zone": turn.release.zone(case.village),
        "seen": seen,
    }
    open_it = (label("open-case", f"case:{case.number}"),) if seen else ()
    return Reply("desk/entered", facts, (*open_it, label("queue", "do:queue")))


def notice(turn: Turn, case: Case, zone: str) -> Reply:
    """What officers are told of a new case: its number and kind, nothing of what it says."""
    title = turn.release.title_of_form(case.form, "id")
    facts = {"number": case.number, "title": title, "due": case.due, "zone": zone, "urgency": case.urgency}
    return Reply(
        "notice/new", facts, (label("open-case", f"case:{case.number}"), label("claim", f"claim:{case.number}"))
    )


def _case(turn: Turn, filling: Filling, form: Form) -> Case:
    village, at = _village(turn, filling, form), turn.incoming.at
    begins = begins_at(turn, filling, form)
    case = Case(
        number=numbered(turn.conversation.known.next_case),
        form=form.id,
        kind=form.kind,
        urgency=form.urgency,
        unit=begins.unit,
        village=village,
        person=turn.conversation.person,
        opened=at,
        due=at,
        answers=filling.answers,
        media=filling.media,
        barred=begins.barred,
        plan=_plan(turn, filling, form, village),
    )
    return ticking(case, "opened", at, turn.timing(case))


def _plan(turn: Turn, filling: Filling, form: Form, village: str) -> Contact | None:
    """Whether we may write first, where the form has asked; yes means that nobody else reads this phone."""
    asked = next((one.id for one in form.fields if one.sets == "may-write"), "")
    if asked not in filling.answers:
        return None
    may = filling.answers[asked] == "yes"
    return Contact(may_write=may, shared=not may, zone=turn.release.zone(village))


def begins_at(turn: Turn, filling: Filling, form: Form) -> Start:
    """Where the case will wait, as far as the form is filled in."""
    return start(form, filling.answers, _village(turn, filling, form), past_village=filling.past_village)


def _village(turn: Turn, filling: Filling, form: Form) -> str:
    asked = next((field.id for field in form.fields if field.kind == "village"), "")
    own = "" if filling.other else turn.conversation.remembered.get("village", "")
    return filling.answers.get(asked, "") or own


def _consent(turn: Turn, filling: Filling, form: Form) -> Consent:
    """What was agreed to: the form, the purpose in the words shown, and how long."""
    words = json.dumps([form.id, said(form.purpose, turn.language), form.keep_months, turn.release.version])
    return Consent(form.id, turn.language, filling.consented or turn.incoming.at, words)


def _phones(filling: Filling, form: Form) -> tuple[str, ...]:
    """The telephone numbers given, made alike."""
    given = (phones.alike(filling.answers.get(field.id, "")) for field in form.fields if field.kind == "phone")
    return tuple(one for one in given if one)


def _receipt(turn: Turn, case: Case, form: Form, zone: str) -> Reply:
    facts = {
        "title": said(form.title, turn.language),
        "number": case.number,
        "place": turn.release.place(case.unit),
        "due": case.due,
        "zone": zone,
        "head": turn.conversation.known.head,
    }
    urgent = case.urgency == "emergency"
    if case.plan is not None and not case.plan.may_write:
        return anchored(Reply("form/receipt-kept", {**facts, "urgent": urgent}))
    return anchored(Reply("form/receipt-urgent" if urgent else "form/receipt", facts))
