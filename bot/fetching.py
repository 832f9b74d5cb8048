"""The one place that brings what somebody sent, by whichever channel it came: for delivery, for the pages, for our own copies.

A copy of ours comes before what the platform may have forgotten.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.channel import Fetch, File, Never
from bot.model.messages import Attachment
from bot.store import files
from bot.store.database import Database

_USUAL = {"photo": "image/jpeg", "voice": "audio/ogg"}


def fetching(database: Database, channels: Mapping[str, Callable[[str], Awaitable[File]]]) -> Fetch:
    """What brings files of these channels, by their references. Of one that is off nothing comes any more but our copies."""

    async def fetch(attachment: Attachment) -> File:
        if copy := await files.copy_of(database, attachment):
            return File(*copy)
        bring = channels.get(attachment.channel)
        if bring is None:
            raise Never("a file of a channel that is off", this_one=True)
        file = await bring(attachment.reference)
        return file if file.mime else replace(file, mime=_USUAL.get(attachment.kind, ""))

    return fetch
