"""Files: of one's own units, covered, with a reason, for a day; and no cell is a formula."""

import re
from contextlib import asynccontextmanager

import pytest

from bot.casework.numbers import sayable
from bot.model.case import Scope
from bot.store import cases, exports, retention
from tests.test_sheets import HOSTILE, begins_a_formula, read
from tests.web.desk import logged_in
from tests.web.house import OTHER_VILLAGE, STORY, VILLAGE, field_of

DISTRICT = VILLAGE.rpartition(".")[0]
PAGE = "/officers/exports"
WHY = "Laporan bulanan untuk kecamatan"


@asynccontextmanager
async def sitting(house, unit=DISTRICT, role="coordinator", name=""):
    """Somebody at their browser."""
    officer = await house.officer(unit, name or f"{role} {unit}", role)
    async with logged_in(house, officer, f"a-login-of-{officer.id}-for-the-test") as browser:
        yield browser


async def asks(browser, **fields):
    """Fill the form in and send it."""
    page = (await browser.get(PAGE)).text
    form = {name: field_of(page, name) for name in ("token", "nonce", "unit")}
    given = {"what": "cases", "format": "xlsx", "period": "2026-11", "reason": "report", "words": WHY, **fields}
    return await browser.post(PAGE, data={**form, **given})


async def made(browser, **fields):
    """The file that follows, as cells."""
    answer = await asks(browser, **fields)
    assert answer.status_code == 303, answer.text
    page = (await browser.get(PAGE)).text
    file = await browser.get(re.search(rf'href="({PAGE}/\d+)"', page)[1])
    assert file.status_code == 200
    assert "attachment" in file.headers["content-disposition"]
    assert file.headers["cache-control"] == "no-store"
    return read(file.content, fields.get("format", "xlsx"))


async def events_of(house, case):
    return [one for one in await cases.events(house.database, case.number, Scope("", 0)) if one.kind == "exported"]


async def test_a_file_holds_the_cases_of_the_scope_with_names_covered(house):
    own = await house.case()
    await house.case(100_002, unit=OTHER_VILLAGE)
    async with sitting(house) as browser:
        cells = await made(browser)
    assert [row[0] for row in cells[1:]] == [sayable(own.number)]
    whole = "\n".join(cell for row in cells for cell in row)
    assert "S. A." in whole
    assert "Siti" not in whole and STORY not in whole and "0812345" not in whole
    assert await events_of(house, own) == []


async def test_names_leave_only_with_a_coordinator_and_each_case_says_so(house):
    case = await house.case()
    async with sitting(house) as browser:
        cells = await made(browser, personal="1")
    assert cells[1][cells[0].index("Nama")] == "Siti Aminah"
    assert STORY in cells[1][cells[0].index("Jawaban")]
    (event,) = await events_of(house, case)
    assert WHY in event.text
    async with sitting(house, VILLAGE, "officer") as browser:
        cells = await made(browser, personal="1")
    assert "Siti" not in str(cells)
    assert len(await events_of(house, case)) == 1


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
async def test_no_cell_is_a_formula_whatever_people_are_called(house, kind):
    for at, text in enumerate(HOSTILE):
        given = {"name": text.replace("\ud800", "?"), "about": "employer", "what": text.replace("\ud800", "?")}
        await house.case(100_001 + at, answers=given)
    async with sitting(house) as browser:
        cells = await made(browser, personal="1", format=kind)
    assert len(cells) == 1 + len(HOSTILE)
    assert [cell for row in cells for cell in row if begins_a_formula(cell)] == []


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
async def test_a_file_of_statistics_says_what_the_page_says(house, kind):
    for at in range(12):
        await house.case(100_001 + at)
    async with sitting(house) as browser:
        cells = await made(browser, what="statistics", format=kind)
    opened = cells[0].index("Masuk")
    assert [(row[0], row[opened]) for row in cells[1:3]] == [("Wilayah", "10"), ("Seluruhnya", "10")]
    assert {row[opened] for row in cells[3:]} == {"10", "<5"}
    assert "12" not in {cell for row in cells for cell in row}


async def test_bypassed_complaints_are_in_no_file_of_the_village(house):
    await house.case(unit=DISTRICT, village=VILLAGE)
    async with sitting(house, VILLAGE, "officer") as browser:
        assert len(await made(browser)) == 1


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"reason": ""}, "Pilih dulu untuk apa"),
        ({"reason": "curious"}, "Pilih dulu untuk apa"),
        ({"words": "   pendek "}, "paling sedikit"),
        ({"words": "x" * 501}, "paling sedikit"),
    ],
)
async def test_without_a_reason_there_is_no_file(house, fields, word):
    async with sitting(house) as browser:
        answer = await asks(browser, **fields)
        assert answer.status_code == 422
        assert word in answer.text
        assert "Belum ada berkas" in (await browser.get(PAGE)).text


@pytest.mark.parametrize("fields", [{"unit": OTHER_VILLAGE}, {"unit": ""}, {"period": "2026-11-01"}, {"period": ""}])
async def test_another_place_and_another_time_look_like_nothing(house, fields):
    async with sitting(house) as browser:
        assert (await asks(browser, **fields)).status_code == 404
        assert "Belum ada berkas" in (await browser.get(PAGE)).text


async def test_a_file_is_for_whoever_had_it_made_and_for_a_day(house):
    await house.case()
    async with sitting(house) as browser:
        await made(browser)
        link = re.search(rf'href="({PAGE}/\d+)"', (await browser.get(PAGE)).text)[1]
        async with sitting(house, name="Pak Lain") as other:
            assert (await other.get(link)).status_code == 404
            assert link not in (await other.get(PAGE)).text
        house.clock.pass_by(hours=11)
    async with sitting(house, "", "ministry") as other:
        assert (await other.get(link)).status_code == 404
    house.clock.pass_by(hours=14)
    async with house.database.transaction() as tx:
        assert await exports.fetch(tx, 1, 1, house.clock()) is None


async def test_the_bytes_are_gone_once_the_day_is_over_and_lie_sealed_before(house):
    await house.case()
    async with sitting(house) as browser:
        await made(browser, personal="1", format="csv")
    file = house.database.path
    assert b"Siti Aminah" not in file.read_bytes() + file.with_name(f"{file.name}-wal").read_bytes()
    before = await house.database.rows("exports_of", {"officer": 1, "now": "0"})
    house.clock.pass_by(hours=25)
    await retention.tidy(house.database, house.clock(), {})
    assert (len(before), await house.database.rows("exports_of", {"officer": 1, "now": "0"})) == (1, [])


async def test_pressed_twice_is_one_file_and_one_word_in_the_book(house):
    case = await house.case()
    async with sitting(house) as browser:
        page = (await browser.get(PAGE)).text
        form = {name: field_of(page, name) for name in ("token", "nonce", "unit")}
        given = {
            "what": "cases",
            "format": "csv",
            "period": "2026-11",
            "reason": "report",
            "words": WHY,
            "personal": "1",
        }
        for _ in range(2):
            assert (await browser.post(PAGE, data={**form, **given})).status_code == 303
        assert len(re.findall(rf'href="{PAGE}/\d+"', (await browser.get(PAGE)).text)) == 1
    assert len(await events_of(house, case)) == 1


async def test_more_than_a_file_may_hold_is_refused_whole(house, monkeypatch):
    monkeypatch.setattr("bot.exporting.MOST_PERSONAL", 1)
    found = [await house.case(100_001 + at) for at in range(2)]
    async with sitting(house) as browser:
        answer = await asks(browser, personal="1")
    assert answer.status_code == 422
    assert "Terlalu banyak" in answer.text
    assert [await events_of(house, one) for one in found] == [[], []]


async def test_nobody_has_files_made_all_day(house, monkeypatch):
    monkeypatch.setattr("bot.web.exports.MOST_A_DAY", 2)
    async with sitting(house) as browser:
        for _ in range(2):
            assert (await asks(browser, what="statistics")).status_code == 303
        assert "Lanjutkan besok" in (await asks(browser, what="statistics")).text


async def test_pretend_cases_are_in_no_file(house):
    officer = await house.officer()
    await house.case(practice_of=officer.id)
    async with logged_in(house, officer) as browser:
        assert len(await made(browser)) == 1
