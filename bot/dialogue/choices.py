"""Choices: buttons are ids `kind:what`; a number, or a yes or no, picks from what was shown last."""

from dataclasses import replace

from bot.dialogue.desk.orders import ordered
from bot.model.conversation import Conversation
from bot.model.messages import Button, Incoming, Reply
from bot.understanding.release import Release

_MEANS = {
    "yes": (
        "agree:",
        "form:help",
        "continue:",
        "withdraw-yes:",
        "move-up-yes:",
        "delete:yes",
        "solved:",
        "helped:",
        "plan-yes:",
        "share-yes:",
        "join-yes:",
    ),
    "no": (
        "decline:",
        "danger:no",
        "withdraw-no:",
        "move-up-no:",
        "delete:no",
        "unsolved:",
        "not-helped:",
        "plan-no:",
        "share-no:",
        "join-no:",
    ),
}

_BESIDE = ("skip", "why", "past-village")
"""Ways round a question, or to know more of it."""

_OPENS = {"offer": "form:offer-check"}
"""Words and links that open a form."""


def split(button: str) -> tuple[str, str]:
    """A button's kind and what it is about."""
    kind, _, what = button.partition(":")
    return kind, what


def pressed(conversation: Conversation, incoming: Incoming, release: Release) -> Incoming:
    """A number ("2", "dua", "no 2"), a yes or no, a word, an officer's order or a link as the press it means; else as it came."""
    if incoming.kind == "start":
        return _as_press(incoming, _OPENS.get(incoming.text.strip(), ""))
    if incoming.kind != "text":
        return incoming
    order, words = ordered(conversation, incoming.text, release.content.desk)
    if order:
        return replace(incoming, kind="button", button=order, text=words)
    number = release.counted(incoming.text)
    if not 1 <= number <= len(conversation.shown):
        command = release.command(incoming.text)
        return _as_press(incoming, _OPENS.get(command, "") or _meant(conversation.shown, command))
    button = conversation.shown[number - 1]
    if _deletes(button) or (split(button)[0] in _BESIDE and _asks_number(conversation, release)):
        return incoming
    return _as_press(incoming, button)


def _as_press(incoming: Incoming, button: str) -> Incoming:
    return replace(incoming, kind="button", button=button, text="") if button else incoming


def _meant(shown: tuple[str, ...], command: str) -> str:
    """The button a written yes or no presses; none while a question of a form waits for its own answer."""
    if "do:cancel" in shown or command not in _MEANS:
        return ""
    return next(
        (one for one in reversed(shown) if one.startswith(_MEANS[command]) and not _only_listed(one, shown)), ""
    )


def _only_listed(button: str, shown: tuple[str, ...]) -> bool:
    """Whether it stands among other forms, and nobody was asked: there a yes calls for no help."""
    return button == "form:help" and any(split(one)[0] == "form" and one != button for one in shown)


def _deletes(button: str) -> bool:
    """What throws a draft away must be pressed or written out: a stray number must not."""
    return button == "do:cancel" or split(button)[0] == "drop"


def _asks_number(conversation: Conversation, release: Release) -> bool:
    """Whether a number would be an answer: then it does not skip the question it answers."""
    filling = conversation.filling
    form = release.form(filling.form) if filling and filling.asking == "field" else None
    field = form.field(filling.field) if form and filling else None
    return field is not None and field.kind == "number"


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
