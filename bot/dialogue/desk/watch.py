"""Who opens more than their work explains is told to the level above, with what they do not at the moment they do it."""

from dataclasses import replace

from bot.casework.reading import Office, unusual
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.book import Look
from bot.model.case import Officer
from bot.model.effects.cases import Act
from bot.model.effects.telling import RefusedLook, TellAbove
from bot.model.messages import Reply
from bot.model.step import Step

OPENS = ("reveal", "attachment")
"""Acts that show what stands in a case: before them, what the officer opened lately is read."""
_WATCHED = ("revealed", "exported")


def watched(turn: Turn, officer: Officer, step: Step) -> Step:
    """The step, and the word to the level above when it makes the day's reading unusual. Nothing of a case is said."""
    before, now = turn.conversation.known.looks, turn.incoming.at
    looks = (*before, *(_look(one, officer) for one in step.effects if isinstance(one, Act) and _counts(one)))
    if len(looks) == len(before):
        return step
    rules = turn.release.content.rules.office_hours
    office = Office(rules, turn.release.holidays, turn.release.zone(officer.unit))
    rule = unusual(looks, now, turn.release.content.reading, office)
    if not rule:
        return step
    facts = {"officer": officer.name, "place": turn.release.place(officer.unit), "count": len(looks), "rule": rule}
    alarm = TellAbove(officer, Reply("notice/unusual-reading", facts), now)
    return replace(step, effects=(*step.effects, alarm))


def refused(turn: Turn, officer: Officer) -> Step:
    """Not in their sight, or not there at all: the same words, and counted alike."""
    facts = {"officer": officer.name, "place": turn.release.place(officer.unit)}
    most = turn.release.content.reading.out_of_sight
    looked = RefusedLook(officer, most, Reply("notice/out-of-sight", {**facts, "count": most}))
    return turn.step(Reply("desk/unknown", buttons=(label("queue", "do:queue"),)), effects=(looked,), desk="")


def _counts(act: Act) -> bool:
    return act.event.kind in _WATCHED and not act.case.practice_of


def _look(act: Act, officer: Officer) -> Look:
    return Look(act.case.number, act.case.person, act.event.at, act.case.officer == officer.id)
