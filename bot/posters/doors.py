"""The ways in that stand on a village's poster.

A link carries the village's code and nothing else: it says for which village somebody asks, and grants nothing. Telegram
takes letters, digits, `_` and `-` in a link, hence the code without its dots.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from bot.model.doors import Doors


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: the channel's name, the link for a camera, the address for people who type."""

    channel: str
    link: str
    address: str


def ways(doors: Doors, village: str) -> Iterator[Way]:
    """The open doors of a village, by its code."""
    code = village.replace(".", "")
    if doors.telegram:
        yield Way("Telegram", doors.telegram_link(code), f"t.me/{doors.telegram}")
    if doors.whatsapp:
        yield Way("WhatsApp", f"https://wa.me/{doors.whatsapp}?text={quote(village)}", _number(doors.whatsapp))
    if doors.web:
        yield Way("Web", f"{doors.web}/desa/{code}", bare(doors.web))


def _number(digits: str) -> str:
    """As people read it: +62 812-3456-7890; another country's number as it is."""
    if not digits.startswith("62"):
        return f"+{digits}"
    rest = digits[2:]
    return "+62 " + "-".join(part for part in (rest[:3], rest[3:7], rest[7:]) if part)


def bare(address: str) -> str:
    """Without https://, which no browser needs; another scheme stays."""
    parts = urlsplit(address)
    return address.removeprefix("https://") if parts.scheme == "https" else address
