"""WhatsApp as a channel: what the rest of the house uses of it, by Meta's Cloud API.

Our own thin client: the libraries there are confirm what they could not read, keep what they have seen in memory, or
know people by their numbers only.
"""

import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.channel import File, Never, NotNow, Uncertain, Unfit
from bot.channels import mimes
from bot.channels.whatsapp_fields import MEDIA_ID, USER_ID
from bot.channels.whatsapp_files import kind_of
from bot.channels.whatsapp_intake import Intake, Receive
from bot.channels.whatsapp_messages import Parcel, holds_file, media_id, parcels
from bot.channels.whatsapp_request import LARGEST, Graph, GraphError, TooLarge, Unanswered, Unreachable
from bot.channels.whatsapp_troubles import Refused, is_ours, trouble
from bot.model.messages import Attachment, Message, Outgoing

__all__ = ["Account", "Receive", "Refused", "WhatsApp"]

_T = TypeVar("_T")
_FAILURES = (GraphError, TooLarge, Unanswered, Unreachable)
_LONGEST_CHALLENGE = 200


@dataclass(frozen=True, slots=True)
class Account:
    """One number of a business: `id` as Meta names it (not the number), what we send with, what Meta signs with, and the
    word by which Meta shows, once, that the webhook was set up by the operator."""

    id: str
    token: str = field(repr=False)
    secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    api_url: str


class WhatsApp:
    """One number. `strange` is told how many things came that were meant for another one."""

    def __init__(
        self,
        account: Account,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        strange: Callable[[int], None] = lambda many: None,
    ) -> None:
        self._account = account
        self._graph = Graph(account.api_url, account.token)
        self._intake = Intake(self._graph, account=account.id, secret=account.secret, now=now, strange=strange)

    @property
    def name(self) -> str:
        """As in `Address.channel`."""
        return "whatsapp"

    def shake(self, asked: Mapping[str, str]) -> str | None:
        """Meta's handshake when the webhook is set up: what to answer it, or None to whoever does not know our word."""
        given, due = asked.get("hub.verify_token", ""), self._account.verify_token
        known = bool(due) and hmac.compare_digest(given.encode(errors="replace"), due.encode())
        challenge = asked.get("hub.challenge", "")
        fits = asked.get("hub.mode") == "subscribe" and challenge.isalnum() and len(challenge) <= _LONGEST_CHALLENGE
        return challenge if known and fits else None

    async def take(self, body: bytes, signature: str, receive: Receive) -> int:
        """One request of the webhook; the HTTP status to answer. What cannot be read is stored too, and so 200."""
        return await self._intake.take(body, signature, receive)

    async def send(self, outgoing: Outgoing, file: File | None = None) -> str:
        """Send one message, with the content of its attachment if it came by another channel; Meta's ids of its pieces, with
        commas between.

        A text too long goes in several pieces: when a later one fails, the row is sent again from its first, so that a
        person may read the beginning twice, but never misses the end.
        """
        to = _recipient(outgoing.address.chat)
        message = await self._holding(outgoing.message, file) if file else outgoing.message
        return ",".join([await self._post({**parcel, **to}) for parcel in parcels(message)])

    async def _post(self, message: Parcel) -> str:
        whole = {"messaging_product": "whatsapp", "recipient_type": "individual", **message}
        try:
            return _id(await _asked(self._graph.post(f"{self._account.id}/messages", whole)))
        except Never as error:
            raise (Unfit() if holds_file(message) and error.this_one else error) from None

    async def _holding(self, message: Message, file: File) -> Message:
        """The same with its file where Meta can find it. Nothing has gone to anybody yet, so nothing is in doubt."""
        kind, name = kind_of(file), mimes.name_for(file.mime)
        try:
            answer = await _asked(self._graph.upload(f"{self._account.id}/media", file.content, name, file.mime))
        except Uncertain:
            raise NotNow from None
        except Never:
            raise Unfit from None
        id = answer.get("id")
        if not isinstance(id, str) or not MEDIA_ID.fullmatch(id):
            raise NotNow
        meant = message.attachment.kind if message.attachment else "file"
        return replace(message, attachment=Attachment(meant, f"{kind}:{id}", self.name))

    async def fetch(self, reference: str) -> File:
        """A photo, voice note or file somebody sent, of 20 MB at most; errors as of `send`."""
        found = await _asked(self._graph.get(media_id(reference)))
        size, url = found.get("file_size"), found.get("url")
        if isinstance(size, int) and size > LARGEST:
            raise Never("the file is too large", this_one=True)
        if not isinstance(url, str):
            raise Uncertain("an answer without a file")
        return File(await _asked(self._graph.download(url)), mimes.plain(str(found.get("mime_type") or "")))

    async def check(self) -> None:
        """Whether Meta takes our token for this number. Raises `Refused` when it does not; errors else as of `send`."""
        try:
            await self._graph.get(f"{self._account.id}?fields=id")
        except GraphError as error:
            raise (Refused() if is_ours(error) or error.status == 400 else trouble(error)) from None
        except _FAILURES as error:
            raise trouble(error) from None

    async def close(self) -> None:
        """Let go of the network."""
        await self._intake.close()
        await self._graph.close()


def _recipient(chat: str) -> Mapping[str, str]:
    """Where Meta is told to bring it: to the id it made for this person, else to the number."""
    return {"recipient": chat} if USER_ID.fullmatch(chat) else {"to": chat}


def _id(answer: Mapping[str, Any]) -> str:
    """The id Meta gave to what was sent."""
    try:
        id = answer["messages"][0]["id"]
    except (LookupError, TypeError):
        id = None
    if not isinstance(id, str) or not id:
        raise Uncertain("an answer without a message")
    return id


async def _asked(request: Awaitable[_T]) -> _T:
    try:
        return await request
    except _FAILURES as error:
        raise trouble(error) from None
