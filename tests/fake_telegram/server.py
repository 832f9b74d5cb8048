"""The Bot API over HTTP: tokens, parameters in every form, and the faults a test has ordered."""

import asyncio
import json
import re
from typing import Any

from aiohttp import web

from tests.fake_telegram.markup import Refusal
from tests.fake_telegram.methods import METHODS
from tests.fake_telegram.world import Fault, Upload, World

WORLD = web.AppKey("world", World)


async def call(request: web.Request) -> web.StreamResponse:
    """`/bot<token>/<method>`: one call, written down before anything else happens."""
    world, method = request.app[WORLD], request.match_info["method"].lower()
    try:
        given = await _given(request)
    except ConnectionResetError:  # who was asking has died
        return web.Response(status=400)
    if refusal := _stranger(request, world):
        return _refused(refusal)
    if life := request.match_info.get("life"):
        given["life"] = life
    if not world.lean:
        world.calls.append({"method": method, "given": {key: _told(value) for key, value in given.items()}})
    world.changed()
    fault = world.fault_for(method, str(given.get("chat_id", "")))
    if not fault:
        return await _answer(world, method, given)
    return await _spoilt(request, world, method, given, fault)


async def _answer(world: World, method: str, given: dict[str, Any]) -> web.Response:
    if method not in METHODS:
        return _refused(Refusal(404, "Not Found: method not found"))
    try:
        result = await METHODS[method](world, given)
    except Refusal as refusal:
        return _refused(refusal)
    written = result if isinstance(result, bytes) else json.dumps(result).encode()
    return web.Response(body=b'{"ok":true,"result":' + written + b"}", content_type="application/json")


async def _spoilt(
    request: web.Request, world: World, method: str, given: dict[str, Any], fault: Fault
) -> web.StreamResponse:
    answer = await _answer(world, method, given) if fault.deliver else None
    await asyncio.sleep(fault.hang)
    if fault.cut:
        return await _cut(request, answer or web.Response(body=b'{"ok":true,"result":{}}'), fault.cut)
    if fault.answer:
        return web.Response(text=fault.answer)
    if fault.retry_after or fault.status == 429:
        description = f"Too Many Requests: retry after {fault.retry_after}"
        return _refused(Refusal(429, description, retry_after=fault.retry_after))
    if fault.status:
        return _refused(Refusal(fault.status, _reason(fault.status)))
    return answer or await _answer(world, method, given)


async def _cut(request: web.Request, answer: web.Response, how: str) -> web.StreamResponse:
    """Break the connection: at once, or after half of the answer."""
    assert request.transport
    body = answer.body if isinstance(answer.body, bytes) else b""
    half = web.StreamResponse(headers={"Content-Length": str(len(body) or 2)})
    if how == "half":
        await half.prepare(request)
        await half.write(body[: len(body) // 2])
    request.transport.close()
    return half


def _stranger(request: web.Request, world: World) -> Refusal | None:
    token = request.match_info["token"]
    if token == world.token:
        return None
    return Refusal(401, "Unauthorized") if re.fullmatch(r"\d+:[\w-]+", token) else Refusal(404, "Not Found")


async def _given(request: web.Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        sent = await request.json()
        return given | {key: value if isinstance(value, str) else json.dumps(value) for key, value in sent.items()}
    for key, value in (await request.post()).items():
        given[key] = _uploaded(value) if isinstance(value, web.FileField) else value
    return given


def _uploaded(value: web.FileField) -> Upload:
    return Upload(value.filename, value.content_type, value.file.read())


def _told(value: Any) -> str:
    """A parameter as it is shown to tests: of a file not the content."""
    return json.dumps(value.described()) if isinstance(value, Upload) else str(value)


def _reason(status: int) -> str:
    return {
        400: "Bad Request: trouble",
        500: "Internal Server Error",
        502: "Bad Gateway",
        503: "Service Unavailable",
    }.get(status, "Trouble")


def _refused(refusal: Refusal) -> web.Response:
    answer: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return web.json_response(answer, status=refusal.code)


async def download(request: web.Request) -> web.Response:
    """`/file/bot<token>/<path>`: the content of a file."""
    world = request.app[WORLD]
    if refusal := _stranger(request, world):
        return _refused(refusal)
    for file in world.files.values():
        if file["path"] == request.match_info["path"]:
            return web.Response(body=file["content"])
    return _refused(Refusal(404, "Not Found"))
