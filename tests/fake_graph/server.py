"""The Graph API over HTTP: tokens, messages, media, and the faults a test has ordered."""

import asyncio
import json
from typing import Any

from aiohttp import web

from tests.fake_graph.payloads import MEDIA, is_open, request, state
from tests.fake_graph.strict import check, check_upload
from tests.fake_graph.world import Fault, Person, Refusal, World, described

WORLD = web.AppKey("world", World)
routes = web.RouteTableDef()


@routes.post("/{version:v\\d+\\.\\d+}/{number}/messages")
async def messages(asked: web.Request) -> web.StreamResponse:
    """Send a message, or say that one was read."""
    world = asked.app[WORLD]
    try:
        body = json.loads(await asked.read())
    except ConnectionResetError:  # who was asking has died
        return web.Response(status=400)
    except ValueError:
        return _refused(Refusal(100, "Invalid JSON"))
    method = "read" if isinstance(body, dict) and body.get("status") == "read" else "messages"
    return await _call(asked, method, _who(world, body), body)


@routes.post("/{version:v\\d+\\.\\d+}/{number}/media")
async def upload(asked: web.Request) -> web.StreamResponse:
    """Leave a file; its id is what a message names. Written down is what came, not the content."""
    given = {key: _uploaded(value) for key, value in (await asked.post()).items()}
    return await _call(asked, "upload", "", given)


def _uploaded(value: str | bytes | bytearray | web.FileField) -> Any:
    if not isinstance(value, web.FileField):
        return value
    content = value.file.read()
    return {"name": value.filename, "mime": value.content_type, "content": content, **described(content)}


@routes.get("/{version:v\\d+\\.\\d+}/{id}")
async def look(asked: web.Request) -> web.StreamResponse:
    """Where a file is; or that the number is ours."""
    return await _call(asked, "media", "", {"id": asked.match_info["id"]})


@routes.get("/files/{id}")
async def download(asked: web.Request) -> web.StreamResponse:
    """A file's content."""
    return await _call(asked, "download", "", {"id": asked.match_info["id"]})


async def _call(asked: web.Request, method: str, who: str, body: Any) -> web.StreamResponse:
    world = asked.app[WORLD]
    world.calls.append({"method": method, "given": _told(body)})
    world.changed()
    fault = world.fault_for(method, who)
    if not fault:
        return _answer(asked, method, body)
    return await _spoilt(asked, method, body, fault)


def _told(body: Any) -> Any:
    """A call as it is shown to tests, which is JSON."""
    if not isinstance(body, dict) or not isinstance(body.get("file"), dict):
        return body
    return body | {"file": {key: value for key, value in body["file"].items() if key != "content"}}


def _answer(asked: web.Request, method: str, body: Any) -> web.Response:
    world = asked.app[WORLD]
    try:
        _known(asked, world)
        if method == "download":
            return web.Response(body=_file(world, body)["content"])
        return web.json_response(_METHODS[method](world, asked, body))
    except Refusal as refusal:
        return _refused(refusal)


def _known(asked: web.Request, world: World) -> None:
    if asked.headers.get("Authorization") != f"Bearer {world.token}":
        raise Refusal(190, "Invalid OAuth access token", 401)
    if asked.match_info.get("number", world.number_id) != world.number_id:
        raise Refusal(100, "Unsupported post request. Object does not exist")


def _send(world: World, _: web.Request, body: Any) -> Any:
    seen = check(world, body)
    person = world.reached(body.get("to", "").lstrip("+"), body.get("recipient", ""))
    world.keep_pace(person)
    refused = _refused_by(world, person, seen)
    if refused and not world.late:
        raise refused
    seen |= {"id": world.fresh_id(person.number), "at": world.now(), "states": [], "raw": body}
    if refused:
        world.put(person.number, request(world, [person], (), [state(world, person, seen, "failed", refused.code)]))
    else:
        _deliver(world, person, seen)
    given = body.get("to") or body["recipient"]
    known = {"wa_id": person.number} if body.get("to") else {"user_id": person.user_id}
    contact = {"input": given, **known}
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": seen["id"]}]}


def _refused_by(world: World, person: Person, seen: dict[str, Any]) -> Refusal | None:
    if person.deaf:
        return Refusal(131026, "Message undeliverable")
    if not seen["template"] and not is_open(world, person):
        return Refusal(131047, "Re-engagement message")
    return None


def _deliver(world: World, person: Person, seen: dict[str, Any]) -> None:
    person.seen.append(seen)
    world.delivered += 1
    for what in world.states:
        seen["states"].append(what)
        world.put(person.number, request(world, [person], (), [state(world, person, seen, what)]))
    world.changed()


def _mark_read(world: World, _: web.Request, body: Any) -> Any:
    if body.keys() - {"messaging_product", "status", "message_id", "typing_indicator"}:
        raise Refusal(100, "Unexpected key")
    if body["message_id"] not in world.written:
        raise Refusal(131009, "Parameter value is not valid")
    world.read.append(body["message_id"])
    return {"success": True}


def _upload(world: World, _: web.Request, body: Any) -> Any:
    kind = check_upload(body)
    return {"id": world.keep_file(kind, body["file"]["content"], body["type"])}


def _look(world: World, asked: web.Request, body: Any) -> Any:
    if body["id"] == world.number_id:
        return {"id": world.number_id}
    file = _file(world, body)
    url = f"http://{asked.host}/files/{body['id']}"
    told = {"mime_type": file["mime"] or MEDIA.get(file["kind"], "x"), "file_size": len(file["content"]), "sha256": "x"}
    return {"messaging_product": "whatsapp", "url": url, "id": body["id"], **told}


def _file(world: World, body: Any) -> dict[str, Any]:
    if body["id"] not in world.files:
        raise Refusal(100, "Unsupported get request. Object does not exist")
    return world.files[body["id"]]


async def _spoilt(asked: web.Request, method: str, body: Any, fault: Fault) -> web.StreamResponse:
    answer = _answer(asked, method, body) if fault.deliver else None
    await asyncio.sleep(fault.hang)
    if fault.cut:
        return await _cut(asked, answer or web.Response(body=b'{"messages":[{"id":"x"}]}'), fault.cut)
    if fault.answer:
        return web.Response(text=fault.answer)
    if fault.status or fault.code:
        return _refused(Refusal(fault.code, "trouble", fault.status or 400))
    return answer or _answer(asked, method, body)


async def _cut(asked: web.Request, answer: web.Response, how: str) -> web.StreamResponse:
    """Break the connection: at once, or after half of the answer."""
    assert asked.transport
    body = answer.body if isinstance(answer.body, bytes) else b""
    half = web.StreamResponse(headers={"Content-Length": str(len(body) or 2)})
    if how == "half":
        await half.prepare(asked)
        await half.write(body[: len(body) // 2])
    asked.transport.close()
    return half


def _refused(refusal: Refusal) -> web.Response:
    if refusal.code == 0:  # a gateway's error, not the API's
        return web.Response(status=refusal.status, text="<html>trouble</html>")
    error = {"message": f"(#{refusal.code}) {refusal}", "type": "OAuthException", "code": refusal.code}
    error |= {"error_data": {"messaging_product": "whatsapp", "details": str(refusal)}, "fbtrace_id": "Az8or2y"}
    return web.json_response({"error": error}, status=refusal.status)


def _who(world: World, body: Any) -> str:
    """The number of whom a call is about, for faults that are ordered for one person."""
    if not isinstance(body, dict):
        return ""
    for one in world.people.values():
        if one.number == body.get("to") or one.user_id == body.get("recipient"):
            return one.number
    return ""


_METHODS = {"messages": _send, "read": _mark_read, "media": _look, "upload": _upload}
