"""The few words of ours a platform needs beside a message: on what opens a list, above a part of it, always below.

They follow from the language alone, so that a channel can ask for them without a release.
"""

from bot.model.messages import Choice
from bot.wording.phrases import environment

ANCHORS = ("menu", "cases", "officer", "emergency")
_VEILED = ("menu", "cases", "officer")
_WHEN_UNKNOWN = "id"


def beside(name: str, language: str, **given: str) -> str:
    """One of the phrases `beside/...`, as plain text."""
    return _plain(f"beside/{name}", language, given)


def anchors(language: str, *, veiled: bool = False) -> tuple[Choice, ...]:
    """The words that always stand below: four, or three that anybody may see."""
    names = {name: f"veiled-{name}" for name in _VEILED} if veiled else {name: name for name in ANCHORS}
    return tuple(choice(label, f"do:{name}", language) for name, label in names.items())


def choice(name: str, id: str, language: str) -> Choice:
    """A button with one of the labels that say the same always."""
    return Choice(id, _plain(f"label/{name}", language, {}))


def _plain(name: str, language: str, given: dict[str, str]) -> str:
    """A message of before its language was written down gets the words of most."""
    return environment(language or _WHEN_UNKNOWN).get_template(name).render(given).strip()
