"""A template as Meta's API takes it: by its name there, with what fills its places and what its button brings back."""

from collections.abc import Mapping
from typing import Any

from bot.model.messages import Template


def template_parcel(template: Template) -> dict[str, Any]:
    """The message's kind and the object of that kind."""
    components = [*_body(template), *_button(template)]
    named = {"name": template.name, "language": {"code": template.language}}
    return {"type": "template", "template": {**named, **({"components": components} if components else {})}}


def _body(template: Template) -> list[Mapping[str, Any]]:
    places = [{"type": "text", "text": _in_one_line(value)} for value in template.parameters]
    return [{"type": "body", "parameters": places}] if places else []


def _in_one_line(value: str) -> str:
    """A place takes no breaks of lines, and no wide gaps."""
    return " ".join(value.split())


def _button(template: Template) -> list[Mapping[str, Any]]:
    if not template.press:
        return []
    payload = {"type": "payload", "payload": template.press}
    return [{"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": [payload]}]
