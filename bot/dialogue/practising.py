"""While an officer practises: what they do is done as ever, but reaches nobody, and the pretend person answers at once.

The person's answer is heard by the rooms that hear any person's (`cases`, `sharing`), within the same step: so it is written
down in the commit of the act it answers, and nothing of it ever stands in the outbox. Called for every step; all but those
about a pretend case pass as they are.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.casework.practising import answer, lessons
from bot.dialogue import cases, sharing, ticks
from bot.dialogue.turn import Turn
from bot.model.case import Case
from bot.model.content import said
from bot.model.conversation import Conversation, Known
from bot.model.effects.cases import Act, InviteWorker, Refer
from bot.model.effects.telling import ClearChat, RefusedLook, Telling, TellOfficers
from bot.model.messages import Address, Incoming, Reply
from bot.model.practice import STORY, Line, Story
from bot.model.step import Effect, Step

_PRETEND = Address("practice", "desk", "")
_FOR_REAL = ("danger/", "emergency")
"""What is said of real danger bears no mark of training, whatever stands beside it."""


def lived(turn: Turn, step: Step) -> Step:
    """The step as it is in training: marked, kept from all others, with what may be learnt and what the person answers."""
    case, officer = turn.conversation.known.case, turn.conversation.known.officer
    if case is None or officer is None or case.practice_of != officer.id:
        return step
    effects = tuple(one for one in step.effects if not _reaches_others(one))
    story = turn.release.content.practice.get(case.answers.get(STORY, ""))
    done = next((one for one in effects if isinstance(one, Act) and one.case.number == case.number), None)
    told, heard = step.replies, Step(turn.conversation)
    if story and done:
        heard = _answered(turn, done, story, effects)
        told = (*told, *_lessons(turn, done, story), *heard.replies)
    return replace(step, replies=marked(told), effects=(*effects, *heard.effects))


def marked(replies: Iterable[Reply]) -> tuple[Reply, ...]:
    """With the word that says that it is training."""
    return tuple(
        one if one.phrase.startswith(_FOR_REAL) else replace(one, facts={**one.facts, "practice": True})
        for one in replies
    )


def _reaches_others(effect: Effect) -> bool:
    """Whatever is told to anybody, and an invitation that would open a case to a real phone."""
    return isinstance(effect, Telling | InviteWorker) and not isinstance(effect, ClearChat | RefusedLook)


def _lessons(turn: Turn, done: Act, story: Story) -> tuple[Reply, ...]:
    found = lessons(story, turn.release.content.lessons, done.case, turn.conversation.known.events, done.event)
    return tuple(Reply("practice/lesson", {"text": said(one.text, turn.language)}) for one in found)


def _answered(turn: Turn, done: Act, story: Story, effects: tuple[Effect, ...]) -> Step:
    """What the person does, as it is written down; what officers are told of it, the one who practises is told."""
    line = answer(story, turn.conversation.known.events, done.event)
    theirs = _turn_of(turn, done, line, effects) if line else None
    if theirs is None:
        return Step(turn.conversation)
    whole = sharing.listen(theirs) or cases.listen(theirs) or theirs.step()
    lasting = tuple(one for one in ticks.in_time(theirs, whole).effects if isinstance(one, Act | Refer))
    told = tuple(one.reply for one in whole.effects if isinstance(one, TellOfficers))
    return Step(turn.conversation, told, lasting)


def _turn_of(turn: Turn, done: Act, line: Line, effects: tuple[Effect, ...]) -> Turn | None:
    """The person before their phone, after the act; None when there is nothing they could press."""
    asked = next((one.referral for one in effects if isinstance(one, Refer)), None)
    if line.presses.startswith("share-") and asked is None:
        return None
    about = str(asked.id) if asked and line.presses.startswith("share-") else done.case.number
    button = f"{line.presses}:{about}" if line.presses else ""
    talk = Conversation(done.case.person, greeted=True, talking=done.case.number)
    known = Known(case=_after(done), events=(*turn.conversation.known.events, done.event), referral=asked)
    incoming = Incoming(_PRETEND, "", "button" if button else "text", turn.incoming.at, line.says, button)
    return Turn(talk.but(known=known), incoming, turn.release, turn.release.hear(line.says))


def _after(done: Act) -> Case:
    """The case as the store will have it once the act is written down."""
    closed = done.event.at if done.after.state == "closed" else done.after.closed
    return replace(done.after, version=done.case.version + 1, closed=closed)
