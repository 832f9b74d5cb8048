"""Discreet mode: what we send names nothing where a glance falls, and a word takes what we lately sent out of the chat."""

from dataclasses import replace

from bot.dialogue.choices import anchored, label
from bot.dialogue.menu import menu_reply
from bot.dialogue.turn import Turn
from bot.model.effects.telling import ClearChat
from bot.model.messages import Reply
from bot.model.step import Step

_MINUTES = 1


def listen(turn: Turn) -> Step | None:
    """The word that turns it on or off, and the word that clears."""
    if turn.says("discreet"):
        return _turned(turn, on=not turn.conversation.discreet)
    if turn.says("clear"):
        return _cleared(turn)
    return None


def _turned(turn: Turn, *, on: bool) -> Step:
    """The words that always stand below change with it."""
    clear = Reply("discreet/clear", buttons=(label("clear", "do:clear"), label("menu", "do:menu")))
    return turn.step(anchored(Reply("discreet/on" if on else "discreet/off")), clear, discreet=on)


def veiled(step: Step) -> Step:
    """All that is said to somebody in this mode, as it may be seen on their phone."""
    if not step.conversation.discreet:
        return step
    return replace(step, replies=tuple(replace(one, veiled=True) for one in step.replies))


def _cleared(turn: Turn) -> Step:
    """What says so goes away by itself soon; below it stands what anybody sees."""
    where = "discreet/page-cleared" if turn.incoming.address.channel == "web" else "discreet/cleared"
    menu = menu_reply(turn.release, turn.language)
    return turn.step(Reply(where, passing=_MINUTES), menu, effects=(ClearChat(),), talking="", unlocked={})
