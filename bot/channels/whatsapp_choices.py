"""What can be pressed under a message on WhatsApp: up to three short buttons, a list of up to ten rows, or one link.

Whatever fits into none of them is told in the text: a link with its address, other choices with the numbers they are
chosen by. A label too long for its row stands whole below it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.markdown import units
from bot.model.escaping import escape
from bot.model.messages import Choice, Message
from bot.model.screens import LONGEST_BUTTON, LONGEST_DESCRIPTION, LONGEST_ROW, MOST_BUTTONS, MOST_ROWS
from bot.wording.beside import anchors, beside

_FIRST_TO_GO_IN = ("do:emergency", "do:officer", "do:menu", "do:cases")
_A_WORD = "do:"
"""Buttons that are words: written out, they do the same. A number does not press what throws something away."""


def under(message: Message) -> Mapping[str, Any] | None:
    """Buttons, a list or a link as Meta calls them, but for the words above; None when nothing is, or can be, pressed."""
    pressed, links = _pressed(message), _links(message)
    if len(links) == 1 and not pressed and _opens(links[0]):
        return _link(links[0])
    if 0 < len(pressed) <= MOST_BUTTONS and _fit_on_buttons(pressed):
        return _buttons(pressed)
    if 0 < len(pressed) <= MOST_ROWS and all(units(one.label) <= LONGEST_DESCRIPTION for one in pressed):
        return _list(message, pressed)
    return None


def told(message: Message, pressed: Mapping[str, Any] | None) -> Iterator[str]:
    """In the house's Markdown, what stands in no button: links, choices by their numbers, the words that always work."""
    if pressed is None or pressed["type"] != "cta_url":
        yield from (f"[{escape(one.label)}](<{one.url}>)" for one in _links(message))
    if pressed is None:
        yield from _numbered(_pressed(message), message.first, message.language)
    if message.anchors and not message.choices:
        yield escape(beside("words", message.language, words=_in_a_row(message.anchors)))


def _pressed(message: Message) -> list[Choice]:
    return [one for one in message.choices if not one.url]


def _links(message: Message) -> list[Choice]:
    return [one for one in message.choices if one.url]


def _opens(choice: Choice) -> bool:
    return choice.url.startswith("https://") and units(choice.label) <= LONGEST_BUTTON


def _link(choice: Choice) -> Mapping[str, Any]:
    parameters = {"display_text": choice.label, "url": choice.url}
    return {"type": "cta_url", "action": {"name": "cta_url", "parameters": parameters}}


def _fit_on_buttons(choices: Sequence[Choice]) -> bool:
    """Short enough, and no two alike: Meta takes no buttons that cannot be told apart."""
    alike = min(len({one.label for one in choices}), len({one.id for one in choices})) < len(choices)
    return not alike and all(units(one.label) <= LONGEST_BUTTON for one in choices)


def _buttons(choices: Sequence[Choice]) -> Mapping[str, Any]:
    made = [{"type": "reply", "reply": {"id": one.id, "title": one.label}} for one in choices]
    return {"type": "button", "action": {"buttons": made}}


def _list(message: Message, choices: Sequence[Choice]) -> Mapping[str, Any]:
    """The choices, each once, and in the rows left free what always stands below elsewhere."""
    offered, language = {one.id: one for one in choices}, message.language
    sections = [(beside("choices", language), list(offered.values()))]
    if standing := _standing(offered, anchors(language, veiled=message.veiled)):
        sections.append((beside("always", language), standing))
    made = [{"title": title, "rows": list(map(_row, rows))} for title, rows in sections]
    return {"type": "list", "action": {"button": beside("open", language), "sections": made}}


def _standing(offered: Mapping[str, Choice], below: Sequence[Choice]) -> list[Choice]:
    """The anchors there is room for, the most needed first to go in, in the order they have everywhere."""
    free = [one for one in below if one.id not in offered]
    taken = sorted(free, key=lambda one: _FIRST_TO_GO_IN.index(one.id))[: MOST_ROWS - len(offered)]
    return [one for one in free if one in taken]


def _row(choice: Choice) -> Mapping[str, str]:
    if units(choice.label) <= LONGEST_ROW:
        return {"id": choice.id, "title": choice.label}
    return {"id": choice.id, "title": _shortened(choice.label), "description": choice.label}


def _shortened(label: str) -> str:
    """Its first words, as many as a row takes; of a word too long, its beginning."""
    head = label
    while units(head) >= LONGEST_ROW:
        head = head[:-1]
    whole = head if label[len(head)].isspace() else head.rpartition(" ")[0]
    return f"{(whole or head).rstrip(' ,.;:-')}…"


def _numbered(choices: Sequence[Choice], first: int, language: str) -> Iterator[str]:
    """The choices by the numbers that press them; what is a word of its own, by that word."""
    listed = [(number, one) for number, one in enumerate(choices, first) if not one.id.startswith(_A_WORD)]
    if listed:
        yield "\n".join(f"{number}\\) {escape(one.label)}" for number, one in listed)
        yield escape(beside("by-number", language, number=str(listed[-1][0])))
    if words := [one for one in choices if one.id.startswith(_A_WORD)]:
        yield escape(beside("or-words", language, words=_in_a_row(words)))


def _in_a_row(choices: Sequence[Choice]) -> str:
    return ", ".join(one.label for one in choices)
