"""The links on a poster, and how they read for whoever types."""

import re

import pytest

from bot.model.doors import Doors
from bot.posters.doors import ways

JATEN = "35.05.01.2001"


def test_each_open_door_has_a_link_with_the_village_and_an_address_to_type() -> None:
    found = list(ways(Doors("desa_bot", "6281234567890", "https://desmigratif.example.id"), JATEN))
    assert [(one.channel, one.link, one.address) for one in found] == [
        ("Telegram", "https://t.me/desa_bot?start=3505012001", "t.me/desa_bot"),
        ("WhatsApp", "https://wa.me/6281234567890?text=35.05.01.2001", "+62 812-3456-7890"),
        ("Web", "https://desmigratif.example.id/desa/3505012001", "desmigratif.example.id"),
    ]


def test_telegram_takes_what_its_link_carries() -> None:
    """Dots are not allowed there: the whole code would be dropped."""
    (one,) = ways(Doors(telegram="desa_bot"), JATEN)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", one.link.partition("?start=")[2])


@pytest.mark.parametrize(("doors", "channels"), [
    (Doors(), []),
    (Doors(telegram="desa_bot"), ["Telegram"]),
    (Doors(whatsapp="6281234567890", web="http://10.0.0.5:8080"), ["WhatsApp", "Web"]),
])  # fmt: skip
def test_a_closed_door_is_not_shown(doors: Doors, channels: list[str]) -> None:
    assert [one.channel for one in ways(doors, JATEN)] == channels


@pytest.mark.parametrize(("doors", "address"), [
    (Doors(whatsapp="60123456789"), "+60123456789"),
    (Doors(whatsapp="628111129129"), "+62 811-1129-129"),
    (Doors(web="http://10.0.0.5:8080"), "http://10.0.0.5:8080"),
    (Doors(web="https://kab.example.id/desmigratif"), "kab.example.id/desmigratif"),
])  # fmt: skip
def test_an_address_reads_as_people_write_it(doors: Doors, address: str) -> None:
    assert [one.address for one in ways(doors, JATEN)] == [address]
