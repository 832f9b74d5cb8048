"""A broadcast comes to somebody: said, if it may be. And officers hear how one stands: who must approve it, and its author."""

from datetime import datetime

from bot.casework.deadlines import after_quiet
from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.broadcast import Broadcast, News, Reach
from bot.model.conversation import Conversation
from bot.model.effects.people import Brought
from bot.model.effects.telling import TellThese
from bot.model.messages import ONLY_WHEN_THEY_WRITE, Reply
from bot.model.step import Step

_WEST = "Asia/Jakarta"


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


def tell(turn: Turn) -> Step:
    """Who must agree to one hears that it waits; its author, what was decided and what became of it. Not in the night."""
    news, (_, _, stand) = turn.conversation.known.news, turn.incoming.text.partition(":")
    if news is None or news.broadcast.stand != stand:
        return turn.step()
    author = (news.author,) if news.author else ()
    heard, reply = (news.seconds, _waiting(turn, news.broadcast)) if stand == "waiting" else (author, _stands(news))
    return turn.step(effects=(TellThese(heard, reply, _morning(turn, news.broadcast)),))


def _waiting(turn: Turn, one: Broadcast) -> Reply:
    facts = {"officer": one.author_name, "place": turn.release.place(one.scope.prefix)}
    return Reply("notice/broadcast-waiting", facts, (label("web", "do:web"),))


def _stands(news: News) -> Reply:
    sent = news.results.get("sent", 0)
    others = sum(news.results.values()) - sent
    facts = {"stand": news.broadcast.stand, "second": news.broadcast.second, "sent": sent, "others": others}
    return Reply("notice/broadcast", facts)


def _morning(turn: Turn, one: Broadcast) -> datetime | None:
    at, zone = turn.incoming.at, turn.release.villages.zones.get(one.scope.prefix[:2], _WEST)
    told = after_quiet(at, turn.release.content.quiet, zone)
    return told if told > at else None


def _reach(talk: Conversation, channel: str) -> Reach:
    """Whom others may be looking at gets nothing they have not asked for."""
    if talk.quiet:
        return "quiet"
    if talk.discreet or talk.coded or talk.hush:
        return "left-out"
    return "unreached" if channel in ONLY_WHEN_THEY_WRITE else "sent"
