"""Meta's reading of what is posted: types, limits and templates, refused by Meta's own numbers. Nothing unknown passes."""

import re
from collections.abc import Callable
from typing import Any

from tests.fake_graph.world import Refusal, World, described

Fields = dict[str, Any]
_HEAD = ("messaging_product", "recipient_type", "to", "recipient", "type", "context", "biz_opaque_callback_data")
_USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
_MB = 1024 * 1024
_UPLOADS = {
    "image": (5 * _MB, "image/jpeg image/png"),
    "audio": (16 * _MB, "audio/aac audio/amr audio/mpeg audio/mp4 audio/ogg"),
    "video": (16 * _MB, "video/mp4 video/3gpp"),
    "document": (
        100 * _MB,
        "application/pdf text/plain application/msword application/vnd.ms-excel application/vnd.ms-powerpoint "
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document "
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet "
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
}
_UGLY = re.compile(r"[\n\t]| {5,}")


def units(text: str) -> int:
    """How long a text is: in UTF-16, the strictest way to count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check(world: World, body: Any) -> Fields:
    """What the person sees of a message. Raises what Meta refuses it with."""
    if not isinstance(body, dict):
        raise Refusal(100, "Invalid parameter")
    kind = body.get("type", "text")
    _only(body, *_HEAD, kind)
    if body.get("messaging_product") != "whatsapp" or body.get("recipient_type", "individual") != "individual":
        raise Refusal(100, "Invalid parameter")
    _recipient(body)
    if kind not in _KINDS:
        raise Refusal(131051, "Unsupported message type")
    seen = _KINDS[kind](world, _object(body, kind))
    nothing: Fields = {"text": "", "buttons": [], "opener": "", "url": "", "media": "", "file": None, "template": None}
    return {"type": kind, **nothing} | seen


def check_upload(body: Fields) -> str:
    """Of which kind the file is that somebody leaves here: its type twice the same, one of those, not too large."""
    _only(body, "messaging_product", "type", "file")
    if body.get("messaging_product") != "whatsapp":
        raise Refusal(100, "(#100) The parameter messaging_product is required.")
    file = _object(body, "file")
    kind = next((kind for kind, (_, mimes) in _UPLOADS.items() if body.get("type") in mimes.split()), "")
    if not kind or file["mime"] != body["type"] or not file["name"]:
        raise Refusal(100, "(#100) Param file must be a file with one of the following types")
    if not 0 < file["size"] <= _UPLOADS[kind][0]:
        raise Refusal(131053, "Media upload error")
    return kind


def _recipient(body: Fields) -> None:
    to, recipient = body.get("to", ""), body.get("recipient", "")
    if to and not (isinstance(to, str) and re.fullmatch(r"\+?\d{5,20}", to)):
        raise Refusal(100, "(#100) Invalid parameter: to")
    if recipient and not (isinstance(recipient, str) and _USER_ID.fullmatch(recipient)):
        raise Refusal(100, "(#100) Invalid parameter: recipient")
    if not (to or recipient):
        raise Refusal(131009, "Parameter value is not valid")


def _text(_: World, text: Fields) -> Fields:
    _only(text, "body", "preview_url")
    return {"text": _words(text, "body", 4096)}


def _interactive(_: World, given: Fields) -> Fields:
    kind = given.get("type")
    _only(given, "type", "header", "body", "footer", "action")
    seen: Fields = {"text": _words(_object(given, "body"), "text", 1024)}
    if "footer" in given:
        seen["footer"] = _words(_object(given, "footer"), "text", 60)
    if "header" in given:
        seen["header"] = _words(_object(given, "header"), "text", 60)
    if kind not in _ACTIONS:
        raise Refusal(131009, "Parameter value is not valid")
    return seen | _ACTIONS[kind](_object(given, "action"))


def _reply_buttons(action: Fields) -> Fields:
    _only(action, "buttons")
    buttons = _several(action, "buttons", 3)
    shown = []
    for one in buttons:
        _only(one, "type", "reply")
        reply = _object(one, "reply")
        _only(reply, "id", "title")
        shown.append({"label": _line(reply, "title", 20), "id": _line(reply, "id", 256), "about": ""})
    _different(shown, "id", "label")
    return {"buttons": shown}


def _list(action: Fields) -> Fields:
    _only(action, "button", "sections")
    shown = []
    sections = _several(action, "sections", 10)
    for section in sections:
        _only(section, "title", "rows")
        if len(sections) > 1 or section.get("title"):
            _line(section, "title", 24)
        for row in _several(section, "rows", 10):
            _only(row, "id", "title", "description")
            about = _line(row, "description", 72) if row.get("description") else ""
            shown.append({"label": _line(row, "title", 24), "id": _line(row, "id", 200), "about": about})
    if len(shown) > 10:
        raise Refusal(131009, "Total row count exceed max allowed count: 10")
    _different(shown, "id")
    return {"buttons": shown, "opener": _line(action, "button", 20)}


def _link(action: Fields) -> Fields:
    _only(action, "name", "parameters")
    parameters = _object(action, "parameters")
    _only(parameters, "display_text", "url")
    url = _line(parameters, "url", 2000)
    if not url.startswith(("https://", "http://")):
        raise Refusal(131009, "Parameter value is not valid")
    return {"url": url, "opener": _line(parameters, "display_text", 20)}


def _media(kind: str, *more: str) -> Callable[[World, Fields], Fields]:
    def read(world: World, given: Fields) -> Fields:
        _only(given, "id", *more)
        file = world.files.get(given.get("id", ""))
        if not file or file["kind"] != kind:
            raise Refusal(131053, "Media upload error")
        caption = _words(given, "caption", 1024) if given.get("caption") else ""
        content = described(file["content"]) | {"mime": file["mime"]}
        return {"text": caption, "media": given["id"], "file": content}

    return read


def _template(world: World, given: Fields) -> Fields:
    _only(given, "name", "language", "components")
    language = _object(given, "language").get("code")
    known = world.templates.get(f"{given.get('name')}/{language}")
    if not known:
        raise Refusal(132001, "Template name does not exist in the translation", 404)
    if known["status"] != "APPROVED":
        raise Refusal(132015, "Template is paused")
    values, payloads = _components(given.get("components", []))
    if len(values) != known["parameters"]:
        raise Refusal(132000, "Number of parameters does not match the expected number of params")
    text = known["body"]
    for number, value in enumerate(values, 1):
        text = text.replace(f"{{{{{number}}}}}", value)
    labels = known["buttons"]
    buttons = [{"label": one, "id": payloads.get(n, one), "about": ""} for n, one in enumerate(labels)]
    if any(n >= len(labels) for n in payloads):
        raise Refusal(132000, "No such button")
    shown = {"name": given["name"], "language": language, "parameters": values, "category": known["category"]}
    return {"text": text, "buttons": buttons, "template": shown}


def _components(components: Any) -> tuple[list[str], dict[int, str]]:
    values: list[str] = []
    payloads: dict[int, str] = {}
    for one in components:
        if one.get("type") == "body":
            for parameter in one.get("parameters", []):
                value = _words(parameter, "text", 1024)
                if parameter.get("type") != "text" or _UGLY.search(value):
                    raise Refusal(132018, "Param text cannot have new-line/tab characters or 5 spaces")
                values.append(value)
        elif (one.get("type"), one.get("sub_type")) == ("button", "quick_reply"):
            payloads[int(one["index"])] = _words(one["parameters"][0], "payload", 128)
        else:
            raise Refusal(100, "Invalid parameter: components")
    return values, payloads


def _object(given: Fields, name: str) -> Fields:
    found = given.get(name)
    if not isinstance(found, dict):
        raise Refusal(131008, f"Required parameter is missing: {name}")
    return found


def _several(given: Fields, name: str, most: int) -> list[Fields]:
    found = given.get(name)
    if not isinstance(found, list) or not 0 < len(found) <= most:
        raise Refusal(131009, f"Parameter value is not valid: {name} must be 1 to {most}")
    return found


def _words(given: Fields, name: str, most: int) -> str:
    found = given.get(name)
    if not isinstance(found, str) or not found.strip():
        raise Refusal(131008, f"Required parameter is missing: {name}")
    if units(found) > most:
        raise Refusal(100, f"Param {name} must be at most {most} characters long")
    return found


def _line(given: Fields, name: str, most: int) -> str:
    found = _words(given, name, most)
    if "\n" in found or found != found.strip():
        raise Refusal(131009, f"Parameter value is not valid: {name}")
    return found


def _different(shown: list[Fields], *names: str) -> None:
    for name in names:
        if len({one[name] for one in shown}) < len(shown):
            raise Refusal(131009, f"Duplicated {name}")


def _only(given: Fields, *names: str) -> None:
    if not isinstance(given, dict) or (unknown := given.keys() - set(names)):
        raise Refusal(100, f"Unexpected key {sorted(unknown) if isinstance(given, dict) else ''}")


_ACTIONS = {"button": _reply_buttons, "list": _list, "cta_url": _link}
_KINDS: dict[str, Callable[[World, Fields], Fields]] = {
    "text": _text,
    "interactive": _interactive,
    "template": _template,
    "image": _media("image", "caption"),
    "audio": _media("audio", "voice"),
    "video": _media("video", "caption"),
    "document": _media("document", "caption", "filename"),
}
