"""Posters behind the officers' door: each draws those of the villages in their care, and no others."""

from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from bot.channel import NotNow
from bot.posters import Doors
from bot.store import officers
from bot.web.site import site
from tests.web.desk import logged_in
from tests.web.house import OTHER_VILLAGE, VILLAGE, House, visitor_of

DISTRICT, REGENCY = "52.02.12", "52.02"
NEIGHBOUR = "52.02.12.2002"


def of(village: str, file: str = "a4.pdf") -> str:
    return f"/officers/posters/{village}/{file}"


async def test_an_officers_page_has_the_buttons_of_their_own_village_and_no_search(house: House) -> None:
    async with logged_in(house, await house.officer()) as browser:
        page = (await browser.get("/officers/posters")).text
        assert of(VILLAGE) in page and of(VILLAGE, "a3.pdf") in page and of(VILLAGE, "a4.png") in page
        assert page.count("a4.pdf") == 1 and 'name="name"' not in page
        assert 'href="/officers/posters"' in (await browser.get("/officers")).text


async def test_the_buttons_bring_the_files(house: House) -> None:
    async with logged_in(house, await house.officer()) as browser:
        printed = await browser.get(of(VILLAGE))
        assert (printed.status_code, printed.headers["content-type"]) == (200, "application/pdf")
        assert printed.headers["content-disposition"] == f'attachment; filename="poster-lantan-{VILLAGE}.pdf"'
        assert printed.content.startswith(b"%PDF-")
        taken = await browser.get(of(VILLAGE, "a4.png"))
        assert (taken.headers["content-type"], taken.headers["cache-control"]) == ("image/png", "no-store")
        found = zxingcpp.read_barcodes(Image.open(BytesIO(taken.content)).convert("RGB"))
        assert {one.text for one in found} == {
            "https://t.me/desa_bot?start=5202122001",
            "http://desa.test/desa/5202122001",
        }


@pytest.mark.parametrize(
    ("unit", "role", "sees"),
    [
        (VILLAGE, "officer", [VILLAGE]),
        (DISTRICT, "coordinator", [VILLAGE, NEIGHBOUR]),
        (REGENCY, "coordinator", [VILLAGE, NEIGHBOUR]),
        ("52", "coordinator", [VILLAGE, NEIGHBOUR]),
        ("35", "coordinator", [OTHER_VILLAGE]),
        ("", "ministry", [VILLAGE, NEIGHBOUR, OTHER_VILLAGE]),
    ],
)
async def test_a_village_out_of_sight_has_no_poster(house: House, unit: str, role: str, sees: list[str]) -> None:
    async with logged_in(house, await house.officer(unit, role=role)) as browser:
        codes = [(await browser.get(of(village))).status_code for village in (VILLAGE, NEIGHBOUR, OTHER_VILLAGE)]
    assert codes == [200 if one in sees else 404 for one in (VILLAGE, NEIGHBOUR, OTHER_VILLAGE)]


@pytest.mark.parametrize(
    "path",
    [
        of("52.02.12.9999"), of(DISTRICT), of("5202122001"), of(VILLAGE, "a5.pdf"), of(VILLAGE, "a4.svg"),
        of(VILLAGE, "a4.pdf.png"), of("..%2f..%2fetc"), of(VILLAGE, "%00.pdf"),
    ],
)  # fmt: skip
async def test_a_forged_address_shows_nothing(house: House, path: str) -> None:
    async with logged_in(house, await house.officer("", role="ministry")) as browser:
        assert (await browser.get(path)).status_code == 404


async def test_nobody_else_gets_in(house: House) -> None:
    async with visitor_of(house) as stranger:
        assert (await stranger.get("/officers/posters")).status_code == 401
        assert (await stranger.get(of(VILLAGE))).status_code == 401


async def test_a_revoked_officer_gets_none(house: House) -> None:
    officer = await house.officer()
    async with logged_in(house, officer) as browser:
        assert (await browser.get(of(VILLAGE))).status_code == 200
        async with house.database.transaction() as tx:
            await officers.revoke(tx, officer.id, house.clock())
        assert (await browser.get(of(VILLAGE))).status_code == 401


async def test_a_districts_coordinator_chooses_from_its_villages(house: House) -> None:
    async with logged_in(house, await house.officer(DISTRICT, role="coordinator")) as browser:
        page = (await browser.get("/officers/posters")).text
    listed = [one.code for one in house.rooms.release().villages.under(DISTRICT)]
    assert len(listed) > 1 and all(of(code) in page for code in listed)
    assert page.count("a4.pdf") == len(listed)


@pytest.mark.parametrize(("unit", "role"), [(REGENCY, "coordinator"), ("", "ministry")])
async def test_who_looks_after_more_looks_a_village_up(house: House, unit: str, role: str) -> None:
    async with logged_in(house, await house.officer(unit, role=role)) as browser:
        page = (await browser.get("/officers/posters")).text
        assert 'name="name"' in page and "a4.pdf" not in page
        page = (await browser.get("/officers/posters", params={"name": "lantan batukliang utara"})).text
        assert of(VILLAGE) in page


async def test_a_search_finds_nothing_outside_ones_care(house: House) -> None:
    async with logged_in(house, await house.officer(REGENCY, role="coordinator")) as browser:
        for asked in ("jaten wonodadi", OTHER_VILLAGE, "<script>", "x" * 5_000):
            answer = await browser.get("/officers/posters", params={"name": asked})
            assert answer.status_code == 200
            assert OTHER_VILLAGE not in answer.text.replace(f'value="{OTHER_VILLAGE}"', "")
            assert "<script>" not in answer.text


@pytest.mark.parametrize(("fails", "code"), [(False, 409), (True, 503)])
async def test_without_a_channel_or_its_name_there_is_a_word_and_no_file(house: House, fails: bool, code: int) -> None:
    async def doors() -> Doors:
        if fails:
            raise NotNow(1.0)
        return Doors()

    house.app = site(replace(house.rooms, doors=doors))
    async with logged_in(house, await house.officer()) as browser:
        answer = await browser.get(of(VILLAGE))
    assert (answer.status_code, answer.headers["content-type"][:9]) == (code, "text/html")
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("path", ["/desa/5202122001", f"/desa/{VILLAGE}", "/?desa=5202122001"])
async def test_the_link_on_a_poster_opens_the_chat_with_the_villages_name(house: House, path: str) -> None:
    async with visitor_of(house) as visitor:
        page = await visitor.get(path)
        assert page.status_code == 200 and "Lantan" in page.text
        assert 'name="start"' in page.text


@pytest.mark.parametrize("path", ["/desa/9999999999", "/desa/x", "/desa/%3Cscript%3E", f"/desa/{'9' * 5000}"])
async def test_a_forged_link_opens_the_plain_chat(house: House, path: str) -> None:
    async with visitor_of(house) as visitor:
        page, plain = await visitor.get(path), await visitor.get("/")
    assert page.status_code == 200 and 'value="menu:' in plain.text
    assert "Lantan" not in page.text and "<script>" not in page.text
