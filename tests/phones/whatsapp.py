"""A telephone with WhatsApp: buttons, lists, and numbers and words that are typed where there are neither."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.channels.whatsapp_messages import parcels
from bot.channels.whatsapp_updates import read_request
from bot.model.messages import Address, Choice, Incoming, Message
from bot.model.templates import Templates
from tests.fake_graph import payloads
from tests.fake_graph.strict import check
from tests.fake_graph.world import Person, World

NUMBER = "106540352242922"
_KINDS = {"photo": "image", "voice": "audio", "file": "document"}
_BY_NUMBER = re.compile(r"^\u2060?(\d+)\) ", re.MULTILINE)
_MARKS = re.compile(r"(?<![^\W_])[*_](?=\S)|(?<=\S)[*_](?![^\W_])|\u2060")


def approved(templates: Templates) -> Templates:
    """The templates as when Meta has approved all of them."""
    sheets = templates.templates
    told = [{at: replace(text, status="approved") for at, text in sheet.texts.items()} for sheet in sheets]
    return replace(
        templates, templates=tuple(replace(one, texts=texts) for one, texts in zip(sheets, told, strict=True))
    )


def metas_world(templates: Templates) -> World:
    """Meta, with our number and our templates."""
    world = World(NUMBER, "", "", "")
    for sheet in templates.templates:
        for language, text in sheet.texts.items():
            buttons = [text.button] if text.button else []
            known = {"status": text.status.upper(), "parameters": len(sheet.parameters), "category": sheet.category}
            world.templates[f"{sheet.name}/{language}"] = {**known, "body": text.body, "buttons": buttons}
    return world


@dataclass
class WhatsAppPhone:
    """`shown` are the messages seen, as the false Graph API reads them; `told` the choices that stand in their words.

    Meta tells no language of anybody, and of this person no number either.
    """

    address: Address
    world: World
    person: Person = field(init=False)
    shown: list[dict[str, Any]] = field(default_factory=list)
    told: list[tuple[Choice, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.person = Person(self.address.chat.removeprefix("ID.9"), self.address.chat, hidden=True)

    def show(self, message: Message) -> str:
        seen = [self._seen(parcel) for parcel in parcels(message)]
        self.shown += seen
        pressed = {one["id"] for shown in seen for one in shown["buttons"]}
        left = [one for one in (*message.choices, *message.anchors) if not one.url and one.id not in pressed]
        by_number = [one for one in left if not one.id.startswith("do:")]
        self.told += [(one, one.label) for one in left if one not in by_number]
        self.told += zip(by_number, _BY_NUMBER.findall(seen[-1]["text"]) if by_number else (), strict=True)
        return "\n".join(map(_read, seen))

    def _seen(self, parcel: dict[str, Any]) -> dict[str, Any]:
        head = {"messaging_product": "whatsapp", "recipient_type": "individual", "recipient": self.address.chat}
        return check(self.world, {**head, **parcel}) | {"id": self.world.fresh_id(self.person.number)}

    def says(self, words: str, at: datetime) -> Sequence[Incoming]:
        link, start, inside = words.partition("/start")
        return self._message({"text": inside.strip() or "halo" if start and not link else words}, at)

    def sends(self, kind: str, words: str, at: datetime) -> Sequence[Incoming]:
        return self._message({_KINDS.get(kind, kind): True, **({"caption": words} if words else {})}, at)

    def presses(self, wanted: str, at: datetime) -> Sequence[Incoming]:
        for seen in reversed(self.shown):
            for button in seen["buttons"]:
                if wanted in (button["label"], button["about"], button["id"]):
                    return self._brought(payloads.pressed(self.world, self.person, seen, button), at)
        typed = next((typed for choice, typed in reversed(self.told) if wanted in (choice.label, choice.id)), "")
        assert typed, f"no button {wanted!r} on the screen"
        return self.says(typed, at)

    def forges(self, id: str, at: datetime) -> Sequence[Incoming]:
        ghost = {"id": "wamid.GHOST", "template": None, "opener": ""}
        return self._brought(
            payloads.pressed(self.world, self.person, ghost, {"id": id, "label": "x", "about": ""}), at
        )

    def _message(self, asked: dict[str, Any], at: datetime) -> Sequence[Incoming]:
        return self._brought(payloads.said(self.world, self.person, asked), at)

    def _brought(self, message: dict[str, Any], at: datetime) -> Sequence[Incoming]:
        read = read_request(payloads.request(self.world, [self.person], [message]), at, self.address.account).incoming
        assert [one.address for one in read] == [self.address]
        return read


def _read(seen: dict[str, Any]) -> str:
    buttons = [part for one in seen["buttons"] for part in (one["label"], one["about"]) if part]
    return "\n".join(filter(None, (_MARKS.sub("", seen["text"]), seen["opener"], *buttons)))
