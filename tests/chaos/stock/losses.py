"""How much the stock echo bot loses that is killed under plain messages, each to be answered.

What counts is what the false Telegram was confirmed and never got an answer to.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.bot_user import FakeUser
from tests.chaos.installation import Installation, installation

ECHO = "tests.chaos.stock.echo"
_CHATS = 6
BACKLOG, _BEFORE_THE_KILL = 500, 30
_LONGEST_LIFE, _BETWEEN = 0.6, 0.066
_NETWORK = 0.05
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Losses:
    """Of so many messages, how many were never answered, and how many answers came more than once."""

    said: int
    lost: int
    repeated: int

    def __str__(self) -> str:
        """As it stands in the table."""
        return f"lost {self.lost:,} of {self.said:,} messages ({self.lost / self.said:.1%}), repeated {self.repeated:,}"


async def under_kills(folder: Path, times: int) -> Losses:
    """The echo bot killed so many times at random moments, with messages coming all the time."""
    async with installation(folder, ECHO) as house, FakeUser(house.street, 1) as control:
        await at_a_distance(control)
        chance, said = random.Random(times), list[tuple[int, str]]()
        talking = asyncio.create_task(_talk(control, said))
        for _ in range(times):
            await house.begin("serve")
            if await house.opened():
                await asyncio.sleep(chance.uniform(0, _LONGEST_LIFE))
            house.end()
            await house.ended()
        talking.cancel()
        await asyncio.wait([talking])
        await house.begin("serve")
        await _drained(control)
        return await _counted(control, said)


async def with_a_backlog(folder: Path) -> Losses:
    """The echo bot killed while it works off what came while it was away."""
    async with installation(folder, ECHO) as house, FakeUser(house.street, 1) as control:
        await at_a_distance(control)
        said = [await _say(control, n, BACKLOG) for n in range(BACKLOG)]
        await killed_at_work(house, control, "serve")
        await _drained(control)
        return await _counted(control, said)


async def killed_at_work(house: Installation, control: FakeUser, *words: str) -> None:
    """It starts, has sent some answers to what waits, is killed, and starts again."""
    await house.begin(*words)
    await control.ask("calls", method="sendMessage", count=_BEFORE_THE_KILL, timeout=_PATIENCE)
    house.end()
    await house.ended()
    await house.begin(*words)


async def at_a_distance(control: FakeUser) -> None:
    """Telegram is as far away as it is: each answer to a message sent takes a while."""
    await control.fail("sendMessage", times=10**9, hang=_NETWORK, deliver=True)


async def _talk(control: FakeUser, said: list[tuple[int, str]]) -> None:
    for n in count():
        said.append(await _say(control, n))
        await asyncio.sleep(_BETWEEN)


async def _say(control: FakeUser, n: int, chats: int = _CHATS) -> tuple[int, str]:
    chat, text = 9001 + n % chats, f"pesan {n}"
    await control.control("say", chat=chat, text=text)
    return chat, text


async def _drained(control: FakeUser) -> None:
    """What comes last is answered last."""
    await control.ask("pending", most=0, timeout=_PATIENCE)
    await control.say("sudah")
    await control.ask("wait", chat=control.chat, count=1, timeout=_PATIENCE)


async def _counted(control: FakeUser, said: Sequence[tuple[int, str]]) -> Losses:
    log = await control.ask("log")
    answers = Counter((int(chat), text) for chat, seen in log.items() for _, _, text, _ in seen)
    lost = sum(not answers[one] for one in said)
    return Losses(len(said), lost, sum(answers[one] - 1 for one in said if answers[one]))
