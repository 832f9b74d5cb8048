"""Brings what people do to the service's webhook, signed: in order for each person, again and again until it is answered 2xx."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from tests.fake_graph.server import WORLD
from tests.fake_graph.world import FOREVER, Waiting, World

FIRST_WAIT = 0.02
LONGEST_WAIT = 1.0
MOST_AT_ONCE = 40


def signature(secret: str, body: bytes) -> str:
    """As Meta signs what it brings."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def deliver_always(app: web.Application) -> AsyncIterator[None]:
    """A part of the server: it delivers for as long as the server runs."""
    task = asyncio.create_task(_deliver(app[WORLD]))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _deliver(world: World) -> None:
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:
        while True:
            await world.until(lambda: _next(world), FOREVER)
            if one := _next(world):
                world.busy.add(one.lane)
                tasks.create_task(_bring(world, session, one))


def _next(world: World) -> Waiting | None:
    if not world.webhook or len(world.busy) >= MOST_AT_ONCE:
        return None
    return next((one for one in world.waiting if one.lane not in world.busy), None)


async def _bring(world: World, session: aiohttp.ClientSession, one: Waiting) -> None:
    wait = FIRST_WAIT
    while world.webhook and one in world.waiting and not await _post(world, session, one):
        await asyncio.sleep(wait)
        wait = min(LONGEST_WAIT, wait * 2)
    if world.webhook and one in world.waiting:
        world.waiting.remove(one)
    world.busy.discard(one.lane)
    world.changed()


async def _post(world: World, session: aiohttp.ClientSession, one: Waiting) -> bool:
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature(world.secret, one.body)}
    try:
        async with session.post(world.webhook, data=one.body, headers=headers) as answer:
            return 200 <= answer.status < 300
    except (aiohttp.ClientError, TimeoutError):
        return False
