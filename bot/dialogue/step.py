"""One step of a talk: a message comes in, all that follows from it comes out. Pure: no clock, no chance, no I/O.

The first listener with something to say has the word. Danger comes before all else; then the code of an answer, the
officer's desk, the form in progress, "terus?", the code of a village's poster, words and buttons that work everywhere,
the person's cases, and questions. The last always answers. Of a flood nothing but calls for help gets as far as to them.
What the clock brings (`UNASKED`) is no word of the person's and moves nothing in their talk.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.dialogue import (
    arrivals,
    broadcasts,
    case_clock,
    cases,
    checklists,
    choices,
    contact,
    corrections,
    digests,
    discreet,
    flood,
    follow_ups,
    forms,
    joining,
    known,
    left_behind,
    menu,
    openings,
    papers,
    practising,
    questions,
    receipts,
    safety,
    sharing,
    ticks,
    unread,
    urgent,
    vacancies,
    worker,
)
from bot.dialogue.desk import entry as desk
from bot.dialogue.turn import Turn
from bot.model.conversation import Conversation
from bot.model.messages import Incoming, Reply
from bot.model.step import Step
from bot.understanding.release import Release

Listener = Callable[[Turn], Step | None]
_PAGES = "officers"
"""The account of the officers' pages."""

LISTENERS: tuple[Listener, ...] = (
    arrivals.greet,
    urgent.listen,
    safety.listen,
    contact.listen,
    discreet.listen,
    worker.listen,
    joining.listen,
    receipts.listen,
    desk.listen,
    unread.listen,
    forms.listen,
    papers.listen,
    follow_ups.listen,
    arrivals.listen,
    menu.listen,
    vacancies.listen,
    checklists.listen,
    openings.listen,
    sharing.listen,
    cases.listen,
    questions.listen,
    menu.always,
)


UNASKED: Mapping[str, Callable[[Turn], Step]] = {
    "correction": corrections.listen,
    "vacancies": vacancies.bring,
    "case-clock": case_clock.bring,
    "digest": digests.bring,
    "broadcast": broadcasts.bring,
    "broadcast-news": broadcasts.tell,
    "left": left_behind.bring,
}


def step(conversation: Conversation, incoming: Incoming, release: Release) -> Step:
    """All that follows from one message, in words that fit who may look at the phone."""
    return discreet.veiled(_decided(conversation, incoming, release))


def _decided(conversation: Conversation, incoming: Incoming, release: Release) -> Step:
    held = flood.hold(conversation, incoming, release)
    if held is not None:
        return held
    hushed = safety.hush(conversation, incoming, release)
    if hushed is not None:
        return hushed
    if incoming.kind not in UNASKED:
        conversation = safety.shut(conversation, incoming.at)
    heard_as = choices.pressed(conversation, incoming, release)
    talk = _put_down(flood.count(conversation, incoming, release), heard_as, conversation.flood.at)
    turn = Turn(talk, heard_as, release, release.hear(heard_as.text))
    if incoming.kind in UNASKED:
        return _aside(turn, ticks.in_time(turn, UNASKED[incoming.kind](turn)))
    for listener in LISTENERS:
        said = listener(turn)
        if said is not None:
            whole = _introduce(turn, corrections.owed(turn, forms.take_up_again(turn, said)))
            so_far = practising.lived(turn, ticks.in_time(turn, whole))
            done = safety.counted(turn, _remember(turn, so_far))
            return _beside(conversation, done) if incoming.address.account == _PAGES else unread.read(done)
    raise AssertionError("the last listener always answers")


def _beside(before: Conversation, step: Step) -> Step:
    """What an officer does in the pages moves nothing in their chat: there "1" means what was offered there, and what they were
    asked for there is still what their next words are."""
    return replace(step, conversation=step.conversation.but(shown=before.shown, desk=before.desk))


def _put_down(talk: Conversation, heard_as: Incoming, before: datetime | None) -> Conversation:
    """Whoever presses something else has left what the desk asked for: their next words must not go to somebody's case.

    Nor must those that come long after: they are asked again.
    """
    if not talk.desk or heard_as.button:
        return talk.but(desk="")
    late = before is not None and heard_as.at - before > desk.PATIENCE
    return talk.but(desk=f"{desk.LATE}{talk.desk}") if late and not talk.desk.startswith(desk.LATE) else talk


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
