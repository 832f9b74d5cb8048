"""An officer writes down what somebody without a phone says, who sits with them: the same form, consent read aloud.

Words and buttons: the word `enter` (daftarkan), `enter:FORM`; `enter-all:FORM` is a page's whole form at once, as JSON.
On a case that was entered so: `paper:N` gives a new paper, `said:N` + words notes what the person said,
`withdraw-for:N`, then `withdraw-for:N:yes`, withdraws it for them.
"""

import json
from collections.abc import Mapping

from bot.casework.no_phone import without_phone
from bot.dialogue.choices import label
from bot.dialogue.desk.parts import ask, for_no_phone, moved, not_now, onward
from bot.dialogue.desk.whole_form import read_whole
from bot.dialogue.forms import for_another
from bot.dialogue.papers import read_pin, secret_number
from bot.dialogue.sending import hand_in_for_another
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.content import said
from bot.model.conversation import Filling
from bot.model.effects.cases import GivePaper
from bot.model.forms import Form
from bot.model.messages import Button, Reply
from bot.model.step import Step


def listen(turn: Turn, officer: Officer) -> Step | None:
    """The word, one of the forms, or a whole form from a page."""
    kind, what = turn.button
    if turn.says("enter"):
        return turn.step(Reply("desk/enter", buttons=_forms(turn)), desk="")
    if kind not in ("enter", "enter-all"):
        return None
    form = turn.release.form(what)
    if form is None or form.opens != "case":
        return turn.step(Reply("form/gone"), desk="")
    return for_another(turn, form, _here(turn, officer, form)) if kind == "enter" else _whole(turn, officer, form)


def paper(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """A new secret number, since papers get lost; the old one is void at once."""
    if not without_phone(case):
        return not_now(turn, case)
    pin = read_pin(turn.incoming.text) or secret_number(turn.conversation.known.token)
    reply = Reply("desk/paper", {"number": case.number, "pin": pin}, onward(case))
    effects = (moved(turn, officer, case, "paper"), GivePaper(case.number, pin))
    return turn.step(reply, effects=effects, desk="")


def told_by_mouth(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """What the person said to the officer stands in the book as theirs, written down by the officer."""
    if not without_phone(case):
        return not_now(turn, case)
    words = turn.incoming.text.strip()
    if not words:
        return ask(turn, case, "desk/said-what", waits=f"said:{case.number}")
    state = "working" if case.state == "waiting" else case.state
    noted = moved(turn, officer, case, "from-person", words, state=state)
    return turn.step(Reply("desk/said", {"number": case.number}, onward(case)), effects=(noted,), desk="")


def withdraw_for(turn: Turn, officer: Officer, case: Case, sure: str) -> Step:
    """The person takes their consent back: they said so to the officer, who is asked whether it is theirs to say."""
    if not without_phone(case):
        return not_now(turn, case)
    if sure != "yes":
        yes = label("withdraw", f"withdraw-for:{case.number}:yes")
        return ask(turn, case, "desk/withdraw-for", buttons=(yes,))
    gone = moved(turn, officer, case, "withdrawn", state="withdrawn")
    reply = Reply("cases/withdrawn", {"number": case.number}, (label("queue", "do:queue"),))
    return turn.step(reply, effects=(gone,), desk="")


def no_phone(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """Instead of a message that nobody would read."""
    reply = Reply("desk/no-phone", {"number": case.number}, (*for_no_phone(case), *onward(case)))
    return turn.step(reply, desk="")


def _forms(turn: Turn) -> tuple[Button, ...]:
    forms = sorted(turn.release.content.forms.values(), key=lambda one: one.order)
    cases = (one for one in forms if one.opens == "case")
    return tuple(Button(f"enter:{one.id}", label=said(one.title, turn.language)) for one in cases)


def _here(turn: Turn, officer: Officer, form: Form) -> dict[str, str]:
    """Who sits in a village's office is mostly from there."""
    village = officer.unit if turn.release.villages.get(officer.unit) else ""
    return {field.id: village for field in form.fields if field.kind == "village" and village}


def _whole(turn: Turn, officer: Officer, form: Form) -> Step:
    """A page's form, read by the same rules as in a chat: what does not fit is said, and nothing is kept."""
    given = _given(turn.incoming.text)
    read = read_whole(turn, form, given)
    if read.faults or given.get("agreed") != "yes":
        return turn.step(*(read.faults.values() or (Reply("desk/enter-not-agreed"),)))
    filling = Filling(form.id, "summary", answers=read.answers, consented=turn.incoming.at, other=True)
    language = given.get("language", "")
    return hand_in_for_another(turn, filling, form, read_pin(given.get("pin", "")), language)


def _given(text: str) -> Mapping[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    fits = isinstance(found, dict) and all(isinstance(one, str) for one in found.values())
    return found if fits else {}
