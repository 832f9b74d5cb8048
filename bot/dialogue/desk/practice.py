"""Training: an officer asks for pretend cases, and ends it; what they do meanwhile is the desk's, as with any case.

button         what happens
practice:      practice/begun with their cases; practice/running when there is one already
practice-end:  practice/over and practice/remember; the cases are erased. practice/none when there is none
"""

from collections.abc import Iterable

from bot.casework.clocks import ticking
from bot.casework.numbers import pretended
from bot.casework.practising import learnt
from bot.casework.states import OPEN
from bot.dialogue.choices import label
from bot.dialogue.desk.parts import line
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.contact import Contact
from bot.model.content import said
from bot.model.effects.offices import BeginPractice, EndPractice
from bot.model.forms import Form
from bot.model.messages import Button, Reply
from bot.model.practice import STORY, Story
from bot.model.step import Step

PRESSES = ("practice", "practice-end")
_MOST_LESSONS = 5
"""What one remembers, and one message holds; all were told when they came up."""


def listen(turn: Turn, officer: Officer) -> Step | None:
    """A word or button of training."""
    kind, _ = turn.button
    if kind not in PRESSES:
        return None
    return _begin(turn, officer) if kind == "practice" else _end(turn, officer)


def _begin(turn: Turn, officer: Officer) -> Step:
    """Once: whoever practises already is shown where they stand."""
    practice = turn.conversation.known.practice
    if practice.round:
        return turn.step(_listed(turn, "practice/running", [case for case, _ in practice.cases]), desk="")
    cases = tuple(_pretend(turn, officer, story, form, practice.next) for story, form in _stories(turn))
    if not cases:
        return turn.step(Reply("practice/none-yet", buttons=(label("queue", "do:queue"),)), desk="")
    beginning = BeginPractice(officer.id, practice.next, cases)
    return turn.step(_listed(turn, "practice/begun", cases), effects=(beginning,), desk="")


def _end(turn: Turn, officer: Officer) -> Step:
    """How it has gone, what there is to remember, and that all of it is gone."""
    practice = turn.conversation.known.practice
    back = (label("practice", "practice:"), label("queue", "do:queue"))
    if not practice.round:
        return turn.step(Reply("practice/none", buttons=back), desk="")
    content = turn.release.content
    found = learnt(practice, content.practice, content.lessons)
    over = Reply("practice/over", {"cases": found.cases, "deeds": found.deeds})
    texts = [said(lesson.text, turn.language) for lesson in found.lessons[:_MOST_LESSONS]]
    remember = Reply("practice/remember", {"lessons": texts, "worked": any(found.deeds.values())}, back)
    return turn.step(over, remember, effects=(EndPractice(officer.id, practice.round),), desk="")


def _listed(turn: Turn, phrase: str, cases: Iterable[Case]) -> Reply:
    """The cases, those that are over last."""
    found = sorted(cases, key=lambda one: one.state not in OPEN)
    lines = [line(turn, case) for case in found]
    buttons = tuple(Button(f"case:{one.number}", phrase="case", facts={"number": one.number}) for one in found)
    return Reply(
        phrase, {"lines": lines}, (*buttons, label("practice-end", "practice-end:"), label("queue", "do:queue"))
    )


def _stories(turn: Turn) -> list[tuple[Story, Form]]:
    """The stories of the content in their order, each with its form."""
    stories = sorted(turn.release.content.practice.values(), key=lambda one: one.order)
    return [(one, form) for one in stories if (form := turn.release.form(one.form))]


def _pretend(turn: Turn, officer: Officer, story: Story, form: Form, round: int) -> Case:
    """A case as a person of the officer's own place would hand it in. Who does not exist has a number below zero."""
    at, number = turn.incoming.at, pretended(round, story.order)
    village = officer.unit if turn.release.villages.get(officer.unit) else ""
    here = {field.id: village for field in form.fields if field.kind == "village" and village}
    case = Case(
        number=number,
        form=form.id,
        kind=form.kind,
        urgency=form.urgency,
        unit=officer.unit,
        village=village,
        person=-int(number),
        opened=at,
        due=at,
        answers={**story.answers, **here, STORY: story.id},
        practice_of=officer.id,
        plan=Contact(may_write=True, shared=False, zone=turn.release.zone(village)),
    )
    return ticking(case, "opened", at, turn.timing(case))
