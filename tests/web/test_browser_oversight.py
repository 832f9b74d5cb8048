"""The pages of those who oversee others, in a real browser: on a phone and on a desk they fit, and can be read and touched."""

import pytest

from tests.web.house import VILLAGE
from tests.web.test_browser import FAINT, NAMELESS, SIZES, chromium, seen, window

__all__ = ["chromium"]
pytestmark = pytest.mark.browser
DISTRICT = VILLAGE.rpartition(".")[0]
PAGES = ("statistics", "statistics?place=batukliang", "exports", "team", "broadcasts", "closed", "seat", "register")
LOW = """() => [...document.querySelectorAll("button, .button, select, textarea, summary, nav a, label:has(input), input")]
  .filter((one) => one.getClientRects().length && !(one.closest("label") && one.tagName === "INPUT"))
  .map((one) => [one.textContent.trim() || one.name, one.getBoundingClientRect().height]).filter(([, high]) => high < 43.9)"""
"""What is pressed and lower than a thumb needs."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
async def test_the_pages_fit_and_can_be_read_and_touched(house, address, chromium, size):
    for at in range(7):
        await house.case(100_001 + at)
    await house.officer(name="Bu Ratna " + "Sari" * 30)
    camat = await house.officer(DISTRICT, "Pak Camat", "coordinator")
    async with window(chromium, address, viewport=size) as page:
        await page.goto(await house.link(camat))
        await page.locator("main button").click()
        for name in PAGES:
            await page.goto(f"/officers/{name}")
            for summary in await page.locator("main summary").all():
                await summary.click()
            await seen(page, f"oversight-{name}-{size['width']}")
            assert await page.evaluate(FAINT) == []
            assert await page.evaluate(NAMELESS) == []
            assert await page.evaluate(LOW) == []
