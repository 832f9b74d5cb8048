"""What holds for every request and every answer: bodies are bounded, strangers' forms refused, browsers kept strict.

Plain ASGI, so that a refused body is never read and a stream of events is never held back.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MACHINES = ("/telegram/webhook", "/whatsapp/webhook")
MACHINES_BODY = 3 * 1024 * 1024
PEOPLES_BODY = 64 * 1024
_SAFE = ("GET", "HEAD", "OPTIONS")
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Not `no-referrer`: with it browsers name the origin of a form "null", and where they do not say Sec-Fetch-Site either
# (pages without TLS, older phones) no form could be sent at all. Other sites learn nothing this way too.
STRICT = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
ONLY_TLS = {"Strict-Transport-Security": "max-age=31536000", "Cross-Origin-Opener-Policy": "same-origin"}


class BodyLimit:
    """Ends the reading of a body that is too large, declared or not, with 413."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        most = MACHINES_BODY if scope["path"] in MACHINES else PEOPLES_BODY
        declared, taken = _declared(scope), 0

        async def bounded() -> Message:
            nonlocal taken
            if declared <= most:
                message = await receive()
                taken += len(message.get("body", b""))
                if taken <= most:
                    return message
            raise HTTPException(413)

        await self._app(scope, bounded, send)


class SameOrigin:
    """Refuses what another site's page sends in the name of whoever looks at it."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self._app = app
        self._public_host = urlsplit(public_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._acts(scope) and not from_here(Headers(scope=scope), self._public_host):
            return await PlainTextResponse("cross-site request refused", 403)(scope, receive, send)
        await self._app(scope, receive, send)

    def _acts(self, scope: Scope) -> bool:
        return scope["type"] == "http" and scope["method"] not in _SAFE and scope["path"] not in MACHINES


class StrictHeaders:
    """Adds the headers that keep a browser strict to every answer."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = dict(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, strict)


def from_here(headers: Headers, public_host: str) -> bool:
    """Whether a page of ours sent this: the browser says so, or the origin is the host it was sent to."""
    if site := headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    try:
        origin = urlsplit(headers.get("origin", "")).netloc
    except ValueError:  # so it says of "http://[", which no browser sends
        return False
    return bool(origin) and origin in (headers.get("host"), public_host)


def _declared(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() else 0
