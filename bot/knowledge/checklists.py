"""Checklists without words: their order, the parts a screen can hold, and how far somebody is."""

from collections.abc import Collection, Iterable
from itertools import pairwise

from bot.model.forms import Checklist, Item

_MOST_IN_PART = 6


def in_order(checklists: Iterable[Checklist]) -> tuple[Checklist, ...]:
    """As they are offered."""
    return tuple(sorted(checklists, key=lambda one: (one.order, one.id)))


def parts(checklist: Checklist) -> tuple[tuple[Item, ...], ...]:
    """Its lines in as few parts as fit on a screen, none much longer than another."""
    count = max(1, -(-len(checklist.items) // _MOST_IN_PART))
    size, longer = divmod(len(checklist.items), count)
    starts = [at * size + min(at, longer) for at in range(count + 1)]
    return tuple(checklist.items[start:end] for start, end in pairwise(starts))


def part_of(checklist: Checklist, item: Item) -> int:
    """The number of the part a line stands in, from 0."""
    return next(at for at, part in enumerate(parts(checklist)) if item in part)


def find(checklist: Checklist, id: str) -> Item | None:
    """The line of this id, or None when a newer release has dropped it."""
    return next((one for one in checklist.items if one.id == id), None)


def done(checklist: Checklist, ticked: Collection[str]) -> tuple[str, ...]:
    """What is done of the lines there are, in their order; ticks of lines that are gone do not count."""
    return tuple(one.id for one in checklist.items if one.id in ticked)


def next_open(items: Iterable[Item], ticked: Collection[str]) -> Item | None:
    """The first of these lines that is not done yet."""
    return next((one for one in items if one.id not in ticked), None)
