"""Reporter and worker are two people in one case. Whoever reports, or the officer, passes a code on; the worker writes it from a
phone of their own, and then both write with the officer: neither sees what the other says, nor hears that they said it.
"""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta

from bot.casework.states import OPEN, may
from bot.dialogue import contact, safety
from bot.dialogue.choices import label, split
from bot.dialogue.desk.parts import ask, done, moved, not_now, onward, said_by
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event, Officer, State
from bot.model.effects.cases import Act, InviteWorker, WorkerJoined
from bot.model.effects.telling import ShowKept, TellOfficers, TellPerson
from bot.model.messages import Button, Incoming, Reply
from bot.model.step import Step
from bot.understanding.release import Release

PRESSES = ("invite-mine", "helped-write")
STANDS = timedelta(days=7)
_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_CODE = re.compile(r"w-([A-HJKMNP-TV-Z2-9]{10})", re.IGNORECASE)
_TALK = ("text", "photo", "voice", "file")


def code_in(incoming: Incoming) -> str:
    """The code a message consists of, typed, in a link, or on the button by which one agrees."""
    if incoming.kind == "button":
        kind, code = split(incoming.button)
        return code if kind == "join-case" else ""
    return code_of(incoming.text) if incoming.kind in ("text", "start") else ""


def code_of(text: str) -> str:
    """The code a text or a link's payload consists of; "" for none."""
    found = _CODE.fullmatch(text.strip())
    return found[1].upper() if found else ""


def question(code: str) -> Reply:
    """What it is, and whether they want to: nothing of the case is said before, nor whether the code still stands."""
    return Reply("worker/ask", buttons=(label("agree", f"join-case:{code}"), label("no", "do:menu")))


def comes_back(incoming: Incoming, release: Release) -> bool:
    """Whether the worker asks how it stands."""
    return incoming.button in ("do:cases", "do:status") or release.command(incoming.text) in ("cases", "status")


def listen(turn: Turn) -> Step | None:
    """The code; what the worker says or asks; the wish of whoever reported to have them in the case."""
    code = code_in(turn.incoming)
    if code:
        return _joined(turn, code) if turn.button[0] == "join-case" else _invited(turn, code)
    kind, number = turn.button
    case = turn.conversation.known.case
    if kind == "invite-mine":
        return _asked_for(turn, case if case and case.number == number else None)
    if case is None or case.worker != turn.conversation.person:
        return None
    if kind == "helped-write" and case.number == number:
        effects = safety.back_at(turn, case)
        return turn.step(Reply("cases/write", {"number": number}), effects=effects, talking=number)
    if turn.conversation.talking == case.number and turn.incoming.kind in _TALK and not turn.heard.command:
        return _said(turn, case)
    return _shown(turn, case) if turn.says("cases") or turn.says("status") else None


def may_invite(case: Case) -> bool:
    """Whether whoever handed it in may call in the worker: it is about somebody else, who is not in it yet."""
    return case.state in OPEN and not case.worker and case.answers.get("who") in ("family", "other")


def invite(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """The officer calls the worker in."""
    if not may("reply", case, officer) or case.worker:
        return not_now(turn, case)
    code, giving = _code(turn, case)
    return turn.step(_to_pass_on(turn, code, onward(case)), effects=(giving,), desk="")


def write(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """The officer writes to the worker; whoever reported does not hear of it."""
    if not may("reply", case, officer) or not case.worker:
        return not_now(turn, case)
    text = turn.incoming.text.strip()
    if not text and not turn.incoming.attachment:
        return ask(turn, case, "desk/write-worker", f"reply-worker:{case.number}")
    answers = (label("write", f"helped-write:{case.number}"), label("menu", "do:menu"))
    word = said_by(turn, officer, case, answers)
    telling = TellPerson(case.worker, word, talking=case.number)
    return done(turn, moved(turn, officer, case, "to-worker", text), "desk/sent-worker", telling)


def _code(turn: Turn, case: Case) -> tuple[str, InviteWorker]:
    chance = hashlib.sha256(turn.conversation.known.token.encode()).digest()
    code = "".join(_LETTERS[byte % len(_LETTERS)] for byte in chance[:10])
    return f"w-{code}", InviteWorker(case.number, code, turn.incoming.at + STANDS)


def _asked_for(turn: Turn, case: Case | None) -> Step:
    if case is None or case.person != turn.conversation.person or not may_invite(case):
        return turn.step(Reply("cases/unknown"))
    code, giving = _code(turn, case)
    return turn.step(_to_pass_on(turn, code), effects=(giving,))


def _to_pass_on(turn: Turn, code: str, buttons: tuple[Button, ...] = ()) -> Reply:
    """The links that bring the worker here with the code, as far as doors are open, and the code for whoever types it."""
    doors = turn.conversation.known.doors
    links = [link for link in (doors.telegram_link(code), doors.web_link(code)) if link]
    return Reply("worker/code", {"code": code, "links": links}, buttons)


def _invited(turn: Turn, code: str) -> Step:
    if turn.conversation.known.joins is None:
        return turn.step(Reply("worker/no-code", buttons=(label("menu", "do:menu"),)))
    return turn.step(question(code))


def _joined(turn: Turn, code: str) -> Step:
    case, person = turn.conversation.known.joins, turn.conversation.person
    if case is None:
        return turn.step(Reply("worker/no-code", buttons=(label("menu", "do:menu"),)))
    event = Event(case.number, "from-worker", turn.incoming.at, person)
    notice = Reply("notice/worker", {"number": case.number, "urgency": case.urgency}, (_open(case),))
    effects = (
        Act(case, event, replace(case, worker=person)),
        WorkerJoined(case.number),
        TellOfficers(case.unit, notice, holder=case.officer),
    )
    joined, first = Reply("worker/joined", {"number": case.number}), contact.after_receipt(replace(case, plan=None))
    return turn.step(joined, first, effects=effects, helped=case.number, talking="")


def _said(turn: Turn, case: Case) -> Step:
    """To the officer alone."""
    person, came = turn.conversation.person, turn.incoming
    if case.state not in OPEN:
        return turn.step(Reply("talk/not-relayed", {"number": case.number}, (label("menu", "do:menu"),)), talking="")
    event = Event(case.number, "from-worker", came.at, person, "", came.text, came.attachment)
    state: State = "working" if case.state == "waiting" else case.state
    notice = Reply("notice/from-worker", {"number": case.number, "urgency": case.urgency}, (_open(case),))
    effects = (
        Act(case, event, replace(safety.heard_again(case, person), state=state)),
        TellOfficers(case.unit, notice, holder=case.officer),
        ShowKept(case.number),
    )
    return turn.step(Reply("talk/relayed", {"number": case.number}, (label("menu", "do:menu"),)), effects=effects)


def _shown(turn: Turn, case: Case) -> Step:
    """That an officer is there, and what was kept back for them: nothing of what was reported."""
    facts = {"number": case.number, "state": case.state, "officer": case.officer_name}
    buttons = (
        label("write", f"helped-write:{case.number}"),
        label("contact", f"plan:{case.number}"),
        label("menu", "do:menu"),
    )
    return turn.step(Reply("worker/one", facts, buttons), effects=safety.back_at(turn, case))


def _open(case: Case) -> Button:
    return label("open-case", f"case:{case.number}")
