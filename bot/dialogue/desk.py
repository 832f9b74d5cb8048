"""The officer's desk in a chat, and behind the web pages: the list, a case, and all that is done with it.

Everything is a button `act:number`; a press may bring its text along (the pages' forms do), else the next message is it.
"""

from collections.abc import Callable
from datetime import timedelta

from bot.casework.masking import masked, revealed
from bot.casework.states import MOVES, OUTCOMES, acts, may
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event, Officer
from bot.model.messages import Button, Reply
from bot.model.step import Act, Appoint, GiveLogin, Step, TellPerson

LOGIN_LASTS = timedelta(minutes=10)
ACTS = ("case", "claim", "release", "reply", "note", "waiting", "resume", "close", "outcome", "reveal", "attachment")
_MOST = 10
_SHOWN_EVENTS = 6


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
        return _queue(turn, officer)
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


def _queue(turn: Turn, officer: Officer) -> Step:
    cases = turn.conversation.known.queue
    place = turn.release.place(officer.unit)
    if not cases:
        return turn.step(Reply("desk/empty", {"place": place}), desk="")
    lines = [_line(turn, case) for case in cases[:_MOST]]
    buttons = tuple(Button(f"case:{one.number}", phrase="case", facts={"number": one.number}) for one in cases[:_MOST])
    return turn.step(Reply("desk/queue", {"place": place, "count": len(cases), "lines": lines}, buttons), desk="")


def _line(turn: Turn, case: Case) -> dict[str, object]:
    return {
        "urgency": case.urgency,
        "number": case.number,
        "title": turn.release.title_of_form(case.form, turn.language),
        "due": case.due,
        "overdue": turn.incoming.at > case.due,
        "zone": turn.release.zone(case.village),
        "officer": case.officer_name,
    }


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
    return _ACTS[act](turn, officer, case, more)


def _written(turn: Turn, officer: Officer) -> Step | None:
    """The text an act was waiting for."""
    act, _, rest = turn.conversation.desk.partition(":")
    if act not in ("reply", "note", "outcome") or turn.incoming.kind not in ("text", "photo", "voice", "file"):
        return None
    if turn.says("cancel") or turn.says("menu"):
        return turn.step(Reply("cases/kept"), desk="")
    if turn.heard.command in ("queue", "emergency"):
        return None
    return _with_case(turn, officer, act, rest)


def _view(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    return turn.step(_shown(turn, officer, case, opened=False), desk="")


def _reveal(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    if not may("reveal", case, officer):
        return _not_now(turn, case)
    event = _event(turn, officer, case, "revealed")
    return turn.step(_shown(turn, officer, case, opened=True), effects=(Act(case, event),), desk="")


def _shown(turn: Turn, officer: Officer, case: Case, *, opened: bool) -> Reply:
    form = turn.release.form(case.form)
    show = revealed if opened else masked
    lines = (
        show(form, case, turn.language, lambda field, value: turn.release.say(field, value, turn.language))
        if form
        else []
    )
    facts = {
        **_line(turn, case),
        "place": turn.release.place(case.village or case.unit),
        "state": case.state,
        "reachable": case.reachable,
        "lines": [{"label": line.label, "value": line.value} for line in lines],
        "events": [
            _told(turn, case, event, opened=opened) for event in turn.conversation.known.events[-_SHOWN_EVENTS:]
        ],
    }
    files = tuple(label("attachment", f"attachment:{case.number}:{field}") for field in case.media) if opened else ()
    return Reply("desk/case", facts, (*_buttons(case, officer), *files, label("queue", "do:queue")))


def _told(turn: Turn, case: Case, event: Event, *, opened: bool) -> dict[str, object]:
    """An event as listed; what people wrote stays covered until somebody asks to see it."""
    text = event.text if opened or event.kind == "note" else ""
    return {
        "at": event.at,
        "zone": turn.release.zone(case.village),
        "kind": event.kind,
        "who": event.by_name,
        "text": text,
    }


def _buttons(case: Case, officer: Officer) -> tuple[Button, ...]:
    return tuple(label(act, f"{act}:{case.number}") for act in acts(case, officer))


def _claim(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    if case.officer and case.officer != officer.id:
        return turn.step(Reply("desk/taken", {"number": case.number, "officer": case.officer_name}), desk="")
    if case.officer == officer.id:
        return turn.step(_shown(turn, officer, case, opened=False), desk="")
    return _moved(turn, officer, case, "claim", "desk/claimed", "told/claimed", holder=officer.id)


def _release(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    return _moved(turn, officer, case, "release", "desk/released", "told/released", holder=0)


def _wait(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    return _moved(turn, officer, case, "waiting", "desk/waiting", "told/waiting")


def _resume(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    return _moved(turn, officer, case, "resume", "desk/working", "told/working")


def _reply(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    if not may("reply", case, officer):
        return _not_now(turn, case)
    text, attachment = turn.incoming.text.strip(), turn.incoming.attachment
    if not text and not attachment:
        return turn.step(Reply("desk/write", {"number": case.number}), desk=f"reply:{case.number}")
    event = _event(turn, officer, case, "to-person", text)
    facts = {"officer": officer.name, "number": case.number, "text": text}
    said = Reply("told/said", facts, (label("write", f"write:{case.number}"), label("menu", "do:menu")), attachment)
    effects = (Act(case, event, state=MOVES["reply"].to), TellPerson(case.person, said, talking=case.number))
    buttons = (
        label("reply", f"reply:{case.number}"),
        label("close", f"close:{case.number}"),
        label("queue", "do:queue"),
    )
    return turn.step(Reply("desk/sent", {"number": case.number}, buttons), effects=effects, desk="")


def _note(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    if not may("note", case, officer):
        return _not_now(turn, case)
    if not turn.incoming.text.strip():
        return turn.step(Reply("desk/write-note", {"number": case.number}), desk=f"note:{case.number}")
    event = _event(turn, officer, case, "note", turn.incoming.text.strip())
    return turn.step(
        Reply("desk/noted", {"number": case.number}, _buttons(case, officer)), effects=(Act(case, event),), desk=""
    )


def _close(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    if not may("close", case, officer):
        return _not_now(turn, case)
    buttons = tuple(label(one, f"outcome:{case.number}:{one}") for one in OUTCOMES)
    return turn.step(Reply("desk/outcome", {"number": case.number}, buttons), desk="")


def _outcome(turn: Turn, officer: Officer, case: Case, outcome: str) -> Step:
    """Closing needs an outcome and a word for the person."""
    if outcome not in OUTCOMES or not may("close", case, officer):
        return _not_now(turn, case)
    text = turn.incoming.text.strip()
    if not text:
        return turn.step(Reply("desk/outcome-note"), desk=f"outcome:{case.number}:{outcome}")
    event = _event(turn, officer, case, "closed", text)
    buttons = (label("yes", f"solved:{case.number}"), label("not-solved", f"unsolved:{case.number}"))
    told = Reply("told/closed", {"number": case.number, "outcome": outcome, "text": text}, buttons)
    effects = (Act(case, event, state="closed", outcome=outcome), TellPerson(case.person, told, talking="-"))
    return turn.step(
        Reply("desk/closed", {"number": case.number}, (label("queue", "do:queue"),)), effects=effects, desk=""
    )


def _attachment(turn: Turn, officer: Officer, case: Case, field: str) -> Step:
    """A photo or voice note, sent on by the channel's own reference."""
    media = case.media.get(field)
    if media is None or not may("reveal", case, officer):
        return _not_now(turn, case)
    event = _event(turn, officer, case, "revealed", field)
    return turn.step(
        Reply("desk/file", {"number": case.number}, attachment=media), effects=(Act(case, event),), desk=""
    )


def _moved(turn: Turn, officer: Officer, case: Case, act: str, said: str, told: str, holder: int | None = None) -> Step:
    """One move of the table: the event, the new state, the word to the officer and to the person."""
    if not may(act, case, officer):
        return _not_now(turn, case)
    event = _event(turn, officer, case, MOVES[act].event)
    word = Reply(told, {"officer": officer.name, "number": case.number})
    effects = (Act(case, event, state=MOVES[act].to, officer=holder), TellPerson(case.person, word))
    buttons = (label("open-case", f"case:{case.number}"), label("queue", "do:queue"))
    return turn.step(Reply(said, {"number": case.number}, buttons), effects=effects, desk="")


def _not_now(turn: Turn, case: Case) -> Step:
    reply = Reply("desk/not-now", {"number": case.number}, (label("open-case", f"case:{case.number}"),))
    return turn.step(reply, desk="")


def _event(turn: Turn, officer: Officer, case: Case, kind: str, text: str = "") -> Event:
    return Event(case.number, kind, turn.incoming.at, officer.person, officer.name, text, turn.incoming.attachment)  # type: ignore[arg-type]


_ACTS: dict[str, Callable[[Turn, Officer, Case, str], Step]] = {
    "case": _view,
    "claim": _claim,
    "release": _release,
    "reply": _reply,
    "note": _note,
    "waiting": _wait,
    "resume": _resume,
    "close": _close,
    "outcome": _outcome,
    "reveal": _reveal,
    "attachment": _attachment,
}
