"""What is one for all chats of a person: their language, their wishes, what keeps their cases from others, how fast they write.

The rest of a talk (a form under way, what was offered last, whom they write with) stays its chat's own.
"""

from collections.abc import Collection
from dataclasses import replace

from bot.model.conversation import Conversation, Filling

_SHARED = ("language", "quiet", "discreet", "hush", "coded", "flood")


def follow(talk: Conversation, said: Conversation) -> Conversation:
    """A talk once its person has said something in another of their chats."""
    return talk.but(**{name: getattr(said, name) for name in _SHARED})


def joined(acting: Conversation, other: Conversation) -> Conversation:
    """The talk of the chat that joins another one: the stricter wish, both words that guard cases, its own language."""
    return acting.but(
        quiet=acting.quiet or other.quiet,
        discreet=acting.discreet or other.discreet,
        hush={**other.hush, **acting.hush},
        coded=tuple(dict.fromkeys((*acting.coded, *other.coded))),
        flood=max(acting.flood, other.flood, key=lambda flood: flood.level),
        helped=acting.helped or other.helped,
    )


def alone(talk: Conversation, own: Collection[str]) -> Conversation:
    """The talk of a chat that is on its own again: of the cases that are not its own nothing stays in it."""
    return talk.but(
        hush={number: word for number, word in talk.hush.items() if number in own},
        coded=tuple(number for number in talk.coded if number in own),
        unlocked={number: used for number, used in talk.unlocked.items() if number in own},
        helped=talk.helped if talk.helped in own else "",
        talking=talk.talking if talk.talking in own else "",
        filling=talk.filling if talk.filling and _fits(talk.filling, own) else None,
        paused=tuple(one for one in talk.paused if _fits(one, own)),
    )


def forgotten(talk: Conversation) -> Conversation:
    """A talk of which its person wants nothing to be kept."""
    return replace(
        talk,
        filling=None,
        paused=(),
        remembered={},
        ticked={},
        talking="",
        desk="",
        misses=0,
        subject=type(talk.subject)(),
        sought=type(talk.sought)(),
        unsure=type(talk.unsure)(),
    )


def _fits(filling: Filling, own: Collection[str]) -> bool:
    return not filling.case or filling.case in own
