"""One step of a talk: a message comes in, all that follows from it comes out. Pure: no clock, no chance, no I/O.

The first listener with something to say has the word. Danger comes before all else; then the code of an answer, the
officer's desk, the form in progress, "terus?", the code of a village's poster, words and buttons that work everywhere,
the person's cases, and questions. The last always answers. Of a flood nothing but calls for help gets as far as to them.
What the clock brings (`UNASKED`) is no word of the person's and moves nothing in their talk.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.dialogue import (
    arrivals,
    cases,
    checklists,
    choices,
    corrections,
    flood,
    follow_ups,
    forms,
    known,
    menu,
    questions,
    receipts,
    urgent,
    vacancies,
)
from bot.dialogue.desk import entry as desk
from bot.dialogue.turn import Turn
from bot.model.conversation import Conversation
from bot.model.messages import Incoming, Reply
from bot.model.step import Step
from bot.understanding.release import Release

Listener = Callable[[Turn], Step | None]

LISTENERS: tuple[Listener, ...] = (
    arrivals.greet,
    urgent.listen,
    receipts.listen,
    desk.listen,
    forms.listen,
    follow_ups.listen,
    arrivals.listen,
    menu.listen,
    vacancies.listen,
    checklists.listen,
    cases.listen,
    questions.listen,
    menu.always,
)


UNASKED: Mapping[str, Callable[[Turn], Step]] = {"correction": corrections.listen, "vacancies": vacancies.bring}


def step(conversation: Conversation, incoming: Incoming, release: Release) -> Step:
    """All that follows from one message."""
    held = flood.hold(conversation, incoming, release)
    if held is not None:
        return held
    heard_as = choices.pressed(conversation, incoming, release)
    turn = Turn(flood.count(conversation, incoming, release), heard_as, release, release.hear(heard_as.text))
    if incoming.kind in UNASKED:
        return _aside(turn, UNASKED[incoming.kind](turn))
    for listener in LISTENERS:
        said = listener(turn)
        if said is not None:
            whole = _introduce(turn, corrections.owed(turn, forms.take_up_again(turn, said)))
            return _remember(turn, whole)
    raise AssertionError("the last listener always answers")


def _aside(turn: Turn, step: Step) -> Step:
    """What we say unasked moves nothing: the talk stands where the person left it, and "2" means what it meant."""
    talk = turn.conversation
    return replace(step, conversation=talk.but(owed=step.conversation.owed))


def _introduce(turn: Turn, step: Step) -> Step:
    """Who meets us first with a question hears who we are before the answer; who is in danger hears the help alone.

    The web chat's page has said it already.
    """
    met = turn.conversation.greeted or turn.incoming.kind == "start" or turn.incoming.address.channel == "web"
    said = turn.heard.danger or any(one.phrase == "welcome" for one in step.replies)
    return step if met or said else replace(step, replies=(choices.anchored(Reply("welcome")), *step.replies))


def _remember(turn: Turn, step: Step) -> Step:
    """What was offered, in order, so that "2" means the second; and until the next message, what this one told."""
    shown = tuple(button.id for reply in step.replies for button in reply.buttons if not button.facts.get("url"))
    kept = step.conversation.shown if not step.replies else shown
    told = known.just_said(turn, step)
    return replace(step, conversation=step.conversation.but(shown=kept, greeted=True, just_said=told))
