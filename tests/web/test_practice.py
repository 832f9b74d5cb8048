"""Training in the pages: begun at one's own seat, worked on by the pages of any case, and of it nothing reaches anybody."""

import re
import sqlite3
from contextlib import closing

import pytest

from bot.casework.numbers import sayable
from bot.store import cases, practice
from tests.web.desk import do, done, logged_in
from tests.web.house import field_of

STORY = "Gaji saya tiga bulan belum dibayar"
TABLES_OF_OTHERS = (
    "event",
    "kept_back",
    "reading_alarm",
    "refused_look",
    "answered",
    "unanswered",
    "said",
    "set_aside",
)


@pytest.fixture
async def officer(house):
    return await house.officer()


@pytest.fixture
async def browser(house, officer):
    async with logged_in(house, officer) as one:
        yield one


async def press(browser, path):
    page = (await browser.get("/officers/seat")).text
    form = {"token": field_of(page, "token"), "nonce": field_of(page, "nonce")}
    answer = await browser.post(path, data=form)
    assert answer.status_code == 303
    return answer.headers["location"]


async def begun(house, browser, officer):
    """The pretend cases by their story."""
    await press(browser, "/officers/practice")
    return {one.answers["practice"]: one for one, _ in (await practice.of(house.database, officer.id)).cases}


def rows(house, table):
    with closing(sqlite3.connect(house.database.path)) as file:
        return file.execute(f"select count(*) from {table}").fetchone()[0]


def sent(house, but):
    """What went out to chats other than the officer's page."""
    with closing(sqlite3.connect(house.database.path)) as file:
        asked = "select count(*) from outgoing o join address a on a.id = o.address_id where a.account <> ?"
        return file.execute(asked, (but,)).fetchone()[0]


async def test_it_is_begun_at_the_seat_and_stands_marked_at_the_end_of_the_list(house, browser, officer):
    real = await house.case()
    where = await press(browser, "/officers/practice")
    assert where.startswith("/officers?part=practice")
    page = (await browser.get(where)).text
    found = [one for one, _ in (await practice.of(house.database, officer.id)).cases]
    assert len(found) >= 3
    for case in found:
        assert f"/officers/case/{case.number}" in page
    assert page.count("mark practice") == len(found)
    assert "LATIHAN" in page
    whole = (await browser.get("/officers")).text
    listed = re.findall(r"/officers/case/(\d+)", whole)
    assert listed[0] == real.number
    assert len(listed) == len(found) + 1


async def test_before_it_begins_the_list_says_nothing_of_it(house, browser):
    await house.case()
    assert "practice" not in (await browser.get("/officers")).text


async def test_pressed_twice_it_is_begun_once(house, browser, officer):
    first = await begun(house, browser, officer)
    assert await begun(house, browser, officer) == first


async def test_the_page_of_a_pretend_case_says_so_and_works_like_any(house, browser, officer):
    case = (await begun(house, browser, officer))["unpaid-wage"]
    page = (await browser.get(f"/officers/case/{case.number}")).text
    assert "LATIHAN" in page
    assert STORY not in page
    page = await done(browser, case.number, "claim")
    assert "LATIHAN" in page and "Bu Ratna" in page
    await do(browser, case.number, "reveal", reason="call")
    page = (await browser.get(f"/officers/case/{case.number}")).text
    assert STORY in page
    assert "jangan telepon" in page, "what the pretend person wrote back"
    page = await done(browser, case.number, "reply", text="Nomornya 0812 0000 0000 ya")
    assert "nomor panjang" in page


async def test_closed_ones_bear_the_mark_too(house, browser, officer):
    case = (await begun(house, browser, officer))["general-question"]
    await done(browser, case.number, "claim")
    await done(browser, case.number, "reply", text="Bawa KTP dan surat nikah.")
    await done(browser, case.number, "outcome", outcome="solved", text="Sudah dijelaskan.")
    page = (await browser.get("/officers/closed")).text
    assert f"/officers/case/{case.number}" in page
    assert "LATIHAN" in page


async def test_nothing_of_it_reaches_anybody(house, browser, officer):
    """Held against the tables of the whole house, with others of every level who could be told."""
    await house.officer(name="Pak Budi")
    await house.officer(unit="52.02.12", name="Bu Camat", role="coordinator")
    await house.officer(unit="", name="Kementerian", role="ministry")
    before = {table: rows(house, table) for table in TABLES_OF_OTHERS}
    head = await cases.head(house.database)
    for case in (await begun(house, browser, officer)).values():
        await done(browser, case.number, "claim")
        await do(browser, case.number, "reveal", reason="other", text="ingin tahu")
        for text in ("Selamat siang.", "Ini soal gaji.", "Kami urus."):
            await done(browser, case.number, "reply", text=text)
        await done(browser, case.number, "ask-help", text="Bagaimana caranya?")
        await done(browser, case.number, "outcome", outcome="solved", text="Selesai.")
    assert {table: rows(house, table) for table in TABLES_OF_OTHERS} == before
    assert sent(house, but="officers") == 0
    assert await cases.head(house.database) == head


async def test_its_address_is_nothing_to_another_officer(house, browser, officer):
    case = (await begun(house, browser, officer))["broker"]
    async with logged_in(house, await house.officer(name="Pak Budi"), "another-login-token-0001") as other:
        for page in (f"/officers/case/{case.number}", "/officers", "/officers?part=practice", "/officers/closed"):
            answer = await other.get(page)
            assert case.number not in answer.text and sayable(case.number) not in answer.text
        assert (await other.get(f"/officers/case/{case.number}")).status_code == 404
    assert rows(house, "refused_look") == 0


async def test_it_ends_with_how_it_went_and_its_cases_are_gone(house, browser, officer):
    made = await begun(house, browser, officer)
    case = made["banana-chips"]
    await done(browser, case.number, "claim")
    await do(browser, case.number, "outcome", outcome="solved", text="Selesai.")
    assert "/officers/practice/end" in (await browser.get("/officers/seat")).text
    page = (await browser.get(await press(browser, "/officers/practice/end"))).text
    assert f"Dari {len(made)} kasus" in page
    assert "sebelum orangnya dijawab" in page
    assert "/officers/practice/end" not in page
    assert (await browser.get(f"/officers/case/{case.number}")).status_code == 404
    assert rows(house, '"case"') == rows(house, "practice_event") == rows(house, "consent") == 0
    assert rows(house, "refused_look") == 0


async def test_a_number_of_training_is_never_a_real_ones(house, browser, officer):
    """Whoever hands in something while others practise gets the number they would have got."""
    made = await begun(house, browser, officer)
    assert await cases.last_number(house.database) == 0
    assert all(one.number.startswith("9") and len(one.number) == 9 for one in made.values())
