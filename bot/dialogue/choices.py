"""Choices: buttons are ids `kind:what`; a number picks from what was shown last."""

from dataclasses import replace

from bot.model.conversation import Conversation
from bot.model.messages import Button, Incoming, Reply
from bot.understanding.release import Release


def split(button: str) -> tuple[str, str]:
    """A button's kind and what it is about."""
    kind, _, what = button.partition(":")
    return kind, what


def pressed(conversation: Conversation, incoming: Incoming, release: Release) -> Incoming:
    """A number written ("2", "dua", "no 2") as the press of the choice it counts to; anything else as it came."""
    if incoming.kind != "text":
        return incoming
    number = release.counted(incoming.text)
    if not 1 <= number <= len(conversation.shown):
        return incoming
    return replace(incoming, kind="button", button=conversation.shown[number - 1], text="")


def label(phrase: str, id: str, **facts: object) -> Button:
    """A button whose words are a phrase of ours."""
    return Button(id, phrase=phrase, facts=facts)


def anchored(reply: Reply) -> Reply:
    """With the four words that always stand below."""
    return replace(reply, anchors=True)


def topic_buttons(topics: tuple[str, ...], language: str, release: Release) -> tuple[Button, ...]:
    """A button for each topic that still exists."""
    return tuple(
        Button(f"topic:{topic}", label=release.title(topic, language)) for topic in topics if release.topic(topic)
    )
