"""A part of a case shown to another office, when its person has said yes. The case stays; giving it away is `handing`.

refer:N                   to whom? (desk/refer; a place may be written)
refer:N:unit:parts        which parts? (desk/refer-parts); `parts` are the form's fields as a number in base 16, bit by bit
refer:N:unit:parts:ask    the person is asked (desk/refer-asked, told/share-ask), or
refer:N:unit:parts:paper  they have agreed on paper: only for cases an officer wrote down (desk/referred)
refer-end:N:ID            it is shown no more; its person and the other office are told (desk/refer-ended, told/share-ended)
shared:                   what other offices share with us (desk/shared)
referral:ID               what was shared, for those it was shared with (desk/referral)
referral-answer:ID        their answer, in words (desk/referral-what, desk/referral-answered)
"""

from dataclasses import replace

from bot.casework.looks import OPEN_FOR, written
from bot.casework.routing import above
from bot.dialogue.choices import label
from bot.dialogue.desk.handing import takes
from bot.dialogue.desk.parts import ask, can, event, moved, not_now, onward, told
from bot.dialogue.desk.watch import refused
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event, EventKind, Officer
from bot.model.content import said
from bot.model.effects.cases import Refer
from bot.model.effects.telling import TellOfficers, TellPerson
from bot.model.forms import Field
from bot.model.messages import Button, Reply
from bot.model.referral import Referral, Shared
from bot.model.step import Step

PRESSES = ("referral", "referral-answer")
LIST = "shared"
_MOST = 7
_COUNTRY = "0"
_SIGNS = {"ask": "?", "paper": "✓"}
_MINUTES = int(OPEN_FOR.total_seconds() // 60)


def refer(turn: Turn, officer: Officer, case: Case, rest: str) -> Step:
    """To whom, which parts, and then the person is asked."""
    to, _, more = rest.partition(":")
    chosen, _, how = more.partition(":")
    if not can(turn, "refer", case, officer):
        return not_now(turn, case)
    if not to:
        return _whom(turn, case)
    unit = "" if to == _COUNTRY else to
    if not takes(turn, case, unit):
        return ask(turn, case, "desk/no-such-unit", f"refer:{case.number}", _up(case))
    parts = _chosen(turn, case, chosen)
    if not parts or how not in ("ask", "paper") or (how == "paper" and not case.entered_by):
        return _parts(turn, case, to, chosen)
    return _asked(turn, officer, case, Referral(turn.conversation.known.next_referral, case.number, unit, parts), how)


def ways_to_end(turn: Turn, officer: Officer, case: Case) -> tuple[Button, ...]:
    """A button for each part that is asked for or shown, to end that."""
    able = can(turn, "refer", case, officer)
    return tuple(
        label("share-stop", f"refer-end:{case.number}:{one.id}", name=turn.release.place(one.to).partition(",")[0])
        for one in (turn.conversation.known.referrals if able else ())
    )


def end(turn: Turn, officer: Officer, case: Case, id: str) -> Step:
    """Whoever looks after the case shows it no longer. The other office hears of it while it still may: so it comes first."""
    found = next((one for one in turn.conversation.known.referrals if str(one.id) == id), None)
    if found is None or not can(turn, "refer", case, officer):
        return not_now(turn, case)
    place, asked = turn.release.place(found.to), found.state == "asked"
    over = Refer(replace(found, state="ended"), found.state, event(turn, officer, case, "referred", f"{place}: ✗"))
    word = told(case, "told/share-ended", place=place, asked=asked)
    reply = Reply("desk/refer-ended", {"number": case.number, "place": place}, onward(case))
    return turn.step(reply, effects=(*notice_of_end(case, found), over, word), desk="")


def listed(turn: Turn) -> Step:
    """What other offices share with this one, what waits for an answer first."""
    shared, back = turn.conversation.known.day.shared[:_MOST], (label("queue", "do:queue"),)
    if not shared:
        return turn.step(Reply("desk/none-shared", buttons=back), desk="")
    lines = [
        {
            "number": one.number,
            "title": turn.release.title_of_form(one.form, turn.language),
            "place": turn.release.place(one.unit),
            "answered": one.answered,
        }
        for one in shared
    ]
    more = max(0, len(turn.conversation.known.day.shared) - _MOST)
    buttons = tuple(Button(f"referral:{one.id}", phrase="case", facts={"number": one.number}) for one in shared)
    return turn.step(Reply("desk/shared", {"lines": lines, "more": more}, (*buttons, *back)), desk="")


def listen(turn: Turn, officer: Officer) -> Step | None:
    """Whoever a part was shared with looks at it, or answers."""
    kind, id = turn.button
    act, _, asked = turn.conversation.desk.partition(":")
    if kind not in PRESSES and not (act == "referral-answer" and turn.typed and not turn.heard.command):
        return None
    shared = turn.conversation.known.shared
    if shared is None or str(shared.referral.id) != (id if kind in PRESSES else asked):
        return refused(turn, officer)
    return _show(turn, officer, shared) if kind == "referral" else _answer(turn, officer, shared)


def names(turn: Turn, form: str, parts: tuple[str, ...]) -> str:
    """The parts as people call them."""
    found = turn.release.form(form)
    listed = [one for one in (found.fields if found else ()) if one.id in parts]
    return ", ".join(said(one.label or one.ask, turn.language) for one in listed)


def _whom(turn: Turn, case: Case) -> Step:
    text = turn.incoming.text.strip()
    found = [one.code for one in turn.release.villages.find(text).matches] if text else []
    fitting = [one for one in ([text] if text and turn.release.place(text) else found) if takes(turn, case, one)]
    if text and not fitting:
        return ask(turn, case, "desk/no-such-unit", f"refer:{case.number}", _up(case))
    choices = tuple(Button(f"refer:{case.number}:{one}:0", label=turn.release.place(one)) for one in fitting)
    return ask(turn, case, "desk/refer", f"refer:{case.number}", choices or _up(case))


def _up(case: Case) -> tuple[Button, ...]:
    unit = above(case.unit)
    return (label("level-above", f"refer:{case.number}:{unit or _COUNTRY}:0"),) if case.unit else ()


def _parts(turn: Turn, case: Case, to: str, chosen: str) -> Step:
    """Each part a button that turns it on or off; nothing is shared yet."""
    mask = _number(chosen)
    toggles = tuple(
        label("share-part", f"refer:{case.number}:{to}:{mask ^ bit:x}", on=bool(mask & bit), name=_name(turn, field))
        for bit, field in _fields(turn, case)
    )
    how = "paper" if case.entered_by and not case.reachable else "ask"
    go = (label(f"share-{how}", f"refer:{case.number}:{to}:{mask:x}:{how}"),) if mask else ()
    place = turn.release.place("" if to == _COUNTRY else to)
    return ask(turn, case, "desk/refer-parts", "", (*toggles, *go), place=place)


def _fields(turn: Turn, case: Case) -> list[tuple[int, Field]]:
    """What the form holds of this case, each with its bit."""
    form = turn.release.form(case.form)
    fields = form.fields if form else ()
    return [(1 << at, one) for at, one in enumerate(fields) if case.answers.get(one.id) or one.id in case.media]


def _name(turn: Turn, field: Field) -> str:
    return said(field.label or field.ask, turn.language)


def _number(chosen: str) -> int:
    return int(chosen, 16) if len(chosen) < 8 and chosen and all(one in "0123456789abcdef" for one in chosen) else 0


def _chosen(turn: Turn, case: Case, chosen: str) -> tuple[str, ...]:
    mask = _number(chosen)
    return tuple(field.id for bit, field in _fields(turn, case) if mask & bit)


def _asked(turn: Turn, officer: Officer, case: Case, asking: Referral, how: str) -> Step:
    """The person is asked; on paper they have answered already."""
    place, parts = turn.release.place(asking.to), names(turn, case.form, asking.parts)
    facts = {"number": case.number, "place": place, "parts": parts}
    writing = moved(turn, officer, case, "referred", f"{place}: {parts} {_SIGNS[how]}")
    if how == "paper":
        shared = Refer(replace(asking, state="shared", consent="paper"))
        return turn.step(
            Reply("desk/referred", facts, onward(case)), effects=(writing, shared, *notice(case, asking)), desk=""
        )
    answers = (label("yes", f"share-yes:{asking.id}"), label("no", f"share-no:{asking.id}"))
    question = TellPerson(case.person, Reply("told/share-ask", {**facts, "officer": officer.name}, answers))
    return turn.step(
        Reply("desk/refer-asked", facts, onward(case)), effects=(writing, Refer(asking), question), desk=""
    )


def notice(case: Case, referral: Referral) -> tuple[TellOfficers, ...]:
    """Those it is shared with hear of it; of a pretend case nobody does."""
    reply = Reply("notice/referred", {"number": case.number}, (label("open-case", f"referral:{referral.id}"),))
    return () if case.practice_of else (TellOfficers(referral.to, reply),)


def notice_of_end(case: Case, referral: Referral) -> tuple[TellOfficers, ...]:
    """Those it was shown to hear that it is over; where it was only asked for, there is nobody to tell."""
    shown = referral.state in ("shared", "answered") and not case.practice_of
    return (TellOfficers(referral.to, Reply("notice/referral-ended", {"number": case.number})),) if shown else ()


def _show(turn: Turn, officer: Officer, shared: Shared) -> Step:
    """The parts, and nothing else; that they were looked at stands in the book."""
    form = turn.release.form(shared.form)
    fields = [one for one in (form.fields if form else ()) if one.id in shared.referral.parts]
    lines = [
        {"label": _name(turn, one), "value": turn.release.say(one, shared.answers.get(one.id, ""), turn.language)}
        for one in fields
    ]
    title = turn.release.title_of_form(shared.form, turn.language)
    facts = {"number": shared.referral.case, "title": title, "lines": lines, "minutes": _MINUTES}
    looked = Refer(shared.referral, shared.referral.state, _event(turn, officer, shared, "revealed", written("refer")))
    answer = label("answer", f"referral-answer:{shared.referral.id}")
    return turn.step(Reply("desk/referral", facts, (answer,), passing=_MINUTES), effects=(looked,), desk="")


def _answer(turn: Turn, officer: Officer, shared: Shared) -> Step:
    """To the officer who asked; the person hears it from them."""
    text, referral = turn.incoming.text.strip(), shared.referral
    facts = {"number": referral.case}
    if not text:
        return turn.step(Reply("desk/referral-what", facts), desk=f"referral-answer:{referral.id}")
    answered = Refer(
        replace(referral, state="answered"), referral.state, _event(turn, officer, shared, "referral-answered", text)
    )
    reply = Reply("notice/referral-answered", facts, (label("open-case", f"case:{referral.case}"),))
    heard = TellOfficers(shared.unit, reply, holder=shared.holder)
    return turn.step(Reply("desk/referral-answered", facts), effects=(answered, heard), desk="")


def _event(turn: Turn, officer: Officer, shared: Shared, kind: EventKind, text: str) -> Event:
    return Event(shared.referral.case, kind, turn.incoming.at, officer.person, officer.name, text)
