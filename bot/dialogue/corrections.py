"""An answer has changed: whoever had the old one is told, at once where we may write first, else when they next write."""

from dataclasses import replace

from bot.dialogue.answers import answer
from bot.dialogue.choices import label
from bot.dialogue.receipts import about
from bot.dialogue.turn import Turn
from bot.model.editions import Edition
from bot.model.effects.people import Corrected
from bot.model.messages import NEWS_WHEN_THEY_WRITE, Reply
from bot.model.step import Effect, Step


def listen(turn: Turn) -> Step:
    """The clock brings somebody the news. Who does not want to be written to, or cannot be, is told at the next contact."""
    told = turn.conversation.known.told
    if told is None:
        return turn.step()
    if turn.conversation.quiet or turn.incoming.address.channel in NEWS_WHEN_THEY_WRITE:
        owed = (*turn.conversation.owed, told.edition)
        return turn.step(effects=(Corrected(told.edition.code, "owed"),), owed=owed)
    replies, effects = _news(turn, told.edition)
    return turn.step(*replies, effects=effects)


def owed(turn: Turn, step: Step) -> Step:
    """Before what was asked now, what we owe from before; not in an emergency, nor in the middle of a form."""
    debts = step.conversation.owed
    if not debts or turn.heard.danger or step.conversation.filling:
        return step
    found = [_news(turn, edition) for edition in debts]
    replies = tuple(reply for replies, _ in found for reply in replies)
    effects = tuple(effect for _, effects in found for effect in effects)
    return replace(
        step,
        conversation=step.conversation.but(owed=()),
        replies=(*replies, *step.replies),
        effects=(*effects, *step.effects),
    )


def _news(turn: Turn, old: Edition) -> tuple[tuple[Reply, ...], tuple[Effect, ...]]:
    """That it has changed, how, and what we say today; of a discreet matter only that something has."""
    told = Corrected(old.code, "told")
    topic = turn.release.topic(old.topic)
    if topic is None or topic.discreet:
        return (Reply("correction/discreet", buttons=(label("read-more", f"receipt:{old.code}"),)),), (told,)
    if turn.release.edition(topic, old.country, old.sector).code == old.code:
        return (), (told,)
    today = answer(turn, topic, old.country, old.sector)
    return (Reply("correction", about(turn, old, topic)), *today.replies), (told, *today.effects)
