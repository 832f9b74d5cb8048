"""The line of those who wait to be taken in: everybody in turn, each chat in the order it wrote.

Nobody's messages stand before another's: while others wait, a batch takes few of each chat. Whoever brings many at once
(a page of a flood) goes when they have come to the head of the line, and until then lets the others past. Chats one person has
joined stand in line as one, once they were heard from since the start.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model.messages import Address, Incoming
from bot.store.people import Met

MOST = 256  # messages in a batch
SHARE = 8  # things of a chat that waits alone
FEW = 2  # of each chat, while others wait
MANY = 16  # messages brought at once by one chat: more than these let others past

Whose = Address | int
"""A chat, or the person who has joined several."""


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """What a chat brought at once, how to tell that it is stored, and since when it waits (monotonic seconds)."""

    arrived: Sequence[Incoming]
    stored: asyncio.Future[None]
    whose: Whose
    since: float = field(default_factory=time.monotonic)


class Line:
    """Who waits. A chat is not in it twice: what it brings later stands behind what it brought before."""

    def __init__(self) -> None:
        self._chats: dict[Whose, deque[Waiting]] = {}
        self._joined: dict[Address, int] = {}

    def know(self, met: Met) -> None:
        """Which of those who were heard write from several chats."""
        for address, place in met.places.items():
            others = met.fellows.get(place.person)
            if others:
                self._joined[address] = min(place.person, *others)
            else:
                self._joined.pop(address, None)

    def join(self, arrived: Sequence[Incoming]) -> list[Waiting]:
        """Stand in line with these, each chat's apart; who brings most stands last."""
        loop = asyncio.get_running_loop()
        by_chat: dict[Whose, list[Incoming]] = {}
        for one in arrived:
            by_chat.setdefault(self._joined.get(one.address, one.address), []).append(one)
        joined = [
            Waiting(some, loop.create_future(), whose)
            for whose, some in sorted(by_chat.items(), key=lambda item: len(item[1]))
        ]
        for each in joined:
            self._chats.setdefault(each.whose, deque()).append(each)
        return joined

    def leave(self, joined: Sequence[Waiting]) -> None:
        """Those that have not been taken yet wait no more."""
        for one in joined:
            line = self._chats.get(one.whose, deque())
            if one in line:
                line.remove(one)
            if not line:
                self._chats.pop(one.whose, None)

    def take(self) -> list[Waiting]:
        """The next batch. Who had their share stands behind the others for the one after it."""
        taken: list[Waiting] = []
        left, first = MOST, next(iter(self._chats), None)
        alone = len(self._chats) == 1
        for _ in range(SHARE if alone else FEW):
            for whose, line in list(self._chats.items()):
                if left <= 0:
                    return taken
                if len(line[0].arrived) <= MANY or (whose == first and not taken):
                    taken.append(line.popleft())
                    left -= len(taken[-1].arrived)
                    self._stand_behind(whose)
        return taken

    def _stand_behind(self, whose: Whose) -> None:
        line = self._chats.pop(whose)
        if line:
            self._chats[whose] = line
