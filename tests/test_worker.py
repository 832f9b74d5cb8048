"""Who reports and the worker it is about are two people in one case: both write with the officer, neither hears the other."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.markdown import plain
from bot.wording import Wording
from tests.replay import Street, _appoint, _street

NUMBER = "1000015"
SCRIPT = {
    "title": "",
    "now": datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    "people": {
        "ibu": {},
        "tari": {},
        "maling": {},
        "ratna": {"officer": "Bu Ratna", "village": "52.02.12.2001"},
    },
    "turns": [],
}
HANDED_IN = ("ya", "ya", "Keluarga saya", "lewati", "lewati", "Gaji tidak dibayar", "lewati", "seminggu lalu", "ya")
THEN = ("lantan batukliang utara", "lewati", "kirim")


class Screens:
    """What reached whom at one moment."""

    def __init__(self, street: Street, arrived: list) -> None:  # type: ignore[type-arg]
        self._by = {
            who: "\n".join(one.message.text for one in arrived if one.address == address)
            for who, address in street.addresses.items()
        }

    def __getitem__(self, who: str) -> str:
        return self._by[who]


async def says(street: Street, who: str, text: str) -> Screens:
    return Screens(street, await street.take(who, kind="text", text=text))


async def presses(street: Street, who: str, button: str) -> Screens:
    return Screens(street, await street.take(who, kind="button", button=button))


@pytest.fixture
async def street(tmp_path: Path, wording: Wording) -> AsyncIterator[Street]:
    """A mother has reported for her daughter, and an officer looks after it."""
    made = _street(SCRIPT, tmp_path / "talk.db", wording)
    await made.begin()
    await _appoint(made, SCRIPT["people"])  # type: ignore[arg-type]
    await presses(made, "ibu", "form:help")
    for text in (*HANDED_IN, *THEN):
        await says(made, "ibu", text)
    await presses(made, "ratna", f"claim:{NUMBER}")
    yield made
    await made.end()


async def code_of(street: Street) -> str:
    screen = (await presses(street, "ratna", f"invite:{NUMBER}"))["ratna"]
    found = re.search(r"w-[A-Z2-9]{10}", screen)
    assert found, screen
    return found.group()


async def joined(street: Street) -> None:
    code = await code_of(street)
    await says(street, "tari", code)
    assert "100 001-5" in (await presses(street, "tari", f"join-case:{code[2:]}"))["tari"]
    await presses(street, "tari", f"plan-yes:{NUMBER}")


async def test_before_they_agree_the_worker_is_told_nothing_of_the_case(street: Street) -> None:
    screen = (await says(street, "tari", await code_of(street)))["tari"]
    for secret in ("100 001", "Gaji", "Lantan", "Ratna", "seminggu"):
        assert secret not in screen


async def test_a_code_is_used_once_and_never_by_whoever_reported(street: Street) -> None:
    code = await code_of(street)
    assert "100 001" not in (await presses(street, "ibu", f"join-case:{code[2:]}"))["ibu"]
    await presses(street, "tari", f"join-case:{code[2:]}")
    assert "100 001" not in (await presses(street, "maling", f"join-case:{code[2:]}"))["maling"]


async def test_what_the_worker_says_reaches_the_officer_and_never_the_reporter(street: Street) -> None:
    await joined(street)
    await presses(street, "tari", f"helped-write:{NUMBER}")
    came = await says(street, "tari", "majikan menahan paspor saya bu")
    assert NUMBER[:3] in came["ratna"] and came["ibu"] == ""
    assert "paspor" not in (await says(street, "ibu", "kasus saya"))["ibu"]
    opened = await presses(street, "ratna", f"reveal:{NUMBER}:call")
    assert "paspor" in opened["ratna"]


async def test_the_officer_writes_to_each_and_the_other_hears_nothing(street: Street) -> None:
    await joined(street)
    await presses(street, "ratna", f"reply-worker:{NUMBER}")
    came = await says(street, "ratna", "Tari, kami sudah tahu.")
    assert "kami sudah tahu" in came["tari"] and came["ibu"] == ""
    await presses(street, "ratna", f"reply:{NUMBER}")
    came = await says(street, "ratna", "Bu, sabar ya.")
    assert "sabar" in came["ibu"] and came["tari"] == ""


async def test_the_plan_of_one_is_not_the_plan_of_the_other(street: Street) -> None:
    await joined(street)
    await presses(street, "tari", f"plan-no:{NUMBER}")
    await presses(street, "ratna", f"reply-worker:{NUMBER}")
    came = await says(street, "ratna", "Tari, kami sudah tahu.")
    assert came["tari"] == "" and "Tidak boleh ditulisi" in came["ratna"]
    await presses(street, "ratna", f"reply:{NUMBER}")
    assert "sabar" in (await says(street, "ratna", "Bu, sabar ya."))["ibu"]
    assert "kami sudah tahu" in (await says(street, "tari", "kasus saya"))["tari"]


async def test_the_worker_can_neither_withdraw_nor_see_what_was_reported(street: Street) -> None:
    await joined(street)
    for button in (f"withdraw-yes:{NUMBER}", f"mine:{NUMBER}", f"who-read:{NUMBER}"):
        screen = (await presses(street, "tari", button))["tari"]
        assert "seminggu" not in screen and "Minta tolong" not in screen
    assert "seminggu" in (await presses(street, "ratna", f"reveal:{NUMBER}:call"))["ratna"]


async def test_what_is_passed_on_is_a_link_that_brings_the_worker_there(street: Street) -> None:
    screen = (await presses(street, "ratna", f"invite:{NUMBER}"))["ratna"]
    screen = plain(screen)
    found = re.search(r"https://t\.me/desa_bot\?start=(w-[A-Z2-9]{10})", screen)
    assert found, screen
    code = found[1]
    assert f"https://desa.test/?start={code}" in screen and screen.count(code) == 3
    came = Screens(street, await street.take("tari", kind="start", text=code))
    assert "petugas" in came["tari"] and "100 001" not in came["tari"]
    assert "100 001-5" in (await presses(street, "tari", f"join-case:{code[2:]}"))["tari"]


async def test_whoever_reported_gets_the_same_links(street: Street) -> None:
    screen = (await presses(street, "ibu", f"invite-mine:{NUMBER}"))["ibu"]
    assert "https://t.me/desa_bot?start=w-" in plain(screen)
