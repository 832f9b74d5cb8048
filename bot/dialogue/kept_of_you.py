"""What is kept of somebody, until when, and how to have it gone: said in a form for what is asked, and for all on request."""

from datetime import datetime, timedelta

from bot.casework.states import OPEN
from bot.dialogue import joining
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.case import Case
from bot.model.content import said
from bot.model.conversation import Filling
from bot.model.forms import Form
from bot.model.messages import Button, Reply

DRAFT_DAYS = 7
_MONTH = timedelta(days=30.44)
_MOST = 4
_FEW = 4
"""Choices up to which a question has room for one button more."""


def asked_why(turn: Turn) -> bool:
    """Whether somebody wants to know why a form asks this."""
    return turn.says("why-asked") or turn.button[0] == "why"


def why(turn: Turn, filling: Filling, form: Form) -> Reply:
    """What the question is for, who sees the answer, and how long it is kept."""
    field = form.field(filling.field) if filling.asking == "field" else None
    facts = {
        "purpose": said(field.purpose if field else form.purpose, turn.language),
        "months": form.keep_months,
        "kept": form.opens == "case",
        "skip": field is not None and field.skip,
    }
    return Reply("form/why", facts)


def why_button(field: str, options: int) -> tuple[Button, ...]:
    """The button below a question that has room for it; the word is heard everywhere."""
    return (label("why", f"why:{field}"),) if options <= _FEW else ()


def summary(turn: Turn) -> Reply:
    """Everything there is now: each case and each draft with its end, and what is remembered for the next form."""
    talk = turn.conversation
    cases, beside = talk.known.cases, talk.known.beside
    facts = {
        "cases": [_case(turn, one) for one in cases],
        "drafts": [_draft(turn, form, touched) for form, touched in _begun(turn) if turn.release.form(form)],
        "remembered": bool(talk.remembered) or any(one.remembered for one in beside),
        "channels": joining.channels(beside),
    }
    withdrawable = [one for one in cases if one.state in OPEN][:_MOST]
    buttons = tuple(label("withdraw-one", f"withdraw:{one.number}", number=one.number) for one in withdrawable)
    return Reply("privacy/kept", facts, (*buttons, *joining.way(talk)))


def _begun(turn: Turn) -> list[tuple[str, datetime]]:
    """Forms left unsent and when each was last touched: here, and in the chats joined with this one."""
    talk, at = turn.conversation, turn.incoming.at
    here = [(one.form, one.touched or at) for one in (talk.filling, *talk.paused) if one]
    return [*here, *((form, touched) for one in talk.known.beside for form, touched in one.begun.items())]


def _case(turn: Turn, case: Case) -> dict[str, object]:
    """A withdrawn case holds nothing any more; of an open one the end is not known yet, only how long after it."""
    form = turn.release.form(case.form)
    months = form.keep_months if form else 0
    return {
        "number": case.number,
        "title": turn.release.title_of_form(case.form, turn.language),
        "gone": case.state == "withdrawn" or not (case.answers or case.media),
        "months": months,
        "until": (case.closed + months * _MONTH).date() if case.closed else None,
    }


def _draft(turn: Turn, form: str, touched: datetime) -> dict[str, object]:
    until = touched + timedelta(days=DRAFT_DAYS)
    return {"title": turn.release.title_of_form(form, turn.language), "until": until.date()}
