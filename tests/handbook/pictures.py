"""The pictures of the handbook, as an officer's phone shows the pages."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from bot.understanding.release import Release
from tests.handbook.weeks import Land, lived_through
from tests.web.house import House, built, served
from tests.web.test_browser import CHROMIUM, QUIET

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PHONE = {"width": 360, "height": 720}
SHARP = 2
"""Points of a picture for each of the screen: the handbook is printed too."""
COLOURS = 24
LARGEST = 60_000
"""Bytes: officers load the handbook over a mobile network."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be seen: who looks, at which page, what they touch first; the whole screen, or one part of the page."""

    who: str
    path: str
    touch: Callable[[Page], Awaitable[object]] | None = None
    part: str = ""


def _open(summary: str) -> Callable[[Page], Awaitable[object]]:
    return lambda page: page.locator(f"details:has([name=act][value={summary}]) > summary").click()


async def _revealed(page: Page) -> None:
    await _open("reveal")(page)
    await page.check("[name=reason][value=call]")
    await page.click("form:has([value=reveal]) button")


async def _registered(page: Page) -> None:
    await page.check("[name=agreed]")
    await page.fill("[name=question]", "Kapan kapal pulang dari Nunukan?")
    await page.click("main form.whole button")


async def _written(page: Page) -> None:
    await page.check("[name=kind-skills-training]")
    await page.fill("#words-id", "Pelatihan menjahit gratis mulai Senin di balai kecamatan. Daftar ke petugas desa.")
    await page.click("main form button.main")


CASE = "/officers/case/{complaint}"
PICTURES: Mapping[str, Picture] = {
    "hari-ini": Picture("ratna", "/officers"),
    "kasus-tertutup": Picture("ratna", CASE + "?covered=1"),
    "alasan": Picture("ratna", CASE + "?covered=1", _open("reveal"), "details:has([value=reveal])"),
    "balas": Picture("ratna", CASE, _revealed, "#write"),
    "perjalanan": Picture("ratna", CASE, None, "section:has(#book)"),
    "perlihatkan": Picture("ratna", CASE, _open("refer"), "details:has([value=refer])"),
    "tutup": Picture("ratna", CASE, _open("outcome"), "#end"),
    "akun": Picture("ratna", "/officers/seat"),
    "daftarkan": Picture("ratna", "/officers/register/ask-officer"),
    "kertas": Picture("ratna", "/officers/register/ask-officer", _registered),
    "tim": Picture("camat", "/officers/team"),
    "statistik": Picture("camat", "/officers/statistics"),
    "siaran": Picture("camat", "/officers/broadcasts", _written, "main"),
    "berkas": Picture("camat", "/officers/exports", None, "main > form"),
}


async def take(folder: Path, release: Release) -> dict[str, bytes]:
    """All pictures by name, as PNG. `folder` is where the house is built."""
    async with built(folder, release) as house, served(house) as address, async_playwright() as playwright:
        land = await lived_through(house)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        taken = {}
        for who in dict.fromkeys(one.who for one in PICTURES.values()):
            page = await _at_a_phone(browser, address, await _link(house, land, who))
            seen = {name: one for name, one in PICTURES.items() if one.who == who}
            taken |= {name: small(await _picture(page, one, land)) for name, one in seen.items()}
        await browser.close()
        return taken


def small(picture: bytes) -> bytes:
    """The same picture in few colours: pages have few."""
    written = BytesIO()
    few = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    return written.getvalue()


async def _link(house: House, land: Land, who: str) -> str:
    return await house.link(getattr(land, who), f"login-for-the-pictures-of-{who}")


async def _at_a_phone(browser: Browser, address: str, link: str) -> Page:
    """Somebody logged in, on a phone of five inches."""
    context = await browser.new_context(
        base_url=address, viewport=PHONE, device_scale_factor=SHARP, locale="id-ID", java_script_enabled=False
    )
    page = await context.new_page()
    await page.goto(link)
    await page.click("button.main")
    return page


async def _picture(page: Page, one: Picture, land: Land) -> bytes:
    await page.goto(one.path.format(complaint=land.complaint.number))
    if one.touch:
        await one.touch(page)
    return await (page.locator(one.part).screenshot() if one.part else page.screenshot())
