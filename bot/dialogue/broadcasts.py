"""A broadcast comes to somebody: said, if it may be."""

from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.broadcast import Reach
from bot.model.conversation import Conversation
from bot.model.effects.people import Brought
from bot.model.messages import ONLY_WHEN_THEY_WRITE, Reply
from bot.model.step import Step


def bring(turn: Turn) -> Step:
    """In their language, with one word by which it was the last. One that was stopped meanwhile says nothing."""
    one = turn.conversation.known.broadcast
    if one is None or one.stand != "running":
        return turn.step()
    reach = _reach(turn.conversation, turn.incoming.address.channel)
    effects = (Brought(one.id, reach),)
    if reach != "sent":
        return turn.step(effects=effects)
    facts = {"text": one.said(turn.language), "officer": one.author_name, "place": turn.release.place(one.scope.prefix)}
    return turn.step(Reply("broadcast/said", facts, (label("no-more", "do:stop"),)), effects=effects)


def _reach(talk: Conversation, channel: str) -> Reach:
    """Whom others may be looking at gets nothing they have not asked for."""
    if talk.quiet:
        return "quiet"
    if talk.discreet or talk.coded or talk.hush:
        return "left-out"
    return "unreached" if channel in ONLY_WHEN_THEY_WRITE else "sent"
