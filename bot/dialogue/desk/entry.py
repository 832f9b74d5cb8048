"""Who is heard at the desk, and which room of it an act belongs to.

Everything is a button `act:number`; a press may bring its text along (the pages' forms do), else the next message is it.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.dialogue.choices import label
from bot.dialogue.desk import moves, seeing, words
from bot.dialogue.desk.today import today
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.messages import Reply
from bot.model.step import Appoint, GiveLogin, Step

Doing = Callable[[Turn, Officer, Case, str], Step]
"""What an officer does with a case they see; the last is what stands behind the case's number in the button."""

LOGIN_LASTS = timedelta(minutes=10)
ACTS: Mapping[str, Doing] = {
    "case": seeing.view,
    "claim": moves.claim,
    "release": moves.release,
    "reply": words.reply,
    "note": words.note,
    "waiting": moves.wait,
    "resume": moves.resume,
    "close": moves.close,
    "outcome": moves.outcome,
    "reveal": seeing.reveal,
    "attachment": seeing.attachment,
}
WORDED = ("reply", "note", "outcome")
"""Acts whose words come with the next message."""


def listen(turn: Turn) -> Step | None:
    """An officer's word or button; somebody who comes with an invitation; nobody else."""
    conversation, officer = turn.conversation, turn.conversation.known.officer
    if conversation.known.invite and turn.typed:
        return _appointed(turn, conversation.known.invite)
    if conversation.desk == "code:" and turn.typed and not turn.heard.command:
        return turn.step(Reply("desk/wrong-code", buttons=(label("menu", "do:menu"),)), desk="")
    if officer is None:
        return None
    if turn.says("queue"):
        return today(turn, officer)
    if turn.says("web"):
        return _login(turn, officer)
    return act(turn)


def act(turn: Turn) -> Step | None:
    """What an officer does with a case: a press, or the words a press has asked for."""
    officer = turn.conversation.known.officer
    if officer is None:
        return None
    kind, what = turn.button
    return _with_case(turn, officer, kind, what) if kind in ACTS else _written(turn, officer)


def _appointed(turn: Turn, invite: Officer) -> Step:
    facts = {"name": invite.name, "place": turn.release.place(invite.unit)}
    reply = Reply("desk/welcome", facts, (label("queue", "do:queue"),))
    return turn.step(reply, effects=(Appoint(invite, turn.conversation.person),), desk="")


def _login(turn: Turn, officer: Officer) -> Step:
    token = turn.conversation.known.token
    if not turn.conversation.known.pages:
        return turn.step(Reply("desk/no-web"), desk="")
    link = f"{turn.conversation.known.pages}/officers/login/{token}"
    giving = GiveLogin(officer.id, token, turn.incoming.at + LOGIN_LASTS)
    return turn.step(Reply("desk/login", {"link": link}), effects=(giving,), desk="")


def _with_case(turn: Turn, officer: Officer, act: str, what: str) -> Step:
    number, _, more = what.partition(":")
    case = turn.conversation.known.case
    if case is None or case.number != number:
        return turn.step(Reply("desk/unknown", buttons=(label("queue", "do:queue"),)), desk="")
    return ACTS[act](turn, officer, case, more)


def _written(turn: Turn, officer: Officer) -> Step | None:
    """The text an act was waiting for."""
    act, _, rest = turn.conversation.desk.partition(":")
    if act not in WORDED or turn.incoming.kind not in ("text", "photo", "voice", "file"):
        return None
    if turn.says("cancel") or turn.says("menu"):
        return turn.step(Reply("cases/kept"), desk="")
    if turn.heard.command in ("queue", "emergency"):
        return None
    return _with_case(turn, officer, act, rest)
