""" "Terus?" and "maksudnya?": what comes next, or the same in fewer words and a person who can explain it."""

from bot.dialogue.answers import checklist_of, forms_of
from bot.dialogue.choices import label, topic_buttons
from bot.dialogue.menu import menu_reply
from bot.dialogue.turn import Turn
from bot.knowledge.dates import over
from bot.model.content import Topic
from bot.model.messages import Reply
from bot.model.step import Step

_MOST_NEXT, _MOST_NEAR = 4, 3


def listen(turn: Turn) -> Step | None:
    """A message that says nothing else; not when it is meant for an officer."""
    talk, topic = turn.conversation, turn.release.topic(turn.conversation.subject.topic)
    if not turn.typed or talk.talking or not turn.heard.follow:
        return None
    if topic is None:
        return None if turn.heard.command else turn.step(menu_reply(turn.release, turn.language), misses=0)
    return _further(turn, topic) if turn.heard.follow == "further" else _shorter(turn, topic)


def _further(turn: Turn, topic: Topic) -> Step:
    buttons = (
        *topic_buttons(topic.related[:_MOST_NEXT], turn.language, turn.release),
        *checklist_of(turn, topic),
        *forms_of(turn, topic),
    )
    title = turn.release.title(topic.id, turn.language)
    return turn.step(Reply("further", {"title": title}, (*buttons, label("menu", "do:menu"))), misses=0)


def _shorter(turn: Turn, topic: Topic) -> Step:
    """The first sentence of the answer alone, unless its time is over, and who explains the rest."""
    subject, today = turn.conversation.subject, turn.incoming.at.date()
    facts = {
        "topic": "" if over(topic, today) else topic.id,
        "country": subject.country,
        "sector": subject.sector,
        "today": today,
    }
    near = topic_buttons(topic.related[:_MOST_NEAR], turn.language, turn.release)
    return turn.step(Reply("unclear", facts, (label("ask-officer", "form:ask-officer"), *near)), misses=0)
