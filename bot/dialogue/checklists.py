"""Checklists: somebody ticks off papers or steps over weeks. What is done is kept with the talk, line by line.

A button says what it will do (`tick:`, `untick:`) instead of turning a line over, so that a press sent twice by a slow
phone means the same as one.
"""

from dataclasses import replace

from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.knowledge.checklists import done, find, in_order, next_open, part_of, parts
from bot.model.content import said
from bot.model.forms import Checklist, Item
from bot.model.messages import Button, Reply
from bot.model.step import Step

_MOST = 8


def listen(turn: Turn) -> Step | None:
    """The word for the lists, the button of one, or a line to tick."""
    kind, what = turn.button
    if kind == "checklist":
        return _opened(turn, what)
    if kind in ("tick", "untick"):
        return _marked(turn, what, ticks=kind == "tick")
    return turn.step(_all(turn), misses=0) if turn.says("checklists") else None


def _all(turn: Turn) -> Reply:
    """Every list, and how far it is."""
    listed = in_order(turn.release.content.checklists.values())[:_MOST]
    lines = [{"title": said(one.title, turn.language), **_progress(turn, one)} for one in listed]
    buttons = tuple(Button(f"checklist:{one.id}", label=said(one.title, turn.language)) for one in listed)
    return Reply("checklists/all", {"lines": lines}, buttons)


def _opened(turn: Turn, what: str) -> Step:
    """A list where it goes on, or the part of it that was asked for."""
    id, _, part = what.partition(":")
    checklist = turn.release.content.checklists.get(id)
    if checklist is None:
        return turn.step(Reply("checklists/gone"), _all(turn))
    if part.isascii() and part.isdigit() and len(part) < 3:
        return turn.step(_part(turn, checklist, int(part)))
    now = _with(turn, checklist, _ticked(turn, checklist))
    first = next_open(checklist.items, _ticked(turn, checklist))
    if first is None:
        return now.step(_part(turn, checklist, 0), _complete(turn, checklist), misses=0)
    return now.step(_part(turn, checklist, part_of(checklist, first)), _kept(turn, checklist), misses=0)


def _marked(turn: Turn, what: str, *, ticks: bool) -> Step:
    """A line is done, or not done after all; the list as it stands then, or what comes after its last line."""
    id, _, line = what.partition(":")
    checklist = turn.release.content.checklists.get(id)
    item = find(checklist, line) if checklist else None
    if checklist is None or item is None:
        return turn.step(Reply("checklists/gone"), *(_opened(turn, id).replies if checklist else (_all(turn),)))
    others = {one for one in _ticked(turn, checklist) if one != item.id}
    ticked = done(checklist, others | {item.id} if ticks else others)
    now = _with(turn, checklist, ticked)
    if ticks and len(ticked) == len(checklist.items):
        return now.step(_complete(now, checklist), misses=0)
    return now.step(_part(now, checklist, part_of(checklist, item), item), misses=0)


def _part(turn: Turn, checklist: Checklist, number: int, marked: Item | None = None) -> Reply:
    """The lines of one part, as many buttons in the same order, and the ways on."""
    every, ticked = parts(checklist), _ticked(turn, checklist)
    at = min(number, len(every) - 1)
    facts = {
        "title": said(checklist.title, turn.language),
        **_progress(turn, checklist),
        "part": at + 1,
        "parts": len(every),
        "lines": [{"text": said(one.text, turn.language), "done": one.id in ticked} for one in every[at]],
        "marked": said(marked.text, turn.language) if marked else "",
        "ticked": marked is not None and marked.id in ticked,
    }
    lines = tuple(_tick(checklist, one, n, ticked) for n, one in enumerate(every[at], 1))
    return Reply("checklists/part", facts, (*lines, *_onward(checklist, at), *_explain(every[at], ticked)))


def _tick(checklist: Checklist, item: Item, number: int, ticked: tuple[str, ...]) -> Button:
    """What pressing a line will do: say that it is done, or that it is not after all."""
    act = "untick" if item.id in ticked else "tick"
    return label(act, f"{act}:{checklist.id}:{item.id}", number=number)


def _onward(checklist: Checklist, at: int) -> tuple[Button, ...]:
    """The part that follows; the first one follows the last."""
    count = len(parts(checklist))
    following = (at + 1) % count
    return (label("part", f"checklist:{checklist.id}:{following}", number=following + 1),) if count > 1 else ()


def _explain(items: tuple[Item, ...], ticked: tuple[str, ...]) -> tuple[Button, ...]:
    """What explains the next line that is open and can be explained."""
    following = next_open((one for one in items if one.topic), ticked)
    if following is None:
        return ()
    return (label("explain", f"topic:{following.topic}", number=items.index(following) + 1),)


def _kept(turn: Turn, checklist: Checklist) -> Reply:
    """That nothing is lost, and how to come back."""
    sheet = _print(turn, checklist)
    buttons = (label("checklists", "do:checklists"), label("menu", "do:menu"), *sheet)
    return Reply("checklists/kept", {"prints": bool(sheet)}, buttons)


def _complete(turn: Turn, checklist: Checklist) -> Reply:
    """All is done: a kind word, and what comes next."""
    facts = {"title": said(checklist.title, turn.language), "count": len(checklist.items)}
    buttons = (
        label("ask-officer", "form:ask-officer"),
        label("see-list", f"checklist:{checklist.id}:0"),
        label("checklists", "do:checklists"),
        label("menu", "do:menu"),
    )
    return Reply("checklists/complete", facts, (*buttons, *_print(turn, checklist)))


def _print(turn: Turn, checklist: Checklist) -> tuple[Button, ...]:
    """The list as a page to print, where the person can open our pages: in them, or at an address on the net."""
    inside, pages = turn.incoming.address.channel == "web", turn.conversation.known.pages
    if not inside and not pages.startswith("https://"):
        return ()
    marks = f"done={','.join(_ticked(turn, checklist))}&lang={turn.language}"
    url = f"{'' if inside else pages}/checklist/{checklist.id}?{marks}"
    return (label("print", f"print:{checklist.id}", url=url),)


def _with(turn: Turn, checklist: Checklist, ticked: tuple[str, ...]) -> Turn:
    """The talk with this list as it now stands; the list used last stands last."""
    others = {id: lines for id, lines in turn.conversation.ticked.items() if id != checklist.id}
    return replace(turn, conversation=turn.conversation.but(ticked={**others, checklist.id: ticked}))


def _ticked(turn: Turn, checklist: Checklist) -> tuple[str, ...]:
    return done(checklist, turn.conversation.ticked.get(checklist.id, ()))


def _progress(turn: Turn, checklist: Checklist) -> dict[str, object]:
    return {"done": len(_ticked(turn, checklist)), "count": len(checklist.items)}
