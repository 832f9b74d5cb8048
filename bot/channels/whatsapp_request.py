"""Carries requests to Meta's Graph API over aiohttp, and says truly how far a failed one got.

`Unreachable`: the request never left; `Unanswered`: nobody can know what became of it; `GraphError`: it was refused, with
Meta's number for why. No error holds an address, a telephone number or what somebody wrote: all of them stand in requests.
"""

import json
import logging
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import aiohttp

logging.getLogger("aiohttp.client").setLevel(logging.WARNING)

LARGEST = 20 * 1024 * 1024
_LARGEST_ANSWER = 1024 * 1024
_CONNECTING = 5.0
_UPLOADING = 60.0
_METAS = (".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net")
"""Where Meta keeps what people send."""


class Unreachable(Exception):
    """There was no connection, so nothing was sent."""


class Unanswered(Exception):
    """The request went out, and no answer came that can be read."""


class TooLarge(Exception):
    """What was asked for is larger than we take."""


class GraphError(Exception):
    """The Graph API refused. `code` is Meta's number for why, 0 when it gave none; `status` is HTTP's."""

    def __init__(self, status: int, code: int = 0) -> None:
        super().__init__(f"HTTP {status}, Graph error {code}")
        self.status = status
        self.code = code


class Graph:
    """The Graph API with one account's token."""

    def __init__(self, api_url: str, token: str, *, connections: int = 64, wait: float = 10.0) -> None:
        self._api_url = api_url.rstrip("/")
        self._token = token
        self._connections = connections
        self._wait = wait
        self._session: aiohttp.ClientSession | None = None

    async def post(self, path: str, fields: Mapping[str, Any]) -> Mapping[str, Any]:
        """Post JSON to a path of the API; the answer's object."""
        return await self._json("POST", path, json.dumps(fields).encode())

    async def upload(self, path: str, content: bytes, name: str, mime: str) -> Mapping[str, Any]:
        """Leave a file with Meta; the answer's object, which names it."""
        form = aiohttp.FormData({"messaging_product": "whatsapp", "type": mime})
        form.add_field("file", BytesIO(content), filename=name, content_type=mime)
        return await self._json("POST", path, form)

    async def get(self, path: str) -> Mapping[str, Any]:
        """The object at a path of the API."""
        return await self._json("GET", path)

    async def download(self, url: str) -> bytes:
        """What somebody sent, from where the API said it is. The token goes to Meta's own houses and nowhere else."""
        if not self._is_metas(url):
            raise GraphError(404)
        status, body = await self._exchange("GET", url, None, LARGEST)
        if status != 200:
            raise _refusal(status, body)
        return body

    async def _json(self, method: str, path: str, data: bytes | aiohttp.FormData | None = None) -> Mapping[str, Any]:
        status, body = await self._exchange(method, f"{self._api_url}/{path}", data, _LARGEST_ANSWER)
        if status != 200:
            raise _refusal(status, body)
        answer = _object(body)
        if answer is None:
            raise Unanswered("an answer that is no JSON object")
        return answer

    async def _exchange(
        self, method: str, url: str, data: bytes | aiohttp.FormData | None, most: int
    ) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {self._token}"}
        if isinstance(data, bytes):
            headers["Content-Type"] = "application/json"
        wait = _UPLOADING if isinstance(data, aiohttp.FormData) else self._wait
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECTING, sock_read=wait)
        try:
            async with self._open().request(
                method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await _body(answer, most)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise Unreachable(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(type(error).__name__) from None

    def _is_metas(self, url: str) -> bool:
        try:
            asked, api = urlsplit(url), urlsplit(self._api_url)
            host = asked.hostname or ""
        except ValueError:
            return False
        return (asked.scheme, asked.netloc) == (api.scheme, api.netloc) or (
            asked.scheme == "https" and host.endswith(_METAS)
        )

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=self._connections))
        return self._session

    async def close(self) -> None:
        """Let go of the network."""
        session, self._session = self._session, None
        if session:
            await session.close()


async def _body(answer: aiohttp.ClientResponse, most: int) -> bytes:
    body = bytearray()
    async for part in answer.content.iter_chunked(65536):
        body += part
        if len(body) > most:
            raise TooLarge
    return bytes(body)


def _refusal(status: int, body: bytes) -> GraphError:
    error = (_object(body) or {}).get("error")
    code = error.get("code") if isinstance(error, dict) else 0
    return GraphError(status, code if type(code) is int else 0)


def _object(body: bytes) -> Mapping[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None
