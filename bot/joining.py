"""Chats that become one person, or part again: the talks on both sides as they stand then."""

from functools import reduce
from typing import assert_never

from bot.decided import Decided, Told
from bot.dialogue import together
from bot.model.effects.joining import Join, JoiningEffect, OfferJoining, Part, TriedJoining
from bot.store import joining, people
from bot.store.database import Transaction


async def write_joining(tx: Transaction, effect: JoiningEffect, one: Decided, told: Told) -> None:
    """What becomes of the chats of whoever wrote."""
    person, at = one.place.person, one.incoming.at
    match effect:
        case OfferJoining():
            await joining.offer(tx, person, effect)
        case TriedJoining():
            await joining.tried(tx, person, at)
        case Join():
            if await joining.join(tx, person, effect, at):
                await _together(tx, person, told)
        case Part():
            own = await joining.part(tx, person, at)
            talks = await people.talks_held(tx, own)
            told.talks |= {side: together.alone(talk, own[side]) for side, talk in talks.items()}
        case _:
            assert_never(effect)


async def _together(tx: Transaction, person: int, told: Told) -> None:
    others = (await people.fellows(tx, [person]))[person]
    talks = await people.talks_held(tx, [person, *others])
    whole = reduce(together.joined, (talks[one] for one in others), talks[person])
    told.talks[person] = whole
    for one in others:
        followed = together.follow(talks[one], whole)
        told.talks[one] = followed.but(helped=followed.helped or whole.helped)
