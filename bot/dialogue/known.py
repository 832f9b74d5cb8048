"""What the last message told, so that a form opened right after it need not ask again.

It is kept until the next message, and no longer than a form left unsent. The words themselves are kept only while a button
for a form that takes them stands below them: those of somebody who tells what happened, or asks what we could not answer;
the words of a question we did answer, until it is said whether that helped.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue.choices import split
from bot.dialogue.context import about
from bot.dialogue.fields import LONGEST
from bot.dialogue.turn import Turn
from bot.model.content import said
from bot.model.conversation import JustSaid
from bot.model.forms import Field, Form
from bot.model.step import Step
from bot.understanding.money import Amount

_WRITTEN = ("text", "photo", "file")
_FEWEST_WORDS = 4
_UNANSWERED = ("candidates", "not-understood", "not-understood-again")


def just_said(turn: Turn, step: Step) -> JustSaid:
    """What this message told; nothing when it was a press, a word of ours, or an answer within a form."""
    heard, told = turn.heard, turn.heard.told
    if turn.button[0] == "not-helped":
        return _unhelped(turn.conversation.just_said)
    if not _outside(turn, step):
        return JustSaid()
    found = JustSaid(
        about=about(turn),
        country=heard.country if len(heard.countries) < 2 else "",
        sector=heard.sector,
        danger=heard.danger.id if heard.danger else "",
        amount=_said(told.amounts[0]) if len(told.amounts) == 1 else "",
        since=told.since.day(turn.incoming.at.date()).isoformat() if told.since else "",
        story=turn.incoming.text.strip() if _is_story(turn, step) else "",
        question=turn.incoming.text.strip() if _was_answered(turn, step) else "",
    )
    return found if found == JustSaid() else replace(found, touched=turn.incoming.at)


def _unhelped(before: JustSaid) -> JustSaid:
    """What was asked is now a question we could not answer, for the officer who is offered."""
    return replace(before, story=before.question or before.story, question="")


def _was_answered(turn: Turn, step: Step) -> bool:
    """Whether these words are a question whose answer can be said not to have helped."""
    rated = any(split(button.id)[0] == "not-helped" for reply in step.replies for button in reply.buttons)
    return rated and len(turn.incoming.text) <= LONGEST and len(turn.heard.tokens) >= _FEWEST_WORDS


def _outside(turn: Turn, step: Step) -> bool:
    """Whether these are words to us: no press, no answer to a form (unless of danger), nothing said to the officer."""
    written = turn.incoming.kind in _WRITTEN and turn.incoming.text and not turn.incoming.button
    within = step.conversation.talking or (step.conversation.filling and not turn.heard.danger)
    return bool(written) and not turn.heard.command and not within


def _said(amount: Amount) -> str:
    return f"{amount.value:.0f} {amount.currency}"


def _is_story(turn: Turn, step: Step) -> bool:
    """Whether the words would be the story of a form offered below them, as whoever presses its button expects."""
    buttons = (split(button.id) for reply in step.replies for button in reply.buttons)
    forms = [form for kind, what in buttons if kind == "form" and (form := turn.release.form(what))]
    return len(turn.incoming.text) <= LONGEST and any(_would_take(turn, step, form) for form in forms)


def _would_take(turn: Turn, step: Step, form: Form) -> bool:
    """What happened to somebody, for a form that is handled with care; a question left unanswered, for any other."""
    if not any(field.from_ == "story" for field in form.fields):
        return False
    if form.urgency != "general":
        return bool(about(turn))
    unanswered = any(reply.phrase in _UNANSWERED for reply in step.replies)
    return unanswered and len(turn.heard.tokens) >= _FEWEST_WORDS


def answers(turn: Turn, form: Form) -> dict[str, str]:
    """What a form need not ask, by field; a value that fits no choice is asked as ever."""
    told = turn.conversation.just_said
    read = ((field.id, _KINDS[field.kind](turn, field, getattr(told, field.from_))) for field in _asking(form, told))
    return {id: value for id, value in read if value}


def _asking(form: Form, told: JustSaid) -> list[Field]:
    return [one for one in form.fields if one.from_ and one.kind in _KINDS and getattr(told, one.from_)]


def _chosen(turn: Turn, field: Field, value: str) -> str:
    return next((one.id for one in field.options if value == one.id or value in one.when), "")


def _written(turn: Turn, field: Field, value: str) -> str:
    content = turn.release.content
    known = {"country": content.countries, "sector": content.sectors}.get(field.from_, {})
    text = said(known[value].name, turn.language) if value in known else value
    return text if len(text) <= (field.high or LONGEST) else ""


def _counted(turn: Turn, field: Field, value: str) -> str:
    number = value.partition(" ")[0]
    fits = number.isdecimal() and (field.low or 0) <= int(number) and (field.high is None or int(number) <= field.high)
    return number if fits else ""


def _dated(turn: Turn, field: Field, value: str) -> str:
    return value if field.from_ == "since" else ""


_KINDS: Mapping[str, Callable[[Turn, Field, str], str]] = {
    "choice": _chosen,
    "text": _written,
    "number": _counted,
    "date": _dated,
}
