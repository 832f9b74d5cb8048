"""What stands before several workers: each request goes to one of them, and what it refuses or cuts off to the next."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from tests.end_to_end.service import free_port

_ITS_OWN = ("Connection", "Content-Length", "Transfer-Encoding", "Content-Encoding", "Keep-Alive")
_PATIENCE = aiohttp.ClientTimeout(total=60)
_LARGEST = 4 * 1024 * 1024


@dataclass
class Proxy:
    """In turns to workers at these ports; `passed_on` counts the requests that one could not take and another was asked to.

    A worker that was cut off may have stored what it was brought: the next one must know it again.
    """

    ports: Sequence[int]
    browser: aiohttp.ClientSession
    port: int = field(default_factory=free_port)
    brought: int = 0
    passed_on: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def take(self, request: web.Request) -> web.Response:
        """One request; 503 when no worker took it."""
        body = await request.read()
        for port in self._in_turn():
            if answer := await self._asked(port, request, body):
                return answer
            self.passed_on += 1
        return web.Response(status=503)

    def _in_turn(self) -> Iterator[int]:
        self.brought += 1
        first = self.brought % len(self.ports)
        yield from (*self.ports[first:], *self.ports[:first])

    async def _asked(self, port: int, request: web.Request, body: bytes) -> web.Response | None:
        headers = {name: value for name, value in request.headers.items() if name not in _ITS_OWN}
        try:
            async with self.browser.request(
                request.method,
                f"http://127.0.0.1:{port}{request.raw_path}",
                data=body,
                headers=headers,
                allow_redirects=False,
            ) as answer:
                said = await answer.read()
                if answer.status >= web.HTTPInternalServerError.status_code:
                    return None
                back = [(name, value) for name, value in answer.headers.items() if name not in _ITS_OWN]
                return web.Response(status=answer.status, body=said, headers=back)  # type: ignore[arg-type]
        except (aiohttp.ClientError, TimeoutError):
            return None


@asynccontextmanager
async def proxy_to(ports: Sequence[int]) -> AsyncIterator[Proxy]:
    """One that runs for as long as the block."""
    connector = aiohttp.TCPConnector(force_close=True, limit=0)
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(timeout=_PATIENCE, connector=connector, cookie_jar=jar) as browser:
        proxy, app = Proxy(ports, browser), web.Application(client_max_size=_LARGEST)
        app.router.add_route("*", "/{path:.*}", proxy.take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", proxy.port).start()
        try:
            yield proxy
        finally:
            await runner.cleanup()
