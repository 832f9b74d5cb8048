"""Takes in what Meta brings to the webhook, and acknowledges none that is not stored.

Whatever one request holds is one batch. Meta brings a request again, for up to seven days, until it is answered 200.
"""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime

from bot.channels.whatsapp_request import Graph, GraphError, TooLarge, Unanswered, Unreachable
from bot.channels.whatsapp_updates import read_request
from bot.model.messages import Incoming

Receive = Callable[[Sequence[Incoming]], Awaitable[None]]
"""The door in: when it returns, what it was given is stored; when it raises, nothing is."""

_LARGEST_BODY = 3 * 1024 * 1024
_MOST_COURTESIES = 32
_SIGNATURE = "sha256="
_FAILURES = (GraphError, TooLarge, Unanswered, Unreachable)
_UNHEARD = ("status", "gone", "unreadable")
_log = logging.getLogger(__name__)


class Intake:
    """The way in of one number. `strange` is told how many things came that were meant for another number."""

    def __init__(
        self, graph: Graph, *, account: str, secret: str, now: Callable[[], datetime], strange: Callable[[int], None]
    ) -> None:
        self._graph = graph
        self._account = account
        self._secret = secret.encode()
        self._now = now
        self._strange = strange
        self._courtesies: set[asyncio.Task[None]] = set()

    async def take(self, body: bytes, signature: str, receive: Receive) -> int:
        """One request of the webhook, with the signature it bears; the HTTP status to answer.

        What is meant for another number of the same app is not ours to keep: it is counted and acknowledged, or Meta would
        bring it for a week and slow down what is ours.
        """
        if len(body) > _LARGEST_BODY:
            return 413
        if not self._is_signed(body, signature):
            return 401
        request = read_request(body, self._now(), self._account)
        if request.strange:
            self._strange(request.strange)
        if not request.incoming:
            return 200
        try:
            await receive(request.incoming)
        except Exception as error:  # whatever it was: nothing is stored, so nothing may be acknowledged
            _log.warning("whatsapp: %s, so the webhook was answered 503", type(error).__name__)
            return 503
        self._be_courteous(request.incoming)
        return 200

    def _is_signed(self, body: bytes, signature: str) -> bool:
        """Whether somebody who knows the app's secret signed these very bytes."""
        due = _SIGNATURE + hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        return bool(self._secret) and hmac.compare_digest(signature.encode(errors="replace"), due.encode())

    def _be_courteous(self, incoming: Sequence[Incoming]) -> None:
        """Show each chat that its last message was read and that we write. Nobody waits for it; under a flood there is none."""
        last = {one.address: one.external_id for one in incoming if one.kind not in _UNHEARD}
        for name in last.values():
            if len(self._courtesies) >= _MOST_COURTESIES:
                return
            task = asyncio.create_task(self._mark_read(name))
            self._courtesies.add(task)
            task.add_done_callback(self._courtesies.discard)

    async def _mark_read(self, name: str) -> None:
        seen = {"messaging_product": "whatsapp", "status": "read", "message_id": name}
        with suppress(*_FAILURES):
            await self._graph.post(f"{self._account}/messages", {**seen, "typing_indicator": {"type": "text"}})

    async def close(self) -> None:
        """Leave no courtesy under way."""
        courtesies = list(self._courtesies)
        for task in courtesies:
            task.cancel()
        await asyncio.gather(*courtesies, return_exceptions=True)
