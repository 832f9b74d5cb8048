"""What comes in, what is meant, what goes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal

Kind = Literal[
    "text",
    "button",
    "start",
    "photo",
    "voice",
    "file",
    "sticker",
    "location",
    "contact",
    "gone",
    "back-again",
    "unreadable",
    "correction",
    "vacancies",
    "case-clock",
    "digest",
    "broadcast",
    "left",
    "status",
    "broadcast-news",
]
UNASKED: tuple[Kind, ...] = ("correction", "vacancies", "case-clock", "digest", "left", "broadcast", "broadcast-news")
ONLY_WHEN_THEY_WRITE = ("web",)
"""Channels on which nobody would see what we write first."""
NEWS_WHEN_THEY_WRITE = (*ONLY_WHEN_THEY_WRITE, "whatsapp")
"""Channels on which news nobody waits for come with the next answer."""
FORGETS_FILES = ("whatsapp",)
"""Channels whose platform keeps what people send for some days only: Meta says seven."""

SENT_FILES = ("telegram", "whatsapp")
"""Channels that are sent the content of a file; the web chat shows it by a page of its own."""

NUMBER_CHANGED = "number-changed"
"""The text of a `gone` by which a platform says that the chat's name will be somebody else's."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is reached: one chat of one account (bot, number, site) of one channel."""

    channel: str
    account: str
    chat: str


THE_CLOCK = Address("clock", "casework", "")
"""Where the clock's own acts come from. Nobody is told anything there."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo, voice note or file, kept by the channel's own reference and never copied unasked."""

    kind: Literal["photo", "voice", "file"]
    reference: str
    channel: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person, an officer or the clock did.

    Of kind `UNASKED`, the clock did it, for that person to be told something: `text` names what. What it does to a case
    (`case-clock`), or says of one who `left`, comes from an address of the clock's own, at which nobody is told anything.

    Of kind `status` the platform says how far a message of ours has come (casework/arrivals.py); nobody did anything.

    `external_id` is unique for the channel and account, so that a message delivered twice is handled once.
    `at` is when we took it in, with its zone: the only clock a step knows. A button press may carry text
    (a form of the officers' pages does). `raw` is what the channel could not read, for setting aside.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {"ser_json_bytes": "base64", "val_json_bytes": "base64"}
    address: Address
    external_id: str
    kind: Kind
    at: datetime
    text: str = ""
    button: str = ""
    attachment: Attachment | None = None
    language: str = ""
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice offered: `id` is `kind:what`; its words are a phrase, or a ready label from the content."""

    id: str
    phrase: str = ""
    label: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is meant, not yet in words: a phrase with its facts. `anchors` asks for the four words that always stand below.

    `passing`: it holds somebody's data, must not be passed on, and goes away after so many minutes where that can be done.
    `veiled`: it is for somebody whose phone others may look at, so nothing alarming stands where a glance falls.
    `instead`: what is said below the words where the attachment cannot go.
    """

    phrase: str
    facts: Mapping[str, object] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    attachment: Attachment | None = None
    anchors: bool = False
    passing: int = 0
    veiled: bool = False
    instead: "Reply | None" = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A button in words. With a `url` it opens a page instead of being pressed."""

    id: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A message the platform has approved, by its name there: its language, what fills its numbered places in order, the id of
    its button, as what it is charged."""

    name: str
    language: str
    parameters: tuple[str, ...] = ()
    press: str = ""
    category: str = "utility"


@dataclass(frozen=True, slots=True)
class Instead:
    """What is said below the words, and may be pressed, where an attachment cannot go."""

    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A reply in words: `text` in the house's Markdown (paragraphs, bold, lists, links), before any channel fits it to itself.

    `passing` as in `Reply`: minutes after which it is taken away, and it is not to be passed on. `quiet`: it arrives without a
    sound where the channel can, so that what rings is danger. `template`: it goes as this one, and `text` is what that says.
    `language` is the one it is written in; `first` is the number by which its first choice may be written. `veiled`: others may
    see the phone, so nothing a channel adds of itself may tell more than the text does.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    anchors: tuple[Choice, ...] = ()
    attachment: Attachment | None = None
    passing: int = 0
    quiet: bool = False
    template: Template | None = None
    language: str = ""
    first: int = 1
    veiled: bool = False
    instead: Instead | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way to one address; `id` is its row in the outbox."""

    id: int
    address: Address
    message: Message
