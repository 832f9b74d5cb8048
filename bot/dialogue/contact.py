"""How somebody may be written to about a sensitive case: may we write first, and if they like, when, and what to be careful of.

The first question comes with the receipt and its answer counts at once; the others are a form that opens a plan. Until
there is an answer we do not write first.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.casework.contact import manner_of
from bot.casework.states import OPEN
from bot.casework.window import approved
from bot.dialogue.choices import label
from bot.dialogue.fields import ask
from bot.dialogue.safety import plain
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event
from bot.model.contact import Contact
from bot.model.content import said
from bot.model.conversation import Conversation, Filling
from bot.model.effects.cases import Act, SetCode
from bot.model.forms import Form
from bot.model.messages import Button, Reply
from bot.model.step import Effect, Step
from bot.model.templates import Templates

PRESSES = ("plan", "plan-yes", "plan-no")
FORM = "safe-contact"


def after_receipt(case: Case) -> Reply:
    """May we write first? Where the form has asked that already, the way to the other questions."""
    number = case.number
    if case.plan is not None:
        return Reply("contact/more", buttons=_further(number))
    return Reply("contact/first", buttons=(label("yes", f"plan-yes:{number}"), label("no", f"plan-no:{number}")))


def _further(number: str) -> tuple[Button, ...]:
    """The way to the other questions, and past them."""
    return label("contact", f"plan:{number}"), label("menu", "do:menu")


def listen(turn: Turn) -> Step | None:
    """An answer to the first question, or the wish to say more."""
    kind, what = turn.button
    if kind not in PRESSES:
        return None
    case = turn.conversation.known.case
    if case is None or case.number != what.partition(":")[0] or case.state not in OPEN:
        return turn.step(Reply("cases/unknown"))
    return _PRESSED[kind](turn, case)


def plan_of(case: Case, person: int) -> Contact | None:
    """This person's own plan: the worker's, or that of whoever handed the case in."""
    return case.worker_plan if person == case.worker else case.plan


def planned(case: Case, person: int, plan: Contact) -> Case:
    """The case with this person's plan."""
    return replace(case, worker_plan=plan) if person == case.worker else replace(case, plan=plan)


def done(turn: Turn, filling: Filling, form: Form) -> Step:
    """All questions of the plan are answered."""
    case = turn.conversation.known.case
    if case is None or case.number != filling.case or case.state not in OPEN:
        return turn.step(Reply("cases/unknown"), filling=None)
    plan, code = _plan(turn, filling, form), filling.answers.get("code-word", "")
    talk = _remembering(turn.conversation, case.number, plan, coded=bool(code))
    effects: tuple[Effect, ...] = (_act(turn, case, plan), SetCode(case.number, code))
    talk = talk.but(filling=None, unlocked={**talk.unlocked, case.number: turn.incoming.at})
    return Step(talk, (Reply("contact/kept", buttons=(label("menu", "do:menu"),)),), effects)


def _first(turn: Turn, case: Case, *, may: bool) -> Step:
    """Yes means that nobody else reads this phone, as the question says."""
    before = plan_of(case, turn.conversation.person) or Contact(zone=turn.release.zone(case.village))
    plan = replace(before, may_write=may, shared=before.shared and not may)
    told = Reply("contact/may" if may else "contact/may-not", buttons=_further(case.number))
    quietly = turn.conversation.discreet or plan.shared
    return turn.step(told, effects=(_act(turn, case, plan),), discreet=quietly)


def _yes(turn: Turn, case: Case) -> Step:
    return _first(turn, case, may=True)


def _no(turn: Turn, case: Case) -> Step:
    return _first(turn, case, may=False)


def _begin(turn: Turn, case: Case) -> Step:
    form = turn.release.form(FORM)
    if form is None:
        return turn.step(Reply("form/gone"))
    filling = Filling(FORM, asking="field", field=form.fields[0].id, touched=turn.incoming.at, case=case.number)
    aside = (*((turn.conversation.filling,) if turn.conversation.filling else ()), *turn.conversation.paused)
    paused = tuple(one for one in aside if one.form != FORM)
    return turn.step(ask(turn, form, filling), filling=filling, paused=paused, talking="", desk="")


def _plan(turn: Turn, filling: Filling, form: Form) -> Contact:
    given = filling.answers
    begin, _, end = given.get("hours", "").partition("-")
    cover = form.field("cover")
    chosen = next((one for one in cover.options if one.id == given.get("cover")), None) if cover else None
    case = turn.conversation.known.case
    return Contact(
        may_write=given.get("may-write") == "yes",
        begin=begin if end else "",
        end=end,
        shared=given.get("shared") != "no",
        cover=said(chosen.label, turn.language) if chosen else "",
        not_now=given.get("not-now", ""),
        zone=turn.release.zone(case.village if case else ""),
    )


def _remembering(talk: Conversation, number: str, plan: Contact, *, coded: bool) -> Conversation:
    """What the talk itself must know, to be silent or shut without looking anything up."""
    hush = {one: word for one, word in talk.hush.items() if one != number}
    if plan.not_now:
        hush[number] = plain(plan.not_now)
    others = tuple(one for one in talk.coded if one != number)
    return talk.but(hush=hush, coded=(*others, number) if coded else others, discreet=talk.discreet or plan.shared)


def _act(turn: Turn, case: Case, plan: Contact) -> Act:
    person = turn.conversation.person
    return Act(case, Event(case.number, "contact", turn.incoming.at, person), planned(case, person, plan))


def noted(turn: Turn, case: Case, step: Step) -> Step:
    """What an officer hears of a case, with how its person may be written to: before they write, and after."""
    how = how_to_write(case, turn.incoming.at)
    if how in ("", "covered", "later") and case.person in turn.conversation.known.shut:
        how = out_of_the_day(turn.release.content.templates, turn.conversation.known.theirs, how)
    if not how:
        return step
    return replace(step, replies=tuple(replace(one, facts={**one.facts, "how": how}) for one in step.replies))


def out_of_the_day(templates: Templates, language: str, how: str = "") -> str:
    """The same, where the platform takes nothing but a template: one tells that there is news, or all of it waits."""
    if how == "covered" and approved(templates, "covered", language):
        return how
    return "announced" if how != "covered" and approved(templates, "case", language) else "outside"


def how_to_write(case: Case, at: datetime) -> str:
    """In one word: "" is openly."""
    if case.plan is not None and case.plan.silent:
        return "silent"
    how = manner_of(case, at)
    return "kept" if how.kept else "covered" if how.covered else "later" if how.later else ""


_PRESSED: Mapping[str, Callable[[Turn, Case], Step]] = {"plan": _begin, "plan-yes": _yes, "plan-no": _no}
