"""Telegram's reading of what bots send: HTML and keyboards, refused in Telegram's own words."""

import json
import re
from typing import Any

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"\s+([a-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]+)))?")
_REMOVED = re.compile("[\u2028-\u202e\r]")
_BLANKED = re.compile("[\x00-\x09\x0b-\x1f]")


class Refusal(Exception):
    """An error answer of the Bot API."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str) -> Refusal:
    """An answer 400."""
    return Refusal(400, f"Bad Request: {description}")


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def read_text(raw: str, parse_mode: str) -> tuple[str, list[dict[str, Any]]]:
    """The text as shown, trimmed as Telegram trims, with its entities."""
    if len(raw.encode("utf-8", "surrogatepass")) > 32768:
        raise bad("text is too long")
    try:
        raw.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    text, entities = read_html(raw) if parse_mode.lower() == "html" else (raw, [])
    text = _REMOVED.sub("", _BLANKED.sub(" ", text))
    lead = units(text) - units(text.lstrip())
    for entity in entities:
        entity["offset"] -= lead
    return text.strip(), entities


def read_html(html: str) -> tuple[str, list[dict[str, Any]]]:
    """The text and entities of Telegram's HTML."""
    text, entities, stack, at = "", [], [], 0
    while at < len(html):
        sign = html[at]
        if sign == "&" and (found := _ENTITY.match(html, at)):
            text += _decoded(found)
            at = found.end()
        elif sign != "<":
            text += sign
            at += 1
        elif html.startswith("</", at):
            at = _close_tag(html, at, text, stack, entities)
        else:
            at = _open_tag(html, at, text, stack)
    if stack:
        raise _unparsed(f'Can\'t find end tag corresponding to start tag "{stack[-1][0]}"')
    return text, sorted(entities, key=lambda entity: entity["offset"])


def _decoded(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    return chr(int(found[1], 16) if found[1] else int(found[2]))


def _open_tag(html: str, at: int, text: str, stack: list[tuple[str, str, int]]) -> int:
    where = len(html[:at].encode())
    named = re.compile(r"<([^\s>]*)").match(html, at)
    if not named or named.end() == len(html):
        raise _unparsed(f"Unclosed start tag at byte offset {where}")
    name, end, link = named[1].lower(), named.end(), ""
    if name not in TAGS:
        raise _unparsed(f'Unsupported start tag "{name}" at byte offset {where}')
    while attribute := _ATTRIBUTE.match(html, end):
        if attribute[1] == "href":
            link = _ENTITY.sub(_decoded, attribute[2] or attribute[3] or attribute[4] or "")
        end = attribute.end()
    if html[end : end + 1] != ">":
        raise _unparsed(f'Unclosed start tag "{name}" at byte offset {where}')
    stack.append((name, link, units(text)))
    return end + 1


def _close_tag(html: str, at: int, text: str, stack: list[tuple[str, str, int]], entities: list[dict[str, Any]]) -> int:
    where = len(html[:at].encode())
    if not stack:
        raise _unparsed(f"Unexpected end tag at byte offset {where}")
    found = re.compile(r"</([^\s>]*)\s*>").match(html, at)
    if not found:
        raise _unparsed(f"Unclosed end tag at byte offset {where}")
    name, link, start = stack.pop()
    if found[1] and found[1].lower() != name:
        raise _unparsed(f'Unmatched end tag at byte offset {where}, expected "</{name}>", found "</{found[1]}>"')
    usable = name != "a" or re.match(r"https?://\S+\.|https?://[\w.:]+|tg://", link)
    if units(text) > start and usable:
        entity = {"type": TAGS[name], "offset": start, "length": units(text) - start}
        entities.append(entity | ({"url": link} if name == "a" else {}))
    return found.end()


def _unparsed(what: str) -> Refusal:
    return bad(f"can't parse entities: {what}")


def read_keyboard(raw: str) -> dict[str, Any]:
    """The reply markup, or {} when there is none."""
    if not raw:
        return {}
    try:
        markup = json.loads(raw)
    except ValueError:
        raise bad("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        return {"inline_keyboard": [[_inline(button) for button in row] for row in markup["inline_keyboard"]]}
    if "keyboard" in markup:
        return markup | {"keyboard": [[_key(button) for button in row] for row in markup["keyboard"]]}
    return markup


def _inline(button: dict[str, Any]) -> dict[str, Any]:
    if not button.get("text"):
        raise bad("inline keyboard button text must be non-empty")
    if "url" in button:
        if not re.match(r"(https?://[\w.:-]+|tg://\w+)", button["url"]):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    elif "callback_data" not in button:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    elif not 0 < len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    return button


def _key(button: Any) -> dict[str, Any]:
    made = {"text": button} if isinstance(button, str) else button
    if not made.get("text"):
        raise bad("keyboard button text must be non-empty")
    return made
