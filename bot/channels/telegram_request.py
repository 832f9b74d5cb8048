"""Carries requests to Telegram over aiohttp, and says truly how far a failed one got.

The library's own client is several times slower and logs addresses, in which the bot's token stands; and its objects
cost more than the sending, so what goes often goes as plain JSON, by `call`. What matters most here is which error is
raised when no answer came: whether the request can have been acted on decides whether the message may be sent again.
`Unreachable`: it never left; `TimedOut`: nobody can know.
"""

import json
import logging
import os
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# How the library is told to give times to wait as what they are; without it, it warns each time.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# They would say addresses (with the token) and messages (with what people wrote).
for _name in ("telegram", "httpx", "httpcore", "aiohttp.client"):
    logging.getLogger(_name).setLevel(logging.WARNING)

LARGEST = 20 * 1024 * 1024
_CONNECTING = 5.0
_UPLOADING = 60.0
_JSON = {"Content-Type": "application/json"}


class Unreachable(NetworkError):
    """There was no connection, so nothing was sent."""


class AiohttpRequest(BaseRequest):
    """The library's door to the network, on one aiohttp session."""

    __slots__ = ("_connections", "_session", "_wait")

    def __init__(self, connections: int = 64, wait: float = 10.0) -> None:
        self._connections = connections
        self._wait = wait
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may keep us waiting, in seconds."""
        return self._wait

    async def initialize(self) -> None:
        """Nothing to do: the first request opens the session."""

    async def shutdown(self) -> None:
        """Close the session."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def call(self, url: str, fields: Mapping[str, Any]) -> Any:
        """A method of the Bot API, its fields and its result as plain JSON; the errors are the library's."""
        payload = json.dumps(fields).encode()
        return await self.post(url, payload)  # type: ignore[arg-type]  # it comes to `do_request` as it is

    async def upload(self, url: str, fields: Mapping[str, Any], held: tuple[str, str, str], content: bytes) -> Any:
        """As `call`, with a file in it: the field that holds it, its name, its type."""
        form = aiohttp.FormData()
        for key, value in fields.items():
            form.add_field(key, value if isinstance(value, str) else json.dumps(value))
        field, name, mime = held
        form.add_field(field, BytesIO(content), filename=name, content_type=mime or None)
        return await self.post(url, form, read_timeout=_UPLOADING)  # type: ignore[arg-type]  # as above

    async def body(self, url: str, fields: Mapping[str, Any], wait: float) -> bytes:
        """As `call`, but the answer as it came, and with as much time as it takes."""
        payload = json.dumps(fields).encode()
        answer = await self._request_wrapper(url=url, method="POST", request_data=payload, read_timeout=wait)  # type: ignore[arg-type]
        return bytes(answer)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | bytes | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer. An error says its kind and no more: the address holds the token."""
        wait = read_timeout if isinstance(read_timeout, int | float) else self._wait
        data = request_data.json_parameters if isinstance(request_data, RequestData) else request_data
        try:
            return await self._exchange(url, method, data, wait)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise Unreachable(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TimedOut(type(error).__name__) from None

    async def _exchange(
        self, url: str, method: str, data: bytes | Mapping[str, str] | aiohttp.FormData | None, wait: float
    ) -> tuple[int, bytes]:
        how: dict[str, Any] = {"headers": _JSON} if isinstance(data, bytes) else {}
        how["timeout"] = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECTING, sock_read=wait)
        async with self._open().request(method, url, data=data, allow_redirects=False, **how) as answer:
            return answer.status, await _body(answer)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})
        return self._session

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library's, but without writing what it could not read into the log."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            raise TelegramError("no answer in JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("no answer in JSON")
        return answer


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for part in answer.content.iter_chunked(65536):
        body += part
        if len(body) > LARGEST:
            raise TelegramError("the answer is too large")
    return bytes(body)
