"""What people and officers get wrong, or try: a clear word, nothing changed, and a refused look written down where it matters.

In the chat, through the real door and SQLite; the pages have the same in tests/web and tests/rights.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.markdown import telegram
from bot.model.messages import Incoming
from bot.store import officers
from bot.wording import Wording
from tests.replay import Street, _appoint, _street

NUMBER = "1000015"
SCRIPT = yaml.safe_load("""
title: ""
now: 2026-11-23 09:00:00+08:00
people:
  siti: {}
  ratna: {officer: Bu Ratna, village: 52.02.12.2001}
  sri: {officer: Bu Sri, village: 52.02.12.2001}
  budi: {officer: Pak Budi, village: 35.05.01.2001}
turns: []
""")
ASKED = ("lantan batukliang utara", "kapan kantor buka", "lewati", "kirim")
MARKUP = "<script>alert(1)</script> <b>tebal</b> **bintang** [tautan](https://contoh.test) {{ 7 * 7 }}"


@pytest.fixture
async def street(tmp_path: Path, wording: Wording) -> AsyncIterator[Street]:
    """Siti has asked something in her village; two officers look after it, a third sits far away."""
    made = _street(SCRIPT, tmp_path / "talk.db", wording)
    await made.begin()
    await _appoint(made, SCRIPT["people"])
    await made.take("siti", kind="button", button="form:ask-officer")
    await made.take("siti", kind="button", button="agree:ask-officer")
    for text in ASKED:
        await made.take("siti", kind="text", text=text)
    yield made
    await made.end()


def rows(street: Street, query: str) -> list[Any]:
    with closing(sqlite3.connect(street.path)) as file:
        return file.execute(query).fetchall()


def books(street: Street) -> list[Any]:
    """All that is known of cases, their books and officers."""
    tables = ('"case"', "event", "consent", "officer", "referral")
    return [rows(street, f"select * from {table} order by 1") for table in tables]


def refused(street: Street) -> int:
    return len(rows(street, "select * from refused_look"))


async def said(street: Street, who: str, **what: Any) -> list[str]:
    """The phrases somebody is answered."""
    arrived = await street.take(who, **what)
    mine = [one.message for one in arrived if one.address == street.addresses[who]]
    return [street.written.meant(one).phrase for one in mine]


def press(street: Street, who: str, button: str) -> Incoming:
    return Incoming(street.addresses[who], f"at-once-{who}", "button", street.clock(), button=button, language="id")


@pytest.mark.parametrize("together", [True, False], ids=["one batch", "side by side"])
async def test_of_two_officers_at_once_one_has_it_and_the_other_is_told_who(street: Street, together: bool) -> None:
    presses = [press(street, who, f"claim:{NUMBER}") for who in ("ratna", "sri")]
    if together:
        await street.reception.receive(presses)
    else:
        await asyncio.gather(*(street.reception.receive([one]) for one in presses))
    while await street.delivery.once():
        pass
    assert rows(street, "select count(*) from event where kind = 'claimed'") == [(1,)]
    ((holder,),) = rows(street, 'select o.name from "case" c join officer o on o.id = c.officer_id')
    other = "sri" if holder == "Bu Ratna" else "ratna"
    assert holder in street.screen(other)[-1].text


async def test_an_old_button_of_a_revoked_officer_is_an_ordinary_persons(street: Street) -> None:
    await street.take("ratna", kind="button", button=f"case:{NUMBER}")
    async with street.database.transaction() as tx:
        await officers.revoke(tx, 1, street.clock())
    before = books(street)
    for act in ("claim", "reveal", "note", "close", "transfer"):
        assert await said(street, "ratna", kind="button", button=f"{act}:{NUMBER}") == ["old-button", "menu"]
    assert NUMBER not in str(await said(street, "ratna", kind="text", text="antrean"))
    assert books(street) == before


@pytest.mark.parametrize("number", ["1000024", "9999999", "1000016", "100001", "", "²", "1000015 or 1=1"])
async def test_a_forged_number_is_no_case_and_is_written_down(street: Street, number: str) -> None:
    before, looks = books(street), refused(street)
    for act in ("case", "claim", "reveal", "note"):
        assert await said(street, "ratna", kind="button", button=f"{act}:{number}") == ["desk/unknown"]
    assert books(street) == before and refused(street) == looks + 4


async def test_a_case_of_another_village_is_as_one_that_does_not_exist_and_the_fifth_try_is_told_above(
    street: Street,
) -> None:
    before = books(street)
    mine = await street.take("budi", kind="button", button=f"case:{NUMBER}")
    none = await street.take("budi", kind="button", button="case:1000024")
    assert [one.message.text for one in mine] == [one.message.text for one in none]
    for act in ("claim", "reveal", "merge", "transfer"):
        assert await said(street, "budi", kind="button", button=f"{act}:{NUMBER}:{NUMBER}") == ["desk/unknown"]
    assert await said(street, "budi", kind="text", text=f"catatan {NUMBER} halo") == ["desk/unknown"]
    assert books(street) == before and refused(street) == 7
    assert NUMBER not in str(rows(street, "select * from refused_look"))


async def test_markup_in_a_note_is_shown_as_it_was_typed(street: Street) -> None:
    await street.take("ratna", kind="button", button=f"claim:{NUMBER}")
    await street.take("ratna", kind="button", button=f"note:{NUMBER}")
    assert await said(street, "ratna", kind="text", text=MARKUP) == ["desk/noted"]
    (shown,) = [one.message for one in await street.take("sri", kind="button", button=f"case:{NUMBER}")]
    html = telegram(shown.text)
    assert "<script" not in html and "&lt;script&gt;" in html and "<b>tebal" not in html
    assert "**bintang**" in html and 'href="https://contoh.test"' not in html and "{{ 7 * 7 }}" in html


@pytest.mark.parametrize("day", ["31 februari", "31/2/2027", "2027-02-31", "30-02-2027"])
async def test_a_day_there_is_not_is_said_so_and_nothing_is_put_aside(street: Street, day: str) -> None:
    await street.take("ratna", kind="button", button=f"claim:{NUMBER}")
    before = books(street)
    assert await said(street, "ratna", kind="text", text=f"tunda {NUMBER} {day}") == ["desk/no-day"]
    assert await said(street, "ratna", kind="button", button=f"snooze:{NUMBER}:2027-02-31") == ["desk/no-day"]
    assert await said(street, "ratna", kind="text", text=f"cuti {day}") == ["desk/away-no-day"]
    assert books(street) == before


async def test_a_name_of_64_kb_typed_in_a_form_gets_a_clear_word_and_is_not_kept(street: Street) -> None:
    name = "Siti Aminah " * 5_500
    await street.take("siti", kind="button", button="form:learning-house")
    assert await said(street, "siti", kind="button", button="agree:learning-house") == ["form/ask"]
    asked = street.screen("siti")[-1]
    assert (await said(street, "siti", kind="text", text=name))[0] == "form/too-long"
    with closing(sqlite3.connect(street.path)) as file:
        talks = [row[0] for row in file.execute("select talk_sealed from person")]
    assert max(map(len, talks)) < len(name) / 4, "nothing of it stays in the talk"
    assert await said(street, "siti", kind="text", text="Siti Aminah") == ["form/ask"]
    assert street.screen("siti")[-1] != asked, "the next question"
