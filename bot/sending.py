"""How one message goes: when its turn has come, with its file, and what the platform's answer means for it."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.carrying import Carrying
from bot.channel import Channel, Closed, Moved, Never, NotNow, Uncertain
from bot.model.messages import Address
from bot.pace import Pace
from bot.settling import Ending, refused
from bot.store import paces, post
from bot.store.database import Database, NotStored
from bot.store.post import Due
from bot.tally import Tally

log = logging.getLogger(__name__)
MOST_TRIES = 12
LONGEST_OUTAGE = timedelta(hours=6)


def wait_before(attempt: int, chance: float) -> float:
    """Seconds before the next try: 1, 2, 4 ... at most 5 minutes, each between half and the whole (`chance` is 0 to 1)."""
    return float(min(300.0, 2.0 ** (attempt - 1)) * (0.5 + chance / 2))


@dataclass(frozen=True, slots=True)
class Sending:
    """By the `channels`, within the `pace` of this worker and of all together; `alone`: there are no others."""

    database: Database
    channels: Mapping[str, Channel]
    now: Callable[[], datetime]
    pace: Pace
    chance: Callable[[], float]
    tally: Tally
    carrying: Carrying
    alone: bool
    steady: Callable[[], float] = field(default=time.monotonic)

    async def rest(self, one: Due, taken: float) -> float:
        """Wait for its turn in the line of all workers. Seconds for which it may not go even then: its chat must rest, no hand is
        free for its file, or one of the workers was asked for quiet meanwhile."""
        await self._until(taken + one.wait)
        rest, address = self.pace.rest(one.outgoing.address), one.outgoing.address
        if not self.alone and address.channel in self.pace.limits:
            with suppress(NotStored):  # then we hear it from the platform
                rest = max(rest, await paces.paused(self.database, address))
        return max(rest, self.carrying.rest(one.outgoing))

    async def send(self, one: Due) -> Ending:
        """Send it, whatever it is: how that ended. May raise `NotStored`, when a chat has moved and that cannot be kept."""
        address = one.outgoing.address
        await self.pace.wait(address)
        try:
            gone = await self.carrying.send(self.channels[address.channel], one, patient=not self._in_vain(one))
            return Ending("sent", gone.id, fileless=not gone.whole)
        except NotNow as error:
            return await self._later(one, error)
        except Uncertain as error:
            again = None if one.doubted else self._wait(one)
            state = "waiting" if again is not None else "uncertain"
            return Ending(state, error.arrived, again, error=post.UNCERTAIN)
        except Moved as error:
            await self._move(one, error.chat)
            return Ending("waiting", again_after=0.0, error="moved")
        except (Closed, Never) as error:
            return refused(error)
        except Exception as error:  # a fault of ours: this row must not stop the others
            log.exception("row %d cannot be sent: %s", one.outgoing.id, type(error).__name__)
            return Ending("dead", error=type(error).__name__)

    async def _until(self, then: float) -> None:
        if then > self.steady():
            await asyncio.sleep(then - self.steady())

    async def _later(self, one: Due, error: NotNow) -> Ending:
        if error.flood:
            self.tally.floods.labels(one.outgoing.address.channel).inc()
        if error.everyone:
            await self._pause(one.outgoing.address, error.after)
        elif self._in_vain(one):
            return Ending("dead", error.arrived, error="too many tries")
        why = post.UNCERTAIN if one.doubted else "not now"  # a doubt stays, whatever comes after it
        return Ending("waiting", error.arrived, max(error.after, self._wait(one)), error=why)

    def _in_vain(self, one: Due) -> bool:
        return one.attempts >= MOST_TRIES and self.now() - one.created > LONGEST_OUTAGE

    async def _pause(self, address: Address, seconds: float) -> None:
        """Nobody of us writes to this account for so long."""
        self.pace.pause(address, seconds)
        if not self.alone:
            with suppress(NotStored):  # then each hears it from the platform
                async with self.database.transaction(beside=True) as tx:
                    await paces.pause(tx, address, seconds)

    def _wait(self, one: Due) -> float:
        return wait_before(one.attempts, self.chance())

    async def _move(self, one: Due, chat: str) -> None:
        async with self.database.transaction() as tx:
            await post.move(tx, one.address, chat)
