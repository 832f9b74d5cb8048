"""What a made-up land is made of: how many people, where they live, over which time; and the chance all else follows from."""

import hashlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random

from bot.model.messages import Address
from bot.store.times import kept

FIRST = 1000
"""The first number of people, chats, messages, consents: below it lies what a service wrote itself before it was filled."""
SPAN = timedelta(days=730)
TO_A_VILLAGE = 250
LANGUAGES = ("id", "id", "id", "jv", "jv", "su")
_CHANNELS = ("telegram",) * 11 + ("whatsapp",) * 7 + ("web",) * 2
_ACCOUNTS = {"telegram": "7654321", "whatsapp": "7654322", "web": "chat"}
_DISTRICT, _SPREAD = 8, 1.0
_IN_EVERY = 5
"""One in so many people hands in a case; each message but a person's first is by somebody met before."""


@dataclass(frozen=True)
class Ground:
    """So many people, whose first message came in the order of their numbers, over the time up to `now`."""

    people: int
    villages: Sequence[str]
    now: datetime
    seed: int = 35

    def chance(self, what: str) -> Random:
        """Chance of its own for each thing made, so that making one of them alone makes the same."""
        return Random(f"{self.seed}:{what}")

    def at(self, share: float, later: float = 0.0) -> datetime:
        """When so much of the time was over, and so many seconds later, but not after it."""
        return min(self.now - SPAN * (1.0 - share) + timedelta(seconds=later), self.now)

    def kept_at(self, share: float, later: float = 0.0) -> str:
        """The same, as the database keeps it."""
        return kept(self.at(share, later))

    @property
    def messages(self) -> int:
        """How many came in: two of each on average."""
        return 2 * self.people

    @property
    def cases(self) -> int:
        """How many were handed in."""
        return self.people // _IN_EVERY

    def of_case(self, case: int) -> int:
        """Who handed a case in, both counted from 0."""
        return case * _IN_EVERY + 2

    def case_of(self, person: int) -> int | None:
        """The case somebody handed in, if they did."""
        case, rest = divmod(person, _IN_EVERY)
        return case if rest == 2 and case < self.cases else None

    @cached_property
    def homes(self) -> Sequence[int]:
        """In which of the villages each of the people lives: a few are large, many small."""
        chance = self.chance("homes")
        sizes = list(accumulate(chance.lognormvariate(0.0, _SPREAD) for _ in self.villages))
        return array("L", chance.choices(range(len(self.villages)), cum_weights=sizes, k=self.people))

    @cached_property
    def writers(self) -> Sequence[int]:
        """Whose each message is: every other one somebody's first, the rest of whoever was met by then, the latest most."""
        chance = self.chance("writers").random
        return array("L", (n // 2 if n % 2 == 0 else int(chance() ** 0.5 * (n // 2 + 1)) for n in range(self.messages)))

    @cached_property
    def last_words(self) -> Sequence[int]:
        """Which message is the last of each of the people."""
        last = array("L", bytes(array("L").itemsize * self.people))
        for message, person in enumerate(self.writers):
            last[person] = message
        return last

    def share_of(self, message: int) -> float:
        """How much of the time was over when a message came."""
        return (message + 0.5) / self.messages


def settle(people: int, official: Iterable[str], now: datetime, seed: int = 35) -> Ground:
    """People in whole districts of the official list (codes of villages), as many as they fill."""
    districts: dict[str, list[str]] = {}
    for code in official:
        districts.setdefault(code[:_DISTRICT], []).append(code)
    order, chosen = sorted(districts), []
    Random(f"{seed}:districts").shuffle(order)
    for district in order:
        if len(chosen) * TO_A_VILLAGE >= people:
            break
        chosen += districts[district]
    return Ground(people, tuple(sorted(chosen)), now, seed)


def address_of(person: int) -> Address:
    """The one chat of somebody. Nobody's: no telephone number begins so, and no bot has this account."""
    channel = _CHANNELS[person * 7 % len(_CHANNELS)]
    chats = {"telegram": str(10_000_000 + 7 * person), "whatsapp": f"999{person:09d}"}
    chat = chats.get(channel) or hashlib.sha256(str(person).encode()).hexdigest()
    return Address(channel, _ACCOUNTS[channel], chat)
