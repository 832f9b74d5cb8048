"""The pages of those who oversee others, in a real browser: on a phone and on a desk nothing is wider than the screen."""

import pytest

from tests.web.house import VILLAGE
from tests.web.test_browser import SIZES, chromium, seen, window

__all__ = ["chromium"]
pytestmark = pytest.mark.browser
DISTRICT = VILLAGE.rpartition(".")[0]
PAGES = ("statistics", "exports", "team", "broadcasts")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
async def test_nothing_is_wider_than_the_screen(house, address, chromium, size):
    for at in range(7):
        await house.case(100_001 + at)
    await house.officer(name="Bu Ratna " + "Sari" * 30)
    camat = await house.officer(DISTRICT, "Pak Camat", "coordinator")
    async with window(chromium, address, viewport=size) as page:
        await page.goto(await house.link(camat))
        await page.locator("main button").click()
        for name in PAGES:
            await page.goto(f"/officers/{name}")
            await seen(page, f"oversight-{name}-{size['width']}")
