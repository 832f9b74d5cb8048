"""Starts the false Graph API: `python -m tests.fake_graph --port 0`."""

import argparse
import asyncio
from contextlib import suppress

from aiohttp import web

from tests.fake_graph import control, server
from tests.fake_graph.webhook import deliver_always
from tests.fake_graph.world import World


def build(world: World) -> web.Application:
    """The server for one number."""
    app = web.Application(client_max_size=32 * 1024 * 1024)
    app[server.WORLD] = world
    app.add_routes(control.routes)
    app.add_routes(server.routes)
    app.cleanup_ctx.append(deliver_always)
    return app


async def serve(port: int, world: World) -> None:
    """Run until killed; the first line printed says where."""
    runner = web.AppRunner(build(world), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, shutdown_timeout=0.1).start()
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
    for name, usual in (("number-id", "106540352242922"), ("token", "EAATEST"), ("secret", "s"), ("verify-token", "v")):
        options.add_argument(f"--{name}", default=usual)
    given = options.parse_args()
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(given.port, World(given.number_id, given.token, given.secret, given.verify_token)))


if __name__ == "__main__":
    main()
