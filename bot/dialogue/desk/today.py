"""The officer's day in one screen: how much stands where, and the list in the order of work, a page at a time."""

from dataclasses import replace

from bot.dialogue.choices import label
from bot.dialogue.desk.parts import line
from bot.dialogue.turn import Turn
from bot.model.case import Officer
from bot.model.day import PAGE, PARTS, View
from bot.model.messages import Button, Reply
from bot.model.step import Step

_MOST_PAGES = 1_000


def view_of(what: str) -> View:
    """The view a button `today:part:whose:page` asks for; whatever makes no sense is as if it were not there."""
    part, _, rest = what.partition(":")
    whose, _, page = rest.partition(":")
    known = next((one for one in PARTS if one == part), None)
    numbered = page.isascii() and page.isdecimal() and len(page) < 6
    return View(whose == "mine", known, min(int(page), _MOST_PAGES) if numbered else 0)


def button_of(view: View) -> str:
    """The button that asks for this view."""
    return f"today:{view.part or ''}:{'mine' if view.mine else 'all'}:{view.page}"


def today(turn: Turn, officer: Officer, view: View) -> Step:
    """What waits, the most pressing first."""
    day, place = turn.conversation.known.day, turn.release.place(officer.unit)
    counts = [{"part": part, "count": day.counts[part]} for part in PARTS if day.counts.get(part)]
    facts = {"place": place, "mine": view.mine, "part": view.part or ""}
    if not day.listed:
        return turn.step(Reply("desk/empty", facts, _ways(turn, view)), desk="")
    lines = [{**line(turn, case), "part": part} for part, case in day.listed]
    begin = view.page * PAGE + 1
    facts |= {"count": day.waits, "counts": counts, "lines": lines, "begin": begin}
    cases = tuple(Button(f"case:{one.number}", phrase="case", facts={"number": one.number}) for _, one in day.listed)
    return turn.step(Reply("desk/queue", facts, (*cases, *_ways(turn, view))), desk="")


def _ways(turn: Turn, view: View) -> tuple[Button, ...]:
    """The next page; the parts, once the list is longer than a page; one's own cases, or everybody's; training."""
    day = turn.conversation.known.day
    long = day.waits > PAGE
    parts = [one for one in PARTS if long and day.counts.get(one) and one != view.part]
    next = (label("next", button_of(replace(view, page=view.page + 1))),) if day.more else ()
    back = (label("all-parts", button_of(View(view.mine))),) if view.part or view.page else ()
    shared = (label("shared", "shared:", count=len(day.shared)),) if day.shared else ()
    whose = label("everybodys", button_of(View())) if view.mine else label("mine", button_of(View(mine=True)))
    return (
        *next,
        *(label("day-part", button_of(View(view.mine, one)), part=one, count=day.counts[one]) for one in parts),
        *back,
        *shared,
        whose,
        *_training(turn, view),
    )


def _training(turn: Turn, view: View) -> tuple[Button, ...]:
    """The way into training, while little waits."""
    room = len(turn.conversation.known.day.listed) < PAGE - 1 and view == View()
    return (label("practice", "practice:"),) if room else ()
