"""The words and buttons that work everywhere, and what is said when nothing else is."""

from collections.abc import Callable
from dataclasses import replace

from bot.casework.deadlines import open_now
from bot.dialogue import joining, kept_of_you, together
from bot.dialogue.answers import answer
from bot.dialogue.choices import anchored, label, topic_buttons
from bot.dialogue.turn import Turn
from bot.model.content import said
from bot.model.effects.people import Forget, Unsubscribe
from bot.model.effects.telling import ClearChat
from bot.model.messages import Button, Reply
from bot.model.step import Step
from bot.understanding.release import Release

MOST = 8
_COURTESIES = ("greeting", "thanks")


def listen(turn: Turn) -> Step | None:
    """A word that works everywhere, or a button of the menus."""
    kind, what = turn.button
    if kind in _BUTTONS:
        return _BUTTONS[kind](turn, what)
    command = what if kind == "do" else turn.heard.command if turn.typed else ""
    if command in _COURTESIES and turn.conversation.talking:
        return None
    found = _COMMANDS.get(command)
    return found(turn) if found else None


def always(turn: Turn) -> Step:
    """A picture, a voice note, a button from long ago: something fitting, and the menu."""
    if turn.incoming.kind in ("voice", "photo", "file", "sticker", "location", "contact"):
        return turn.step(Reply(f"media/{turn.incoming.kind}", buttons=_after_media(turn)))
    return turn.step(Reply("old-button"), menu_reply(turn.release, turn.language))


def menu_reply(release: Release, language: str, phrase: str = "menu") -> Reply:
    """The top list."""
    entries = [Button(f"menu:{entry.id}", label=said(entry.title, language)) for entry in release.content.menu]
    more = [label("register", "do:register"), label("language", "do:language")]
    return Reply(phrase, buttons=(*entries[: MOST - len(more)], *more))


def _menu(turn: Turn) -> Step:
    return turn.step(menu_reply(turn.release, turn.language), talking="", desk="", misses=0)


def _greeting(turn: Turn) -> Step:
    return turn.step(anchored(Reply("welcome")), menu_reply(turn.release, turn.language), misses=0)


def _entry(turn: Turn, what: str) -> Step:
    """Everything under one line of the top list, eight to a message: two taps to any answer."""
    entry = next((one for one in turn.release.content.menu if one.id == what), None)
    if entry is None:
        return turn.step(Reply("old-button"), menu_reply(turn.release, turn.language))
    buttons = topic_buttons(entry.topics, turn.language, turn.release)
    first = Reply("menu/entry", {"title": said(entry.title, turn.language)}, buttons[:MOST])
    more = [Reply("menu/entry-more", buttons=buttons[at : at + MOST]) for at in range(MOST, len(buttons), MOST)]
    return turn.step(first, *more)


def _register(turn: Turn) -> Step:
    return turn.step(Reply("menu/forms", buttons=_forms(turn, "case")), *_checks(turn))


def _checks(turn: Turn) -> tuple[Reply, ...]:
    """What can be checked without handing anything in."""
    buttons = _forms(turn, "verdict")
    return (Reply("menu/checks", buttons=buttons),) if buttons else ()


def _forms(turn: Turn, opens: str) -> tuple[Button, ...]:
    forms = sorted(turn.release.content.forms.values(), key=lambda form: form.order)
    return tuple(Button(f"form:{one.id}", label=said(one.title, turn.language)) for one in forms if one.opens == opens)[
        :MOST
    ]


def _thanks(turn: Turn) -> Step:
    return turn.step(Reply("thanks", buttons=(label("menu", "do:menu"),)), misses=0)


def _back(turn: Turn) -> Step:
    return turn.step(Reply("nothing-to-go-back"), menu_reply(turn.release, turn.language))


def _help(turn: Turn) -> Step:
    return turn.step(anchored(Reply("help")), menu_reply(turn.release, turn.language))


def _languages(turn: Turn) -> Step:
    spoken = [one for one in turn.release.content.languages if answered_in(turn.release, one.id)]
    buttons = tuple(Button(f"language:{one.id}", label=said(one.name, one.id)) for one in spoken)
    return turn.step(Reply("language/ask", buttons=buttons))


def answered_in(release: Release, language: str) -> bool:
    """Whether anything is answered in this language."""
    return any(language in topic.answers for topic in release.content.topics.values())


def _language(turn: Turn, what: str) -> Step:
    found = next((one for one in turn.release.content.languages if one.id == what), None)
    if found is None:
        return _languages(turn)
    menu = menu_reply(turn.release, what)
    replies = [anchored(Reply("language/changed", {"language": said(found.name, what)}))]
    if not all(what in topic.answers for topic in turn.release.content.topics.values()):
        replies.append(Reply("language/partly"))
    return turn.step(*replies, menu, language=what)


def _stop(turn: Turn) -> Step:
    return turn.step(Reply("stop"), effects=(Unsubscribe(),), quiet=True, talking="", desk="")


def _delete(turn: Turn) -> Step:
    return turn.step(_ask_to_delete(turn))


def _ask_to_delete(turn: Turn) -> Reply:
    """Of whoever has joined chats, what is kept of all of them goes."""
    facts = {"channels": joining.channels(turn.conversation.known.beside)}
    return Reply("delete/ask", facts, (label("delete", "delete:yes"), label("keep", "delete:no")))


def _deleted(turn: Turn, what: str) -> Step:
    if what != "yes":
        return turn.step(Reply("delete/kept"), menu_reply(turn.release, turn.language))
    cleared = together.forgotten(turn.conversation)
    done = Reply("delete/done", {"channels": joining.channels(turn.conversation.known.beside)})
    return Step(cleared, (done,), (ClearChat(), Forget(turn.conversation.person)))


def _emergency(turn: Turn) -> Step:
    country = turn.heard.country or turn.conversation.subject.country
    buttons = (label("call-for-help", "form:help"), label("menu", "do:menu"))
    return turn.step(anchored(Reply("emergency", {"country": country})), Reply("danger/ask", buttons=buttons))


def _officer(turn: Turn) -> Step:
    zone = turn.release.zone(turn.conversation.remembered.get("village", ""))
    hours = turn.release.content.rules.office_hours
    is_open = open_now(turn.incoming.at, hours, turn.release.holidays, zone)
    buttons = (label("ask-officer", "form:ask-officer"), label("cases", "do:cases"))
    return turn.step(Reply("officer/where", {"open": is_open}, buttons))


def _privacy(turn: Turn) -> Step:
    topic = turn.release.topic("service/privacy")
    ask, kept = _ask_to_delete(turn), kept_of_you.summary(turn)
    if topic is None:
        return turn.step(kept, ask)
    told = answer(turn, topic, "", "")
    return replace(told, replies=(replace(told.replies[0], buttons=()), kept, ask))


def _after_media(turn: Turn) -> tuple[Button, ...]:
    return (label("ask-officer", "form:ask-officer"), label("menu", "do:menu"))


_COMMANDS: dict[str, Callable[[Turn], Step]] = {
    "menu": _menu,
    "greeting": _greeting,
    "thanks": _thanks,
    "back": _back,
    "cancel": _back,
    "help": _help,
    "language": _languages,
    "stop": _stop,
    "delete": _delete,
    "emergency": _emergency,
    "officer": _officer,
    "register": _register,
    "enter": _register,
    "privacy": _privacy,
}

_BUTTONS: dict[str, Callable[[Turn, str], Step]] = {"menu": _entry, "language": _language, "delete": _deleted}
