"""What could not be said when it should have been waits until they write: it goes out behind the answer to that."""

from dataclasses import replace

from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.messages import Reply
from bot.model.step import Step

BUTTON = "do:news"
"""Stands below the template that told them."""


def listen(turn: Turn) -> Step | None:
    """They come to read it: by the button, or by a yes that would else be said to an officer whose words they have not read."""
    talk = turn.conversation
    pressed = turn.incoming.button == BUTTON
    if pressed and talk.unread is None:
        return turn.step(Reply("unread/nothing", buttons=(label("menu", "do:menu"),)))
    if pressed or (talk.unread is not None and talk.talking and turn.says("yes")):
        return turn.step(Reply("unread/here"))
    return None


def read(step: Step) -> Step:
    """They wrote, so it goes out. A number or a yes said next is for what then stands last."""
    talk = step.conversation
    if talk.unread is None:
        return step
    offered = any(reply.buttons for reply in step.replies)
    return replace(step, conversation=talk.but(unread=None, shown=talk.shown if offered else talk.unread))
