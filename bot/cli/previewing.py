"""An answer as each channel will show it: the channels' own renderers, with the size of what they make."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels import telegram_messages, terminal, whatsapp_messages
from bot.dialogue.answers import answer
from bot.dialogue.step import step
from bot.dialogue.turn import Turn
from bot.knowledge import codes, overlays
from bot.library.check import MOST_LABEL, MOST_LETTERS
from bot.markdown import plain, units
from bot.model.content import Topic
from bot.model.conversation import Conversation
from bot.model.messages import Incoming, Message, Reply
from bot.store.spoken import Line
from bot.understanding.release import Release
from bot.web.forms import new_nonce
from bot.web.pages import Pages
from bot.wording import Wording

GOOD_LETTERS, MOST_CHOICES = 350, 8
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: in which language, about which country and sector, from which village."""

    language: str
    country: str = ""
    sector: str = ""
    village: str = ""

    def talk(self) -> Conversation:
        """A talk of theirs that has just begun."""
        return Conversation(1, self.language, greeted=True, remembered={"village": self.village})


def to_topic(release: Release, topic: Topic, asking: Asking, at: datetime) -> tuple[Reply, ...]:
    """What is said when this topic is chosen."""
    pressed = Incoming(terminal.person("preview"), "preview", "button", at, button=f"topic:{topic.id}")
    turn = Turn(asking.talk(), pressed, release, release.hear(""))
    return answer(turn, topic, asking.country, asking.sector).replies


def to_question(release: Release, question: str, asking: Asking, at: datetime) -> tuple[Reply, ...]:
    """What is said to these words."""
    asked = Incoming(terminal.person("preview"), "preview", "text", at, text=question)
    return step(asking.talk(), asked, release).replies


def heard(release: Release, question: str) -> str:
    """What was made out in these words, in a line."""
    found = release.hear(question)
    danger = found.danger.id if found.danger else ""
    parts = {"language": found.language, "country": found.country, "sector": found.sector, "danger": danger}
    return "heard: " + ", ".join(f"{name} {value}" for name, value in parts.items() if value)


def preview(wording: Wording, pages: Pages, replies: Iterable[Reply], asking: Asking, at: datetime) -> Iterator[str]:
    """Replies in lines for the screen: what they rest on, then each message as each channel shows it."""
    messages: list[Message] = []
    for reply in replies:
        if reply.phrase == "answer":
            yield from _head(wording.release, reply, asking)
        messages += wording.write(reply, asking.language)
    for number, message in enumerate(messages, 1):
        yield f"=== message {number} of {len(messages)}: {_letters(message)} letters"
        yield from (f"!!! {warning}" for warning in warnings(message))
        yield from _telegram(message)
        yield from _whatsapp(message)
        yield from _web(pages, message, asking.language, at)
        yield from _terminal(message)


def warnings(message: Message) -> Iterator[str]:
    """What of a message is too much for a small screen."""
    letters = _letters(message)
    if letters > MOST_LETTERS:
        yield f"{letters} letters: {MOST_LETTERS} is the most, {GOOD_LETTERS} is good"
    elif letters > GOOD_LETTERS:
        yield f"{letters} letters: {GOOD_LETTERS} or less is easier to read"
    if len(message.choices) > MOST_CHOICES:
        yield f"{len(message.choices)} buttons: {MOST_CHOICES} is the most"
    for choice in message.choices:
        if len(choice.label) > MOST_LABEL:
            yield f"the button {choice.label!r} has {len(choice.label)} letters: {MOST_LABEL} is the most"


def _letters(message: Message) -> int:
    return len(plain(message.text))


def _head(release: Release, reply: Reply, asking: Asking) -> Iterator[str]:
    topic = release.content.topics[str(reply.facts["topic"])]
    shown, spoken = release.answer(topic, asking.language)
    yield f"{topic.id}: {shown.title}"
    yield f"  language  {spoken}" + ("" if spoken == asking.language else f" (there is no {asking.language} yet)")
    yield f"  code      {codes.sayable(str(reply.facts['code']))}{_about(reply.facts)}"
    yield f"  version   {topic.version}  (a village's note written beside it says national: {topic.version})"
    yield f"  dates     checked {topic.checked}, review by {topic.review_by}{_validity(topic)}"
    for source in topic.sources:
        yield f"  source    {source.status:11} {' '.join(filter(None, (source.title, source.date, source.url)))}"
    note = overlays.note_for(release.content, topic.id, asking.village)
    if note:
        fits = "" if note[1].national == topic.version else f"; written beside {note[1].national}: look whether it fits"
        yield f"  village   {release.place(note[0].unit)} ({note[0].unit}), as of {note[0].as_of}{fits}"


def _about(facts: Mapping[str, Any]) -> str:
    about = " ".join(filter(None, (str(facts["country"]), str(facts["sector"]))))
    return f"  (for {about})" if about else ""


def _validity(topic: Topic) -> str:
    since = f", from {topic.valid_from}" if topic.valid_from else ""
    return since + (f", until {topic.valid_until}" if topic.valid_until else "")


def _telegram(message: Message) -> Iterator[str]:
    for parcel in telegram_messages.parcels(message):
        text = str(parcel.fields.get("text") or parcel.fields.get("caption") or "")
        shown = units(html.unescape(_TAG.sub("", text)))
        yield f"--- Telegram: {shown} UTF-16 units of 4096, {len(json.dumps(parcel.fields).encode())} bytes"
        yield text
        keyboard: Mapping[str, Any] = parcel.fields.get("reply_markup", {})
        for row in keyboard.get("inline_keyboard", keyboard.get("keyboard", [])):
            yield "  " + " ".join(_key(button) for button in row)


def _key(button: Mapping[str, str]) -> str:
    leads = button.get("url") or button.get("callback_data")
    return f"[{button['text']}]" + (f" {leads}" if leads else "")


def _whatsapp(message: Message) -> Iterator[str]:
    for parcel in whatsapp_messages.parcels(message):
        pressed: Mapping[str, Any] = parcel.get("interactive", {})
        text = str(pressed["body"]["text"] if pressed else parcel["text"]["body"])
        most, size = (1024 if pressed else 4096), len(json.dumps(parcel).encode())
        yield f"--- WhatsApp: {units(text)} UTF-16 units of {most}, {size} bytes"
        yield text
        yield from _pressed(pressed.get("action", {}))


def _pressed(action: Mapping[str, Any]) -> Iterator[str]:
    """Buttons, a link, or what opens a list and the rows in it."""
    yield from (f"  [{one['reply']['title']}] {one['reply']['id']}" for one in action.get("buttons", ()))
    if leads := action.get("parameters"):
        yield f"  [{leads['display_text']}] {leads['url']}"
    if sections := action.get("sections"):
        yield f"  [{action['button']}]"
    for section in sections or ():
        yield f"    {section['title']}:"
        yield from (f"    - {' | '.join(filter(None, _row(row)))}" for row in section["rows"])


def _row(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["title"], row.get("description", ""), row["id"]


def _web(pages: Pages, message: Message, language: str, at: datetime) -> Iterator[str]:
    line = Line(1, at, message=message)
    piece = pages.write("line.html", language, line=line, newest=False, pressable=True, nonce=new_nonce()).strip()
    yield f"--- web chat: {len(piece.encode())} bytes"
    yield piece


def _terminal(message: Message) -> Iterator[str]:
    text = terminal.in_print(message)
    yield f"--- plain: {len(text.encode())} bytes"
    yield text
    yield ""
