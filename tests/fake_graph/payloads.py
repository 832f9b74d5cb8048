"""What Meta brings to a webhook, as Meta writes it."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from tests.fake_graph.world import WINDOW, Person, World

WABA = "102290129340398"
MEDIA = {"image": "image/jpeg", "audio": "audio/ogg; codecs=opus", "video": "video/mp4", "document": "application/pdf"}


def said(world: World, person: Person, asked: dict[str, Any]) -> dict[str, Any]:
    """A message of this person, which opens the window."""
    name = world.fresh_id(person.number)
    world.written.add(name)
    person.wrote = world.now()
    message = {"id": name, "timestamp": str(int(world.now())), **_sender(person), **_content(world, asked)}
    if asked.get("forwarded"):
        message["context"] = {"forwarded": True}
    return message


def _sender(person: Person) -> dict[str, str]:
    return ({} if person.hidden else {"from": person.number}) | ({} if person.old else {"from_user_id": person.user_id})


def _content(world: World, asked: dict[str, Any]) -> dict[str, Any]:
    for kind, mime in MEDIA.items():
        if kind in asked:
            content = content_of(asked[kind])
            caption = {"caption": asked["caption"]} if "caption" in asked else {}
            told = asked.get("mime", mime)
            file = world.keep_file(kind, content, told)
            return {"type": kind, kind: {"id": file, "mime_type": told, "sha256": "x", **caption}}
    return _OTHERS[next((kind for kind in _OTHERS if kind in asked), "sticker")](world, asked)


def content_of(asked: Any) -> bytes:
    """The content of a file by what a test says of it: itself, how large it is, or nothing in particular."""
    if isinstance(asked, str):
        return asked.encode()
    return b"isi" if asked is True else bytes(asked)


_OTHERS: dict[str, Callable[[World, dict[str, Any]], dict[str, Any]]] = {
    "text": lambda _, asked: {"type": "text", "text": {"body": asked["text"]}},
    "location": lambda _, __: {"type": "location", "location": {"latitude": -7.25, "longitude": 112.75}},
    "contact": lambda _, __: {"type": "contacts", "contacts": [{"phones": [{"phone": "+628111111111"}]}]},
    "reaction": lambda _, asked: {"type": "reaction", "reaction": {"message_id": "x", "emoji": asked["reaction"]}},
    "unsupported": lambda _, asked: {
        "type": "unsupported",
        "errors": [{"code": 131051, "title": "Message type unknown"}],
        "unsupported": {"type": asked["unsupported"]},
    },
    "sticker": lambda world, _: {"type": "sticker", "sticker": {"id": world.keep_file("sticker", b"x")}},
}


def pressed(world: World, person: Person, seen: dict[str, Any], button: dict[str, str]) -> dict[str, Any]:
    """A press of a button of a message, as its kind of message has it."""
    message = said(world, person, {"text": "-"})
    del message["text"]
    message["context"] = {"id": seen["id"], "from": "628111"}
    if seen["template"]:
        return message | {"type": "button", "button": {"payload": button["id"], "text": button["label"]}}
    kind = "list_reply" if seen["opener"] else "button_reply"
    about = {"description": button["about"]} if button["about"] else {}
    reply = {"id": button["id"], "title": button["label"], **about}
    return message | {"type": "interactive", "interactive": {"type": kind, kind: reply}}


def moved(world: World, person: Person, to: str) -> dict[str, Any]:
    """The system's word that this person has a new number, and so a new id."""
    body = f"User A changed from {person.number} to {to}"
    told = {"body": body, "wa_id": to, "type": "user_changed_number"}
    if not person.old:
        told |= {"user_id": f"ID.9{to[::-1]}", "previous_user_id": person.user_id}
    name = world.fresh_id(person.number)
    return {"from": person.number, "id": name, "timestamp": str(int(world.now())), "type": "system", "system": told}


def state(world: World, person: Person, seen: dict[str, Any], what: str, code: int = 0) -> dict[str, Any]:
    """A delivery state of a message this person was sent."""
    told = {"id": seen["id"], "status": what, "timestamp": str(int(world.now()))}
    told |= {} if person.hidden else {"recipient_id": person.number}
    told |= {} if person.old else {"recipient_user_id": person.user_id}
    if code:
        return told | {"errors": [{"code": code, "title": "trouble", "message": "trouble", "href": "https://x"}]}
    return told | {"pricing": _pricing(world, person, seen)}


def _pricing(world: World, person: Person, seen: dict[str, Any]) -> dict[str, Any]:
    category = seen["template"]["category"].lower() if seen["template"] else "service"
    is_free = category == "service" or (category == "utility" and is_open(world, person))
    kind = "free_customer_service" if is_free else "regular"
    return {"billable": not is_free, "pricing_model": "PMP", "category": category, "type": kind}


def is_open(world: World, person: Person) -> bool:
    """Whether this person wrote within 24 hours."""
    return world.now() - person.wrote < WINDOW


def request(
    world: World, people: Sequence[Person], messages: Sequence[Any] = (), statuses: Sequence[Any] = ()
) -> bytes:
    """One request of the webhook."""
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "628111", "phone_number_id": world.number_id},
    }
    if messages and any(one.get("type") != "system" for one in messages if isinstance(one, dict)):
        value["contacts"] = [_contact(one) for one in people]
    value |= {"messages": list(messages)} if messages else {}
    value |= {"statuses": list(statuses)} if statuses else {}
    change = {"field": "messages", "value": value}
    return json.dumps({"object": "whatsapp_business_account", "entry": [{"id": WABA, "changes": [change]}]}).encode()


def _contact(person: Person) -> dict[str, Any]:
    known = {} if person.hidden else {"wa_id": person.number}
    return {"profile": {"name": "Budi"}, **known, **({} if person.old else {"user_id": person.user_id})}
