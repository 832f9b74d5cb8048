"""A coordinator's officers: who is there, how much each has, who asks for help; absence, caps, cases given back.

    button                 what happens
    team:                  desk/team
    team-away:ID:2026-12-01  desk/team-away; away through that day, and what they had taken on waits for others
    team-back:ID           desk/team-back
    team-cap:ID:20         desk/team-cap
    team-release:ID        desk/team-release; what they had taken on waits for others

Whom somebody does not look after looks like nobody.
"""

from collections.abc import Callable, Mapping
from datetime import date

from bot.casework.overseeing import away_through, last_day, looks_after, read_cap
from bot.dialogue.choices import label
from bot.dialogue.desk.parts import moved, told
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer
from bot.model.effects.offices import Leave, SetCap
from bot.model.effects.telling import TellOfficers
from bot.model.messages import Button, Reply
from bot.model.step import Effect, Step
from bot.model.team import Member

ACTS = ("team", "team-away", "team-back", "team-cap", "team-release")
_SHOWN = 12
_WEST = "Asia/Jakarta"


def whose(act: str, id: str) -> int:
    """Whose cases must be known for an act; 0 for nobody's."""
    return int(id) if act == "team-release" and _is_id(id) else 0


def listen(turn: Turn, officer: Officer) -> Step | None:
    """A word or button about those who look after cases."""
    kind, what = turn.button
    if kind not in ACTS:
        return None
    if kind == "team":
        return _team(turn, officer)
    id, _, rest = what.partition(":")
    member = turn.conversation.known.team.member(int(id)) if _is_id(id) else None
    if member is None or not looks_after(officer, member.officer):
        return turn.step(Reply("desk/no-officer", buttons=_back()), desk="")
    return _ARRANGING[kind](turn, officer, member, rest)


def _team(turn: Turn, officer: Officer) -> Step:
    team = turn.conversation.known.team
    others = [one for one in team.members if one.officer.id != officer.id]
    facts = {
        "place": turn.release.place(officer.unit),
        "lines": [_line(turn, one) for one in others[:_SHOWN]],
        "more": max(0, len(others) - _SHOWN),
        "waiting": team.waiting,
    }
    helped = tuple(Button(f"case:{one.number}", phrase="case", facts={"number": one.number}) for one in team.asked[:6])
    return turn.step(
        Reply("desk/team", {**facts, "asked": len(team.asked)}, (*helped, label("queue", "do:queue"))), desk=""
    )


def _line(turn: Turn, one: Member) -> dict[str, object]:
    return {
        "name": one.officer.name,
        "place": turn.release.place(one.officer.unit),
        "open": one.open,
        "overdue": one.overdue,
        "until": last_day(one.away_until, _zone(turn, one)) if one.away_until else None,
    }


def _away(turn: Turn, officer: Officer, member: Member, day: str) -> Step:
    """Away through a day; nobody's case waits for somebody who is not there."""
    until = away_through(day, turn.incoming.at, _zone(turn, member))
    if until is None:
        return turn.step(Reply("desk/team-no-day", buttons=_back()), desk="")
    return _done(turn, "desk/team-away", member, (Leave(member.officer, until),), day=date.fromisoformat(day))


def _present(turn: Turn, officer: Officer, member: Member, _: str) -> Step:
    return _done(turn, "desk/team-back", member, (Leave(member.officer, None),))


def _cap(turn: Turn, officer: Officer, member: Member, text: str) -> Step:
    cap = read_cap(text)
    if cap is None:
        return turn.step(Reply("desk/team-no-cap", buttons=_back()), desk="")
    return _done(turn, "desk/team-cap", member, (SetCap(member.officer.id, cap),), cap=cap)


def _release(turn: Turn, officer: Officer, member: Member, _: str) -> Step:
    many = len(turn.conversation.known.team.cases)
    return _done(turn, "desk/team-release", member, _given_back(turn, officer), many=many)


def _given_back(turn: Turn, officer: Officer) -> tuple[Effect, ...]:
    """Each case waits for others again, its book says by whose word, its person is told; who sees it, when it presses."""
    return tuple(effect for case in turn.conversation.known.team.cases for effect in _released(turn, officer, case))


def _released(turn: Turn, officer: Officer, case: Case) -> tuple[Effect, ...]:
    notice = Reply("notice/back-in-queue", {"number": case.number}, (label("open-case", f"case:{case.number}"),))
    urgent = () if case.urgency == "general" else (TellOfficers(case.unit, notice),)
    return (moved(turn, officer, case, "released", state="new", officer=0), told(case, "told/released"), *urgent)


def _done(turn: Turn, phrase: str, member: Member, effects: tuple[Effect, ...], **facts: object) -> Step:
    return turn.step(Reply(phrase, {"name": member.officer.name, **facts}, _back()), effects=effects, desk="")


def _zone(turn: Turn, one: Member) -> str:
    return turn.release.villages.zones.get(one.officer.unit[:2], _WEST)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _back() -> tuple[Button, ...]:
    return label("team", "team:"), label("queue", "do:queue")


_ARRANGING: Mapping[str, Callable[[Turn, Officer, Member, str], Step]] = {
    "team-away": _away,
    "team-back": _present,
    "team-cap": _cap,
    "team-release": _release,
}
