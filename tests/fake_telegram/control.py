"""What tests may do under `/control/`: be the people, order faults, and see what people saw."""

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from aiohttp import web

from tests.fake_telegram.methods import media_as_message
from tests.fake_telegram.server import WORLD
from tests.fake_telegram.world import Chat, Fault, World

MEDIA = ("photo", "voice", "audio", "video", "video_note", "animation", "document", "sticker")
routes = web.RouteTableDef()


@routes.post("/control/say")
async def say(request: web.Request) -> web.Response:
    """{chat, text | photo | voice | audio | video | document | sticker | location | contact | dice, caption, ending, language,
    forwarded, edited}: somebody sends it. A file's value is its content, or true; a size in bytes makes so many."""
    world, asked = request.app[WORLD], await request.json()
    chat = world.chat_of(asked["chat"])
    chat.known, chat.language = True, asked.get("language", chat.language)
    kind = "edited_message" if asked.get("edited") else "message"
    update, message = world.say(chat, _content(world, asked), kind)
    return web.json_response({"update_id": update, "message_id": message})


@routes.post("/control/many")
async def many(request: web.Request) -> web.Response:
    """{first, chats, each, texts}: so many chats, from this number on, write in turn, each so often, one text after the other."""
    world, asked = request.app[WORLD], await request.json()
    chats = [world.chat_of(asked["first"] + n) for n in range(asked["chats"])]
    texts = asked["texts"]
    for turn in range(asked["each"]):
        for chat in chats:
            world.say(chat, {"text": texts[turn % len(texts)]})
    return web.json_response({"count": len(chats) * asked["each"]})


@routes.post("/control/lean")
async def lean(request: web.Request) -> web.Response:
    """From now on keep of calls nothing, of messages no more than /control/log says: for runs with very many of them."""
    request.app[WORLD].lean = True
    return web.json_response({})


def _content(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = {"caption": asked["caption"]} if "caption" in asked else {}
    if asked.get("forwarded"):
        content["forward_origin"] = {"type": "hidden_user", "sender_user_name": "Seseorang", "date": 1}
    if text := asked.get("text"):
        length = len(text.split()[0]) if text.startswith("/") else 0
        entities = {"entities": [{"type": "bot_command", "offset": 0, "length": length}]} if length else {}
        return content | {"text": text} | entities
    for kind in MEDIA:
        if kind in asked:
            sent = _bytes(asked[kind])
            return content | media_as_message(kind, world.keep_file(kind, sent, asked.get("ending", "")), len(sent))
    if "location" in asked:
        return content | {"location": {"latitude": -7.25, "longitude": 112.75}}
    if "contact" in asked:
        return content | {"contact": {"phone_number": "+628111111111", "first_name": "Teman"}}
    return content | {"dice": {"emoji": "\U0001f3b2", "value": 3}}


def _bytes(asked: Any) -> bytes:
    if isinstance(asked, str):
        return asked.encode()
    return b"isi" if asked is True else bytes(asked)


@routes.post("/control/press")
async def press(request: web.Request) -> web.Response:
    """{chat, button (label or data), without_message, inaccessible}: press a button of the last message that has it,
    or say the words of the keyboard below. {chat, data} presses what need not be shown anywhere."""
    world, asked = request.app[WORLD], await request.json()
    chat = world.chat_of(asked["chat"])
    seen, data = _find(chat, asked.get("button", "")) if "data" not in asked else (None, asked["data"])
    if data is None:
        return web.json_response({"error": f"no button {asked['button']!r} in chat {chat.id}"}, status=404)
    if seen and seen.get("key"):
        message = {"message_id": world.number(), "date": int(world.now()), "chat": world.described(chat), "text": data}
        return web.json_response({"update_id": world.put("message", message | {"from": world.user(chat)}, chat.id)})
    name = str(7_000_000_000_000_000 + world.number())
    world.presses[name] = {"at": world.now(), "answered": False}
    query = {"id": name, "from": world.user(chat), "chat_instance": "1", "data": data}
    query |= _pressed_message(world, chat, seen, asked)
    return web.json_response({"update_id": world.put("callback_query", query, chat.id), "query": name})


def _pressed_message(world: World, chat: Chat, seen: Any, asked: dict[str, Any]) -> dict[str, Any]:
    if not seen or asked.get("without_message"):
        return {}
    message = {"message_id": seen["message_id"], "chat": world.described(chat), "date": 0}
    if not asked.get("inaccessible"):
        message |= {"date": seen["date"], "from": world.bot(), "text": seen["text"]}
    return {"message": message}


def _find(chat: Chat, button: str) -> tuple[Any, str | None]:
    for seen in reversed(chat.seen):
        rows = [] if seen["deleted"] else seen["markup"].get("inline_keyboard", [])
        for one in (one for row in rows for one in row if button in (one["text"], one.get("callback_data"))):
            return seen, one.get("callback_data")
    for seen in reversed(chat.seen):
        if any(button == key["text"] for row in seen["markup"].get("keyboard", []) for key in row):
            return {"key": True}, button
    return None, None


@routes.post("/control/block")
async def block(request: web.Request) -> web.Response:
    """{chat, blocked, deactivated, moved_to}: the person blocks the bot or takes it back, is gone, the chat moves."""
    world, asked = request.app[WORLD], await request.json()
    chat = world.chat_of(asked["chat"])
    chat.deactivated, chat.moved_to = asked.get("deactivated", chat.deactivated), asked.get("moved_to", chat.moved_to)
    blocked = asked.get("blocked", not (chat.deactivated or chat.moved_to))
    if blocked != chat.blocked:
        chat.blocked = blocked
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        change = {"chat": world.described(chat), "from": world.user(chat), "date": int(world.now())}
        change |= {"old_chat_member": {"user": world.bot(), "status": before, "until_date": 0}}
        change |= {"new_chat_member": {"user": world.bot(), "status": after, "until_date": 0}}
        world.put("my_chat_member", change, chat.id)
    return web.json_response({})


@routes.post("/control/fail")
async def fail(request: web.Request) -> web.Response:
    """{method (or "*"), times, after (so many good calls), chat, status,
    retry_after, hang (seconds), cut ("reset" or "half"), answer (a body for 200), deliver}."""
    asked = await request.json()
    known = {one.name for one in fields(Fault)}
    request.app[WORLD].faults.append(Fault(**{key: value for key, value in asked.items() if key in known}))
    return web.json_response({})


@routes.post("/control/update")
async def update(request: web.Request) -> web.Response:
    """A raw update: any bytes. JSON without an `update_id` gets one."""
    world, body = request.app[WORLD], await request.read()
    number = world.number()
    try:
        content = json.loads(body)
        if isinstance(content, dict) and isinstance(content.setdefault("update_id", number), int):
            number, body = content["update_id"], json.dumps(content).encode()
    except (ValueError, RecursionError):
        pass
    return web.json_response({"update_id": world.put_raw(body, number=number)})


@routes.post("/control/file")
async def file(request: web.Request) -> web.Response:
    """?kind=photo: keep the body as a file the bot may send."""
    world = request.app[WORLD]
    name = world.keep_file(request.query["kind"], await request.read())
    return web.json_response({"file_id": name, "path": world.files[name]["path"]})


@routes.post("/control/clock")
async def clock(request: web.Request) -> web.Response:
    """{advance}: so many seconds pass."""
    request.app[WORLD].ahead += (await request.json())["advance"]
    return web.json_response({})


@routes.post("/control/proxy")
async def proxy(request: web.Request) -> web.Response:
    """{url}: the service stands behind a proxy that ends TLS. Updates are brought here, whatever address it named."""
    request.app[WORLD].proxy = (await request.json())["url"]
    return web.json_response({})


@routes.post("/control/reset")
async def reset(request: web.Request) -> web.Response:
    """As on the first day."""
    world = request.app[WORLD]
    fresh = World(world.token, poller=world.poller + 1, counter=world.counter)
    for one in fields(World):
        if one.name != "news":
            setattr(world, one.name, getattr(fresh, one.name))
    world.changed()
    return web.json_response({})


@routes.get("/control/sent")
async def sent(request: web.Request) -> web.Response:
    """?chat: everything the chat saw of the bot, in order."""
    return web.json_response(_shown(request))


@routes.get("/control/wait")
async def wait(request: web.Request) -> web.Response:
    """?chat&count&timeout: the same as soon as it is so many messages; 408 when it does not come to that."""
    return await _when(request, lambda: _shown(request))


@routes.get("/control/calls")
async def calls(request: web.Request) -> web.Response:
    """?method&count&timeout: the calls of a method (of all when none is named), as soon as there are so many."""
    method = request.query.get("method", "").lower()
    return await _when(request, lambda: [one for one in request.app[WORLD].calls if method in ("", one["method"])])


@routes.get("/control/pending")
async def pending(request: web.Request) -> web.Response:
    """?most&timeout: how many updates the bot has not confirmed, as soon as they are no more than that."""
    world, most = request.app[WORLD], int(request.query.get("most", 10**9))
    done = await world.until(lambda: len(world.waiting) <= most, float(request.query.get("timeout", 10)))
    return web.json_response({"count": len(world.waiting)}, status=200 if done else 408)


@routes.get("/control/log")
async def log(request: web.Request) -> web.Response:
    """What every chat saw of the bot, in order and in short: {chat: [[message id, time, text, which life of the bot], ...]}."""
    chats = request.app[WORLD].chats.values()
    return web.json_response(
        {chat.id: [[one[name] for name in ("message_id", "at", "text", "life")] for one in chat.seen] for chat in chats}
    )


@routes.get("/control/delivered")
async def delivered(request: web.Request) -> web.Response:
    """?count&timeout: how many messages all chats together were sent, as soon as there are so many."""
    world, count = request.app[WORLD], int(request.query.get("count", 0))
    done = await world.until(lambda: world.delivered >= count, float(request.query.get("timeout", 10)))
    return web.json_response({"count": world.delivered}, status=200 if done else 408)


@routes.get("/control/state")
async def state(request: web.Request) -> web.Response:
    """The webhook, the commands, and which presses were answered."""
    world = request.app[WORLD]
    answered = [name for name, one in world.presses.items() if one["answered"]]
    return web.json_response({"webhook": world.webhook, "commands": world.commands, "answered": answered})


async def _when(request: web.Request, things: Callable[[], list[Any]]) -> web.Response:
    count, seconds = int(request.query.get("count", 0)), float(request.query.get("timeout", 10))
    done = await request.app[WORLD].until(lambda: len(things()) >= count, seconds)
    return web.json_response(things(), status=200 if done else 408)


def _shown(request: web.Request) -> list[dict[str, Any]]:
    chat = request.app[WORLD].chats.get(int(request.query["chat"]))
    return [_as_seen(seen) for seen in chat.seen] if chat else []


def _as_seen(seen: dict[str, Any]) -> dict[str, Any]:
    """A message as a test wants it: what stands on the screen, and the buttons by row."""
    markup = seen["markup"]
    rows = [[_button(one) for one in row] for row in markup.get("inline_keyboard", [])]
    return {key: value for key, value in seen.items() if key != "markup"} | {
        "buttons": [one for row in rows for one in row],
        "rows": rows,
        "keyboard": [[key["text"] for key in row] for row in markup.get("keyboard", [])],
        "persistent": bool(markup.get("is_persistent")),
    }


def _button(one: dict[str, Any]) -> dict[str, str]:
    return {"label": one["text"], "data": one.get("callback_data", ""), "url": one.get("url", "")}
