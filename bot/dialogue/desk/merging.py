"""Two cases handed in for one matter become one, by an officer's hand; and apart again, while one may think better of it.

Families share phones: a number never joins cases. What is offered are open cases of the same chat, and those in which the same
telephone number was given, as what may be the same person; whether they are is for the officer to find out.

    merge:N           which case does the work go on in? (desk/merge; a number may be written)
    merge:N:M         both shown covered: sure? (desk/merge-sure)
    merge:N:M:yes     N is closed and points to M; its person's words go to M from now on (desk/merged, told/merged)
    unmerge:N         N as it was (desk/unmerged, told/unmerged), within 14 days
"""

from collections.abc import Sequence

from bot.casework.masking import masked
from bot.casework.states import OPEN
from bot.dialogue.choices import label
from bot.dialogue.desk.parts import ask, can, done, moved, not_now, told
from bot.dialogue.turn import Turn
from bot.model.case import Case, Officer, State
from bot.model.effects.telling import TellOfficers
from bot.model.messages import Button, Reply
from bot.model.step import Effect, Step

OFFERS = ("case", "merge")
"""Acts whose answer says which cases may be the same person's."""
_WHO = ("name", "phone", "village")
_MOST = 4


def merge(turn: Turn, officer: Officer, case: Case, rest: str) -> Step:
    """Into which, then sure, then done."""
    number, _, sure = rest.partition(":")
    if not can(turn, "merge", case, officer):
        return not_now(turn, case)
    if not number and not turn.incoming.text.strip():
        return ask(turn, case, "desk/merge", f"merge:{case.number}", _alike(turn, case))
    other = turn.conversation.known.other
    if other is None or number not in ("", other.number) or not fits(case, other):
        return ask(turn, case, "desk/no-merge", f"merge:{case.number}", _alike(turn, case))
    if sure != "yes":
        yes = label("merge", f"merge:{case.number}:{other.number}:yes")
        both = [_covered(turn, case), _covered(turn, other)]
        apart = case.person != other.person
        return ask(turn, case, "desk/merge-sure", "", (yes,), into=other.number, both=both, apart=apart)
    return _merged(turn, officer, case, other)


def unmerge(turn: Turn, officer: Officer, case: Case, _: str) -> Step:
    """As it was before."""
    if not can(turn, "unmerge", case, officer):
        return not_now(turn, case)
    state = _before(turn)
    keeper = 0 if state == "new" else case.officer
    apart = moved(turn, officer, case, "unmerged", case.merged_into, state=state, officer=keeper, merged_into="")
    step = done(turn, apart, "desk/unmerged", told(case, "told/unmerged", talking="-"))
    return turn.step(*step.replies, effects=(*step.effects, *_in_the_other(turn, officer, case, "≠")), desk="")


def fits(case: Case, other: Case) -> bool:
    """Whether the work on a case can go on in another: both open, of the same secrecy, both pretended or neither."""
    alike = case.barred == other.barred and case.practice_of == other.practice_of
    return other.number != case.number and alike and case.state in OPEN and other.state in OPEN


def maybe(case: Case, alike: Sequence[Case]) -> list[tuple[str, bool]]:
    """The numbers of those it could be joined with, each with whether it is of the same chat; else only the telephone is the
    same."""
    return [(one.number, one.person == case.person) for one in alike if fits(case, one)][:_MOST]


def _merged(turn: Turn, officer: Officer, case: Case, other: Case) -> Step:
    joined = moved(
        turn, officer, case, "merged", f"{other.number} {case.state}", state="closed", merged_into=other.number
    )
    word = told(case, "told/merged", talking=case.number, into=other.number)
    step = done(turn, joined, "desk/merged", word, into=other.number)
    notice = Reply("notice/merged", {"number": other.number}, (label("open-case", f"case:{other.number}"),))
    keeper = other.officer not in (0, officer.id) and not case.practice_of
    heard = (TellOfficers(other.unit, notice, holder=other.officer),) if keeper else ()
    return turn.step(*step.replies, effects=(*step.effects, *_in_the_other(turn, officer, case, "="), *heard), desk="")


def _in_the_other(turn: Turn, officer: Officer, case: Case, sign: str) -> tuple[Effect, ...]:
    """A note in the book of the case the work goes on in, if it is in sight."""
    other = turn.conversation.known.other
    return (moved(turn, officer, other, "note", f"{other.number} {sign} {case.number}"),) if other else ()


def _before(turn: Turn) -> State:
    """The state it was in when it was joined, as its book says."""
    joined = [event.text for event in turn.conversation.known.events if event.kind == "merged"]
    kept = joined[-1].rpartition(" ")[2] if joined else ""
    return next((state for state in OPEN if state == kept), "new")


def _alike(turn: Turn, case: Case) -> tuple[Button, ...]:
    """Open cases that may be the same person's, to be looked at; never chosen for the officer."""
    return tuple(
        label("same-chat" if same else "same-phone", f"merge:{case.number}:{number}", number=number)
        for number, same in maybe(case, turn.conversation.known.alike)
    )


def _covered(turn: Turn, case: Case) -> dict[str, object]:
    """What tells two cases apart, with what names a person covered."""
    form = turn.release.form(case.form)
    say = turn.release.say
    lines = masked(form, case, turn.language, lambda field, value: say(field, value, turn.language)) if form else []
    return {
        "number": case.number,
        "title": turn.release.title_of_form(case.form, turn.language),
        "opened": case.opened,
        "zone": turn.release.zone(case.village),
        "values": [one.value for one in lines if one.field in _WHO and one.value],
    }
