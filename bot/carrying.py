"""Files that cross from one platform to another: fetched where they came in, uploaded with the send, and then let go.

Few of them are in memory at once. A file that cannot cross leaves its words, which go with a sentence in its place.
"""

import asyncio
from dataclasses import dataclass, replace

from bot.channel import Channel, Fetch, File, Never, NotNow, Uncertain, Unfit
from bot.fileless import without
from bot.model.messages import SENT_FILES, Attachment, Outgoing
from bot.store.post import Due

MOST_AT_ONCE = 3
REST = 2.0


@dataclass(frozen=True, slots=True)
class Carried:
    """The platform's id of what was sent, and whether its file went with it."""

    id: str
    whole: bool = True


class Carrying:
    """Sends by a channel what may have its file elsewhere. `fetch` brings it."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._hands = asyncio.Semaphore(MOST_AT_ONCE)

    def rest(self, outgoing: Outgoing) -> float:
        """Seconds until there may be a hand free for it: whoever waits for one takes no place from those with words."""
        return REST if _crossing(outgoing) and self._hands.locked() else 0.0

    async def send(self, channel: Channel, due: Due, *, patient: bool = True) -> Carried:
        """Errors as of the channel, but `Unfit`; `NotNow` also while the file cannot be brought, unless no longer `patient`."""
        outgoing = due.outgoing
        try:
            if due.fileless and outgoing.message.attachment:
                raise Unfit
            return Carried(await self._whole(channel, outgoing, patient))
        except Unfit:
            words = replace(outgoing, message=without(outgoing.message))
            return Carried(await channel.send(words), whole=False)

    async def _whole(self, channel: Channel, outgoing: Outgoing, patient: bool) -> str:
        attachment = _crossing(outgoing)
        if attachment is None:
            return await channel.send(outgoing)
        async with self._hands:
            return await channel.send(outgoing, await self._brought(attachment, patient))

    async def _brought(self, attachment: Attachment, patient: bool) -> File:
        """What its own platform is in trouble with is no trouble of the one it goes to."""
        try:
            return await self._fetch(attachment)
        except Never:
            raise Unfit from None
        except (NotNow, Uncertain) as error:
            after = error.after if isinstance(error, NotNow) else 0.0
            raise (NotNow(after) if patient else Unfit()) from None


def _crossing(outgoing: Outgoing) -> Attachment | None:
    """The file that is not where it is to go, if that is sent files at all."""
    attachment, channel = outgoing.message.attachment, outgoing.address.channel
    return attachment if attachment and channel in SENT_FILES and attachment.channel != channel else None
