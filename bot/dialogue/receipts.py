"""The code under an answer, sent back: is it ours, and is it still what we say? And the code of the book from a receipt."""

from bot.casework.heads import read_head
from bot.dialogue.answers import answer
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.knowledge import codes
from bot.model.content import Topic, said
from bot.model.editions import Edition, Told
from bot.model.messages import Reply
from bot.model.step import Step


def listen(turn: Turn) -> Step | None:
    """A code alone, a forwarded answer that holds one, or the button under a notice that an answer has changed."""
    head = read_head(turn.incoming.text) if turn.typed else ""
    if head:
        return _of_the_book(turn, head)
    code = asked_about(turn)
    if code:
        return _checked(turn, code)
    if turn.typed and codes.is_code(turn.incoming.text):
        return turn.step(Reply("receipt/slip", buttons=(label("ask-officer", "form:ask-officer"),)))
    return None


def asked_about(turn: Turn) -> str:
    """The code a message is about. In the middle of something else only a code that stands alone is one."""
    kind, what = turn.button
    if kind == "receipt":
        return what
    talk = turn.conversation
    if not turn.typed or ((talk.filling or talk.talking or talk.desk) and not codes.is_code(turn.incoming.text)):
        return ""
    return codes.read_code(turn.incoming.text)


def _of_the_book(turn: Turn, head: str) -> Step:
    """Whether this book of cases stood so once: what was cut off or rewritten since does not know its own receipts."""
    leaf = turn.conversation.known.leaf
    facts = {"code": head, "at": leaf.at if leaf else None, "zone": turn.release.zone("")}
    return turn.step(Reply("receipt/book" if leaf else "receipt/book-not-ours", facts, (_menu,)))


def about(turn: Turn, edition: Edition, topic: Topic) -> dict[str, object]:
    """What an edition was about, and what has changed since, in words of the content."""
    changes = topic.changes[edition.changes :]
    return {
        "title": turn.release.answer(topic, turn.language)[0].title,
        "what": [said(one.what, turn.language) for one in changes],
        "wrong": any(one.was == "wrong" for one in changes),
    }


def _checked(turn: Turn, code: str) -> Step:
    told = turn.conversation.known.told
    if told is None or told.edition.code != code:
        return turn.step(Reply("receipt/not-ours", {"code": codes.sayable(code)}, (_ask, _menu)))
    topic = turn.release.topic(told.edition.topic)
    if topic is None:
        return turn.step(
            Reply("receipt/withdrawn", {"code": codes.sayable(code), "first": told.first.date()}, (_ask, _menu))
        )
    return _held_against_today(turn, told, topic)


def _held_against_today(turn: Turn, told: Told, topic: Topic) -> Step:
    """Genuine: then what we say today comes with it, for the words around a code may have been changed on the way."""
    edition = told.edition
    now = turn.release.edition(topic, edition.country, edition.sector)
    state = "receipt/current" if now.code == edition.code else "receipt/outdated"
    facts = {**about(turn, edition, topic), "code": codes.sayable(edition.code), "first": told.first.date()}
    step = answer(turn, topic, edition.country, edition.sector)
    return Step(step.conversation, (Reply(state, facts), *step.replies), step.effects)


_ask = label("ask-officer", "form:ask-officer")
_menu = label("menu", "do:menu")
