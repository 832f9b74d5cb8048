"""The one place that brings what somebody sent, by whichever channel it came: for delivery, and for the pages."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.channel import Fetch, File, Never
from bot.model.messages import Attachment

_USUAL = {"photo": "image/jpeg", "voice": "audio/ogg"}


def fetching(channels: Mapping[str, Callable[[str], Awaitable[File]]]) -> Fetch:
    """What brings files of these channels, by their references. Of one that is off nothing comes any more."""

    async def fetch(attachment: Attachment) -> File:
        bring = channels.get(attachment.channel)
        if bring is None:
            raise Never("a file of a channel that is off", this_one=True)
        file = await bring(attachment.reference)
        return file if file.mime else replace(file, mime=_USUAL.get(attachment.kind, ""))

    return fetch
