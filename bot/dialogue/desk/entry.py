"""Who is heard at the desk, and which room of it an act belongs to.

Everything is a button `act:number[:rest]`; a press may bring its words along (the pages' forms do), else the next message is it.
Without what it needs an act changes nothing and asks for it. What may be done now is said by `casework/states.py: acts`.

    act                         words           what is said to the officer (to the person)
    today[:part[:whose[:page]]] -               desk/queue, desk/empty; part: "", or one of model/day.py; whose: all, mine
    case:N  more:N              -               desk/case; the acts used less often
    claim:N                     -               desk/claimed, desk/taken, desk/full (told/claimed)
    release:N                   -               desk/released (told/released)
    reveal:N:reason             for "other"     desk/why, desk/case opened; reasons: casework/looks.py REASONS
    attachment:N:field          -               desk/file, or desk/why while they have not opened the case lately
    reply:N[:page]              the message     desk/write, desk/sent (told/said)
    canned:N:id                 -               desk/preview; canned-send:N:id desk/sent (told/said)
    note:N                      the note        desk/write-note, desk/noted
    waiting:N  resume:N         -               desk/waiting, desk/working (told/waiting, told/working)
    snooze:N:2026-12-03         the reason      desk/snooze, desk/snooze-why, desk/no-day, desk/snoozed (told/snoozed)
    wake:N                      -               desk/working (told/working)
    close:N                     -               desk/outcome; outcome:N:outcome + words desk/closed (told/closed)
    reopen:N                    why             desk/reopen-why, desk/reopened (told/opened-again)
    said:N                      their words     desk/said-what, desk/said; paper:N desk/paper, see entering.py
    ask-help:N                  what            desk/help-what, desk/help-asked
    transfer:N[:unit]           place, why      desk/transfer, -why, -which, desk/no-such-unit, desk/transferred (told/...)
    refer:N[:unit[:fields]]     place           desk/refer..., refer-end:N:ID, shared, see referring.py
    merge:N[:M[:yes]]           the other's     desk/merge..., unmerge:N, see merging.py

For an act in two steps (snooze, transfer) words without the rest are the rest as people write it: a day, a place.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.casework.no_phone import WRITING, without_phone
from bot.casework.numbers import pretends
from bot.dialogue import contact, worker
from bot.dialogue.choices import label
from bot.dialogue.desk import (
    absence,
    aside,
    canned,
    entering,
    handing,
    merging,
    moves,
    practice,
    referring,
    seeing,
    team,
    words,
)
from bot.dialogue.desk.today import today, view_of
from bot.dialogue.desk.watch import refused, watched
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.day import View
from bot.model.effects.offices import Appoint, GiveLogin
from bot.model.messages import Reply
from bot.model.step import Step

Doing = Callable[[Turn, Officer, Case, str], Step]
"""What an officer does with a case they see; the last is what stands behind the case's number in the button."""

LOGIN_LASTS = timedelta(minutes=10)
PATIENCE = timedelta(hours=1)
LATE = "late:"
"""Stands before what the desk asked for, when the words come so long after that they may be meant for something else."""
ACTS: Mapping[str, Doing] = {
    "case": seeing.view,
    "more": seeing.more,
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
    "canned": canned.preview,
    "canned-send": words.send_canned,
    "snooze": aside.snooze,
    "wake": aside.wake,
    "reopen": moves.reopen,
    "ask-help": moves.ask_help,
    "transfer": handing.transfer,
    "merge": merging.merge,
    "refer": referring.refer,
    "refer-end": referring.end,
    "unmerge": merging.unmerge,
    "paper": entering.paper,
    "invite": worker.invite,
    "reply-worker": worker.write,
    "said": entering.told_by_mouth,
    "withdraw-for": entering.withdraw_for,
}
WORDED = (
    "reply",
    "reply-worker",
    "note",
    "outcome",
    "reveal",
    "snooze",
    "reopen",
    "ask-help",
    "transfer",
    "merge",
    "refer",
    "said",
)
"""Acts whose words come with the next message."""


def listen(turn: Turn) -> Step | None:
    """An officer's word or button; somebody who comes with an invitation; nobody else."""
    newcomer, officer = _newcomer(turn), turn.conversation.known.officer
    if newcomer or officer is None:
        return newcomer
    if turn.button[0] in team.ACTS:
        return team.listen(turn, officer)
    if turn.says("web"):
        return _login(turn, officer)
    arranged = _day(turn, officer) or practice.listen(turn, officer) or absence.listen(turn, officer)
    return arranged or entering.listen(turn, officer) or act(turn)


def _newcomer(turn: Turn) -> Step | None:
    """Somebody with an invitation, or with a code that is none."""
    conversation = turn.conversation
    if conversation.known.invite and turn.typed:
        return _appointed(turn, conversation.known.invite)
    if conversation.desk == "code:" and turn.typed and not turn.heard.command:
        return turn.step(Reply("desk/wrong-code", buttons=(label("menu", "do:menu"),)), desk="")
    return None


def _day(turn: Turn, officer: Officer) -> Step | None:
    """The list, by its word or by its buttons."""
    if turn.says("queue"):
        return today(turn, officer, View())
    if turn.button[0] == referring.LIST:
        return referring.listed(turn)
    return today(turn, officer, view_of(turn.button[1])) if turn.button[0] == "today" else None


def act(turn: Turn) -> Step | None:
    """What an officer does with a case: a press, or the words a press has asked for."""
    officer = turn.conversation.known.officer
    if officer is None:
        return None
    kind, what = turn.button
    if kind in ACTS:
        return _with_case(turn, officer, kind, what)
    return referring.listen(turn, officer) or _written(turn, officer)


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
    if case is None and pretends(number):
        return turn.step(Reply("practice/gone", buttons=(label("queue", "do:queue"),)), desk="")
    if case is None or case.number != number:
        return refused(turn, officer)
    doing = entering.no_phone if act in WRITING and without_phone(case) else ACTS[act]
    whom = replace(case, plan=case.worker_plan, person=case.worker) if act == "reply-worker" else case
    return contact.noted(turn, whom, watched(turn, officer, doing(turn, officer, case, more)))


def _late(turn: Turn) -> Step | None:
    """Nothing is sent or kept; whoever still means it presses once more."""
    waited = turn.conversation.desk.removeprefix(LATE)
    if waited.partition(":")[0] not in WORDED or turn.heard.command:
        return None
    again = label("again", waited)
    return turn.step(Reply("desk/late", buttons=(again, label("queue", "do:queue"))), desk="")


def _written(turn: Turn, officer: Officer) -> Step | None:
    """The text an act was waiting for."""
    if turn.conversation.desk.startswith(LATE):
        return _late(turn)
    act, _, rest = turn.conversation.desk.partition(":")
    if act not in WORDED or turn.incoming.kind not in ("text", "photo", "voice", "file"):
        return None
    if turn.says("cancel") or turn.says("menu"):
        return turn.step(Reply("cases/kept"), desk="")
    if turn.heard.command in ("queue", "emergency"):
        return None
    return _with_case(turn, officer, act, rest)
