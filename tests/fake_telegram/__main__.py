"""Starts the false Telegram: `python -m tests.fake_telegram --port 0 --token 100001:TEST`."""

import argparse
import asyncio
from contextlib import suppress

from aiohttp import web

from tests.fake_telegram import control
from tests.fake_telegram.server import WORLD, call, download
from tests.fake_telegram.webhook import deliver_always
from tests.fake_telegram.world import World


def build(token: str) -> web.Application:
    """The server for one bot."""
    app = web.Application(client_max_size=32 * 1024 * 1024)
    app[WORLD] = World(token)
    app.add_routes(control.routes)
    app.router.add_route("*", "/bot{token}/{method}", call)
    app.router.add_route("*", "/life-{life}/bot{token}/{method}", call)
    app.router.add_get("/file/bot{token}/{path:.+}", download)
    app.cleanup_ctx.append(deliver_always)
    return app


async def serve(port: int, token: str) -> None:
    """Run until killed; the first line printed says where."""
    runner = web.AppRunner(build(token), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port, shutdown_timeout=0.1)
    await site.start()
    host, number = runner.addresses[0][:2]
    print(f"listening on http://{host}:{number}", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


def main() -> None:
    """Read the options and serve."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--token", default="100001:TEST")
    given = options.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(given.port, given.token))


if __name__ == "__main__":
    main()
