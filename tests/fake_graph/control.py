"""What tests may do under `/control/`: be the people, order faults, and see what people saw. People are named by number."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import aiohttp
from aiohttp import web

from tests.fake_graph.payloads import moved, pressed, request, said, state
from tests.fake_graph.server import WORLD
from tests.fake_graph.world import Fault, Person, World

CHALLENGE = "1158201444"
routes = web.RouteTableDef()


@routes.post("/control/webhook")
async def webhook(asked: web.Request) -> web.Response:
    """{url, handshake (true unless said)}: the operator enters where the webhook is; Meta shakes hands first."""
    world, given = asked.app[WORLD], await asked.json()
    if given.get("handshake", True):
        hello = {"hub.mode": "subscribe", "hub.verify_token": world.verify_token, "hub.challenge": CHALLENGE}
        async with aiohttp.ClientSession() as session, session.get(given["url"], params=hello) as answer:
            if (answer.status, await answer.text()) != (200, CHALLENGE):
                return web.json_response({"error": f"no handshake: {answer.status}"}, status=400)
    world.webhook = given["url"]
    world.changed()
    return web.json_response({})


@routes.post("/control/person")
async def person(asked: web.Request) -> web.Response:
    """{who, hidden, old, deaf}: by what webhooks name somebody; whether messages can reach them."""
    world, given = asked.app[WORLD], await asked.json()
    one = world.person(given["who"])
    for name in ("hidden", "old", "deaf"):
        setattr(one, name, given.get(name, getattr(one, name)))
    return web.json_response({"user_id": one.user_id})


@routes.post("/control/say")
async def say(asked: web.Request) -> web.Response:
    """{who, text | image | audio | video | document | sticker | location | contact | reaction, caption, mime, forwarded}:
    somebody sends it. A file's value is its content, or true; a size in bytes makes so many."""
    world, given = asked.app[WORLD], await asked.json()
    one = world.person(given["who"])
    message = said(world, one, given)
    world.put(one.number, request(world, [one], [message]))
    return web.json_response({"id": message["id"]})


@routes.post("/control/batch")
async def batch(asked: web.Request) -> web.Response:
    """{messages: [as for say, or {raw: any JSON}, ...]}: all in one request of the webhook."""
    world, given = asked.app[WORLD], await asked.json()
    people = {one["who"]: world.person(one["who"]) for one in given["messages"] if "who" in one}
    made = [one["raw"] if "raw" in one else said(world, people[one["who"]], one) for one in given["messages"]]
    world.put("", request(world, list(people.values()), made))
    return web.json_response({})


@routes.post("/control/press")
async def press(asked: web.Request) -> web.Response:
    """{who, button (label or id)}: press it on the last message that has it. {who, id, title} presses what is nowhere."""
    world, given = asked.app[WORLD], await asked.json()
    one = world.person(given["who"])
    if "id" in given:
        ghost = {"id": "wamid.GHOST", "template": None, "opener": ""}
        found: Any = ghost, {"id": given["id"], "label": given.get("title", "x"), "about": ""}
    else:
        found = _find(one, given["button"])
    if not found:
        return web.json_response({"error": f"no button {given['button']!r} with {one.number}"}, status=404)
    message = pressed(world, one, *found)
    world.put(one.number, request(world, [one], [message]))
    return web.json_response({"id": message["id"]})


def _find(person: Person, button: str) -> tuple[dict[str, Any], dict[str, str]] | None:
    for seen in reversed(person.seen):
        for one in seen["buttons"]:
            if button in (one["label"], one["id"]):
                return seen, one
    return None


@routes.post("/control/move")
async def move(asked: web.Request) -> web.Response:
    """{who, to}: this person has a new number."""
    world, given = asked.app[WORLD], await asked.json()
    one = world.person(given["who"])
    world.put(one.number, request(world, [one], [moved(world, one, given["to"])]))
    return web.json_response({})


@routes.post("/control/read")
async def read(asked: web.Request) -> web.Response:
    """{who}: they open the chat and see all of it."""
    world, given = asked.app[WORLD], await asked.json()
    one = world.person(given["who"])
    for seen in one.seen:
        if "read" not in seen["states"]:
            _tell(world, one, seen, "read")
    return web.json_response({})


@routes.post("/control/state")
async def tell_state(asked: web.Request) -> web.Response:
    """{who, id, state, code}: a delivery state, whatever the message; of one nobody sent, too."""
    world, given = asked.app[WORLD], await asked.json()
    one = world.person(given["who"])
    unknown: dict[str, Any] = {"id": given["id"], "template": None, "states": []}
    seen = next((sent for sent in one.seen if sent["id"] == given["id"]), unknown)
    _tell(world, one, seen, given["state"], given.get("code", 0))
    return web.json_response({})


def _tell(world: World, person: Person, seen: dict[str, Any], what: str, code: int = 0) -> None:
    seen["states"].append(what)
    world.put(person.number, request(world, [person], (), [state(world, person, seen, what, code)]))


@routes.post("/control/template")
async def template(asked: web.Request) -> web.Response:
    """{name, language, body, parameters, buttons, category, status}: Meta has looked at a template."""
    world, given = asked.app[WORLD], await asked.json()
    plain = {"parameters": 0, "buttons": [], "category": "UTILITY", "status": "APPROVED"}
    world.templates[f"{given['name']}/{given['language']}"] = plain | given
    return web.json_response({})


@routes.post("/control/settings")
async def settings(asked: web.Request) -> web.Response:
    """{states: the delivery states that follow by themselves, late: whether a refusal comes as a state}."""
    world, given = asked.app[WORLD], await asked.json()
    world.states, world.late = tuple(given.get("states", world.states)), given.get("late", world.late)
    return web.json_response({})


@routes.post("/control/fail")
async def fail(asked: web.Request) -> web.Response:
    """{method (messages, read, upload, media, download or "*"), times, after (so many good calls), who, status, code (Meta's),
    hang (seconds), cut ("reset" or "half"), answer (a body for 200), deliver}; with `times` 0 nothing of it fails any more."""
    given, faults = await asked.json(), asked.app[WORLD].faults
    known = {one.name for one in fields(Fault)}
    if given.get("times") == 0:
        faults[:] = [one for one in faults if one.method != given["method"]]
    else:
        faults.append(Fault(**{key: value for key, value in given.items() if key in known}))
    return web.json_response({})


@routes.post("/control/raw")
async def raw(asked: web.Request) -> web.Response:
    """Any bytes, signed and brought to the webhook."""
    asked.app[WORLD].put("", await asked.read())
    return web.json_response({})


@routes.post("/control/file")
async def file(asked: web.Request) -> web.Response:
    """?kind=image: keep the body as a file that may be sent."""
    return web.json_response({"id": asked.app[WORLD].keep_file(asked.query["kind"], await asked.read())})


@routes.post("/control/clock")
async def clock(asked: web.Request) -> web.Response:
    """{advance}: so many seconds pass."""
    asked.app[WORLD].ahead += (await asked.json())["advance"]
    return web.json_response({})


@routes.post("/control/reset")
async def reset(asked: web.Request) -> web.Response:
    """As on the first day; the webhook stays where it is."""
    world = asked.app[WORLD]
    fresh = World(world.number_id, world.token, world.secret, world.verify_token, counter=world.counter)
    for one in fields(World):
        if one.name not in ("news", "webhook"):
            setattr(world, one.name, getattr(fresh, one.name))
    world.changed()
    return web.json_response({})


@routes.get("/control/sent")
async def sent(asked: web.Request) -> web.Response:
    """?who: everything this person was sent, in order."""
    return web.json_response(_shown(asked))


@routes.get("/control/wait")
async def wait(asked: web.Request) -> web.Response:
    """?who&count&timeout: the same as soon as it is so many messages; 408 when it does not come to that."""
    return await _when(asked, lambda: _shown(asked))


@routes.get("/control/calls")
async def calls(asked: web.Request) -> web.Response:
    """?method&count&timeout: the calls of a method (of all when none is named), as soon as there are so many."""
    method = asked.query.get("method", "")
    return await _when(asked, lambda: [one for one in asked.app[WORLD].calls if method in ("", one["method"])])


@routes.get("/control/pending")
async def pending(asked: web.Request) -> web.Response:
    """?most&timeout: how many webhook requests are not acknowledged, as soon as they are no more than that."""
    world, most = asked.app[WORLD], int(asked.query.get("most", 10**9))
    done = await world.until(lambda: len(world.waiting) <= most, float(asked.query.get("timeout", 10)))
    return web.json_response({"count": len(world.waiting)}, status=200 if done else 408)


@routes.get("/control/log")
async def log(asked: web.Request) -> web.Response:
    """What everybody was sent, in order and in short: {number: [[message id, time, text], ...]}."""
    people = asked.app[WORLD].people.values()
    return web.json_response(
        {one.number: [[seen["id"], seen["at"], seen["text"]] for seen in one.seen] for one in people}
    )


async def _when(asked: web.Request, things: Callable[[], list[Any]]) -> web.Response:
    count, seconds = int(asked.query.get("count", 0)), float(asked.query.get("timeout", 10))
    done = await asked.app[WORLD].until(lambda: len(things()) >= count, seconds)
    return web.json_response(things(), status=200 if done else 408)


def _shown(asked: web.Request) -> list[dict[str, Any]]:
    one = asked.app[WORLD].people.get(asked.query["who"])
    return one.seen if one else []
