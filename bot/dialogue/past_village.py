"""Not to my village, please: said while a form is filled in, or afterwards of a case that waits in the village.

The district hears of it instead, and the village's officers see it no more. Who will see it, and by when they answer, is
said before anything is moved; what somebody has read already cannot be taken back, and is not promised to be.
"""

from dataclasses import replace

from bot.casework.clocks import ticking
from bot.casework.deadlines import due
from bot.casework.routing import above
from bot.casework.states import OPEN
from bot.dialogue.choices import label
from bot.dialogue.form_replies import question, receiver
from bot.dialogue.sending import begins_at, notice
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event
from bot.model.conversation import Filling
from bot.model.effects.cases import Act
from bot.model.effects.telling import TellOfficers
from bot.model.forms import Form
from bot.model.messages import Button, Reply
from bot.model.step import Effect, Step

WORD = "past-village"
PRESSES = ("move-up", "move-up-yes", "move-up-no")
"""Buttons about a case of one's own."""


def asked_for(turn: Turn, form: Form) -> bool:
    """Whether the message says so of this form, or takes it back."""
    return form.opens == "case" and (
        turn.says(WORD) or turn.button in ((WORD, f"{form.id}:yes"), (WORD, f"{form.id}:no"))
    )


def in_form(turn: Turn, filling: Filling, form: Form) -> Step:
    """Keep the wish, say what it means, and go on where the form stood."""
    wished = replace(filling, past_village=not turn.button[1].endswith(":no"))
    facts = {**receiver(turn, wished, form), **_by_when(turn, wished, form)}
    phrase = "form/past-village" if wished.past_village else "form/to-village"
    return turn.step(Reply(phrase, facts), question(turn, wished, form), filling=wished)


def _by_when(turn: Turn, filling: Filling, form: Form) -> dict[str, object]:
    """Whether we know already where it goes, and by when they would answer."""
    village = begins_at(turn, replace(filling, past_village=False), form).unit
    rules, zone = turn.release.content.rules, turn.release.zone(village)
    by = due(turn.incoming.at, form.kind, form.urgency, rules, turn.release.holidays, zone) if village else None
    return {"known": bool(village), "due": by, "zone": zone}


def may_move(case: Case) -> bool:
    """Whether it waits in its person's village and nothing keeps the village from it yet."""
    return case.state in OPEN and bool(case.village) and case.unit == case.village and not case.practice_of


def way_up(case: Case) -> tuple[Button, ...]:
    """The button for it, where it means something."""
    return (label(WORD, f"move-up:{case.number}"),) if may_move(case) else ()


def ask(turn: Turn, case: Case) -> Step:
    """Who will see it instead, and by when."""
    buttons = (label("move-up", f"move-up-yes:{case.number}"), label("keep", f"move-up-no:{case.number}"))
    return turn.step(Reply("cases/move-up", _facts(turn, moved(turn, case)), buttons))


def go(turn: Turn, case: Case) -> Step:
    """To the district. Whoever held it is not told: to them it is not there any more."""
    after = moved(turn, case)
    event = Event(case.number, "transferred", turn.incoming.at, turn.conversation.person)
    effects: tuple[Effect, ...] = (
        Act(case, event, after),
        *_joined(turn, case, after),
        TellOfficers(after.unit, notice(turn, after, turn.release.zone(case.village))),
    )
    return turn.step(Reply("cases/moved-up", _facts(turn, after), (label("menu", "do:menu"),)), effects=effects)


def _joined(turn: Turn, case: Case, after: Case) -> tuple[Act, ...]:
    """What was handed in twice and joined with it says the same, and must not stay behind to be read."""
    twice = [one for one in turn.conversation.known.cases if one.merged_into == case.number and one.unit == case.unit]
    return tuple(
        Act(
            one,
            Event(one.number, "transferred", turn.incoming.at, turn.conversation.person),
            replace(one, unit=after.unit, barred=after.barred, officer=0),
        )
        for one in twice
    )


def moved(turn: Turn, case: Case) -> Case:
    """The case as it begins anew one level up, with its whole time before it."""
    up = replace(case, unit=above(case.unit), barred=case.unit, officer=0, officer_name="", state="new")
    return ticking(up, "transferred", turn.incoming.at, turn.timing(case))


def _facts(turn: Turn, case: Case) -> dict[str, object]:
    zone = turn.release.zone(case.village)
    return {"number": case.number, "place": turn.release.place(case.unit), "due": case.due, "zone": zone}
