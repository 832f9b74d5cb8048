"""The pages in a real browser, without a window. `SHOTS=folder` keeps pictures of what was seen."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from shutil import which

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from bot.model.contact import Contact
from bot.model.editions import Edition
from bot.model.effects.people import Answered, Corrected, Meant, Rated, Unanswered
from bot.model.messages import Address
from bot.store import editions, statistics
from bot.web.sessions import VISITOR, chat_of
from tests.web.desk import done, logged_in

pytestmark = pytest.mark.browser
CHROMIUM = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP desa.test 127.0.0.1",
]
PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 800}
SIZES = [{"width": 320, "height": 568}, PHONE, DESK]


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@asynccontextmanager
async def window(chromium: Browser, address: str, **options: object) -> AsyncIterator[Page]:
    """A window that fails the test when the page complains (the content-security policy does so in the console)."""
    given = {"viewport": PHONE, "locale": "id-ID", "base_url": address, **options}
    context: BrowserContext = await chromium.new_context(**given)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    await context.close()
    assert [one for one in complaints if "status of" not in one and "ERR_" not in one] == []


async def seen(page: Page, name: str) -> None:
    """Nothing is wider than the screen; keep a picture if pictures are asked for."""
    wide, room = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room, f"{name} is {wide} wide on a screen of {room}"
    if folder := os.environ.get("SHOTS"):
        await page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png")


async def ask(page: Page, text: str) -> None:
    await page.fill("#text", text)
    await page.click("#say button")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
async def test_a_talk_can_be_had(chromium, address, script):
    async with window(chromium, address, java_script_enabled=script) as page:
        await page.goto("/")
        await seen(page, f"welcome-{'js' if script else 'plain'}")
        await ask(page, "dokumen apa saja untuk kerja di luar negeri")
        await expect(page.locator(".me p")).to_have_text("dokumen apa saja untuk kerja di luar negeri")
        await expect(page.locator("li.bot[id]").first).to_be_visible()
        await expect(page.locator("#text")).to_have_value("")
        await seen(page, f"answer-{'js' if script else 'plain'}")
        await page.click("footer .anchors button >> nth=0")
        await expect(page.locator(".me")).to_have_count(2)
        await page.click(".choices button >> nth=0")
        await expect(page.locator(".me")).to_have_count(3)
        await seen(page, f"menu-{'js' if script else 'plain'}")


async def test_with_a_script_the_page_is_never_left(chromium, address):
    async with window(chromium, address) as page:
        await page.goto("/")
        await page.evaluate("window.here = true")
        await ask(page, "menu")
        await expect(page.locator("li.bot[id]").first).to_be_visible()
        assert await page.evaluate("window.here") is True


async def test_what_an_officer_writes_appears_in_the_open_chat_by_itself(house, chromium, address):
    async with window(chromium, address) as page:
        await page.goto("/")
        await ask(page, "menu")
        await expect(page.locator("li.bot[id]").first).to_be_visible()
        cookies = {one["name"]: one["value"] for one in await page.context.cookies()}
        open_to = Contact(may_write=True, shared=False)
        case = await house.case(address=chat_of(cookies[VISITOR]), plan=open_to)
        async with logged_in(house, await house.officer()) as browser:
            await done(browser, case.number, "claim")
            await done(browser, case.number, "reply", text="Datang besok pukul sembilan")
        await expect(page.locator("li.bot").last).to_contain_text("Datang besok pukul sembilan")
        await seen(page, "officer-writes")


async def test_on_a_broken_line_the_text_stays_and_is_sent_once_when_the_line_is_back(chromium, address):
    async with window(chromium, address) as page:
        await page.goto("/")
        await page.context.set_offline(True)
        await ask(page, "tolong jawab saya")
        await expect(page.locator("#status")).to_contain_text(await page.locator("#status").get_attribute("data-kept"))
        await expect(page.locator("#text")).to_have_value("tolong jawab saya")
        await seen(page, "not-sent-yet")
        await page.context.set_offline(False)
        await expect(page.locator(".me p")).to_have_text("tolong jawab saya")
        await expect(page.locator("#text")).to_have_value("")
        await page.reload()
        await expect(page.locator(".me")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
async def test_the_emergency_numbers_are_one_tap_away_with_the_line_cut(chromium, address, script):
    async with window(chromium, address, java_script_enabled=script) as page:
        await page.goto("/")
        await page.context.set_offline(True)
        await page.click("header .alarm")
        await expect(page.locator("#darurat a[href^='tel:']").first).to_be_visible()
        await seen(page, f"emergency-{'js' if script else 'plain'}")
        await page.click("#darurat .back")
        await expect(page.locator("#darurat")).to_be_hidden()


async def test_the_emergency_button_opens_the_numbers_when_nothing_can_be_sent(chromium, address):
    async with window(chromium, address) as page:
        await page.goto("/")
        await page.context.set_offline(True)
        await page.click("footer .anchors button >> nth=3")
        await expect(page.locator("#darurat a[href^='tel:']").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
async def test_leaving_quickly_forgets_the_talk_and_going_back_does_not_show_it(chromium, address, script):
    async with window(chromium, address, java_script_enabled=script) as page:
        await page.route("https://**", lambda route: route.fulfill(body="harmless"))
        await page.goto("/")
        await ask(page, "menu")
        await expect(page.locator("li.bot[id]").first).to_be_visible()
        await page.click("header .leave")
        await page.wait_for_url("https://**")
        assert await page.context.cookies(address) == []
        await page.go_back()
        await expect(page.locator(".me")).to_have_count(0)


async def test_a_text_that_is_too_long_is_said_so_and_kept(chromium, address):
    async with window(chromium, address) as page:
        await page.goto("/")
        await ask(page, "a" * 10_001)
        await expect(page.locator("#status")).not_to_be_empty()
        assert len(await page.input_value("#text")) == 10_001


@pytest.mark.parametrize("viewport", SIZES, ids=lambda size: str(size["width"]))
async def test_nothing_is_wider_than_the_screen(house, chromium, address, viewport):
    async with window(chromium, address, viewport=viewport) as page:
        await page.goto("/")
        await seen(page, "chat-welcome")
        await ask(page, "gaji di taiwan berapa")
        await expect(page.locator("li.bot[id]").first).to_be_visible()
        await ask(page, "katasangatpanjangtanpaspasi" * 20)
        await expect(page.locator(".me")).to_have_count(2)
        await seen(page, "chat-talk")
        for path in ("/darurat", "/officers", "/officers/login/old", "/nothing"):
            await page.goto(path)
            await seen(page, "page" + path.replace("/", "-"))


async def test_everything_can_be_reached_and_seen_by_keyboard(chromium, address):
    async with window(chromium, address, viewport=DESK) as page:
        await page.goto("/")
        await page.keyboard.press("Tab")
        await expect(page.locator(".skip")).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(page.locator("#text")).to_be_focused()
        outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
async def test_an_officer_logs_in_claims_writes_and_closes(house, chromium, address, viewport):
    await house.case(plan=Contact(may_write=True, shared=False))
    await house.case(100_002, urgency="emergency", form="help", kind="help")
    await house.case(100_003, urgency="general", form="learning-house", kind="learning-house")
    link = await house.link(await house.officer())
    async with window(chromium, address, viewport=viewport, java_script_enabled=False) as page:
        await page.goto(link)
        await seen(page, "login")
        await page.click("button.main")
        await seen(page, "today")
        await page.click("a:has-text('Pengaduan')")
        await seen(page, "case")
        await page.click("button:has-text('Tangani')")
        await expect(page.locator("[role=status]")).to_be_visible()
        await seen(page, "claimed")
        await page.click("details:has([name=reason]) summary")
        await page.check("[name=reason][value=call]")
        await seen(page, "why")
        await page.click("form:has([value=reveal]) button")
        await expect(page.locator("main")).to_contain_text("Siti Aminah")
        await seen(page, "revealed")
        await page.fill("#reply-text", "Bu, besok datang ke kantor desa pukul 9.")
        await page.click("form:has([value=reply]) button")
        await expect(page.locator("[role=status]")).to_be_visible()
        await page.click("details.note summary")
        await seen(page, "note")
        await page.fill("#note-text", "Sudah telepon Disnaker.")
        await page.click("form:has([value=note]) button")
        await expect(page.locator(".book .note")).to_be_visible()
        await page.click("#end summary")
        await page.check("[value=solved]")
        await page.fill("#outcome-text", "Gaji sudah dibayar.")
        await seen(page, "closing")
        await page.click("form:has([value=outcome]) button")
        await expect(page.locator("[role=status]")).to_be_visible()
        await page.click("nav a[href$=closed]")
        await expect(page.locator(".rows")).to_contain_text("Pengaduan")
        await seen(page, "closed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", SIZES, ids=lambda size: str(size["width"]))
async def test_all_forms_of_a_case_open_fit_every_screen_and_can_be_read_and_touched(
    house, chromium, address, viewport, scheme
):
    case = await house.case()
    officer = await house.officer()
    async with logged_in(house, officer, "another-login-token-0001") as browser:
        await done(browser, case.number, "claim")
        await done(browser, case.number, "note", text="Catatan " + "katasangatpanjangtanpaspasi" * 9)
    link = await house.link(officer)
    async with window(chromium, address, viewport=viewport, color_scheme=scheme, java_script_enabled=False) as page:
        await page.goto(link)
        await page.click("button.main")
        for path, name in (
            ("/officers", "list"),
            ("/officers/seat", "seat"),
            (f"/officers/case/{case.number}", "forms"),
        ):
            await page.goto(path)
            for summary in await page.locator("main summary").all():
                await summary.click()
            await seen(page, f"{name}-{scheme}")
            assert await page.evaluate(FAINT) == []
            assert await page.evaluate(SMALL) == []
            assert await page.evaluate(NAMELESS) == []


@pytest.mark.parametrize("viewport", SIZES, ids=lambda size: str(size["width"]))
async def test_the_lists_of_who_oversees_others_fit_on_every_screen(house, chromium, address, viewport):
    await busy_weeks(house)
    link = await house.link(await house.officer("", "Bu Endang Sulistyowati", "ministry"))
    async with window(chromium, address, viewport=viewport, java_script_enabled=False) as page:
        await page.goto(link)
        await page.click("button.main")
        await page.click("nav a[href$=questions]")
        await expect(page.locator("#unanswered ~ .asked li").first).to_be_visible()
        await seen(page, "questions")
        assert await page.evaluate(FAINT) == []
        await page.click("nav a[href$=corrections]")
        await expect(page.locator("a.button").first).to_be_visible()
        await seen(page, "corrections")
        assert await page.evaluate(FAINT) == []
        await page.click("a.button >> nth=0")
        await expect(page.locator("h1")).to_contain_text("100 001")


async def busy_weeks(house):
    """Questions asked in vain, answers that did not help, and an answer that two people must be phoned about."""
    offered = ("migration/passport", "migration/documents", "jobs/taiwan")
    asked = Unanswered("gimana cara ganti nama di paspor", "id", offered)
    seen_lately = [asked, asked, Meant(asked.text, offered, offered[0])]
    seen_lately += [Unanswered(text, "jv") for text in ("ganti nama paspor piye", "suami saya … sakit di pabrik …")]
    seen_lately += [Unanswered("katasangatpanjangtanpaspasi" * 6, "su"), *[Rated(offered[2], False, "id", "old")] * 3]
    had = Edition("K4M7P2XR", offered[2], "taiwan")
    cases = [await house.case(100_001), await house.case(100_002, address=Address("telegram", "bot", "budi"))]
    async with house.database.transaction() as tx:
        told = [(one.person, Answered(had.topic, "id", "1", had)) for one in cases]
        await statistics.note(tx, [(cases[0].person, one) for one in seen_lately] + told, house.clock())
        house.clock.pass_by(minutes=1)
        await editions.turn_over(tx, lambda _: "", house.clock())
        await statistics.note(tx, [(one.person, Corrected(had.code, "owed")) for one in cases], house.clock())


async def test_forms_work_without_tls_too_where_browsers_say_less_of_themselves(chromium, address):
    """A plain host name is no trusted place to a browser: it sends no Sec-Fetch-Site, only the origin."""
    async with window(chromium, address.replace("127.0.0.1", "desa.test"), java_script_enabled=False) as page:
        await page.goto("/")
        async with page.expect_request("**/chat") as sent:
            await ask(page, "menu")
        headers = await (await sent.value).all_headers()
        assert "sec-fetch-site" not in headers
        await expect(page.locator(".me")).to_have_count(1)


async def test_by_night_the_pages_are_dark(chromium, address):
    async with window(chromium, address, color_scheme="dark") as page:
        await page.goto("/")
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 23, 22)"
        await seen(page, "dark")


async def test_the_parts_of_the_page_stand_out_enough(chromium, address):
    """Contrast of text on its ground, WCAG AA: 4.5 to 1."""
    for scheme in ("light", "dark"):
        async with window(chromium, address, color_scheme=scheme) as page:
            await page.goto("/")
            await ask(page, "menu")
            await expect(page.locator("li.bot[id]").first).to_be_visible()
            for path in ("/", "/darurat"):
                await page.goto(path)
                faint = await page.evaluate(FAINT)
                assert faint == [], (scheme, path)


FAINT = """() => {
  const read = (color) => color.match(/[\\d.]+/g).map(Number);
  const linear = (v) => (v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  const bright = (c) => [.2126, .7152, .0722].reduce((sum, part, at) => sum + part * linear(c[at] / 255), 0);
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const c = read(getComputedStyle(one).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const speaks = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const ratio = (one) => {
    const [a, b] = [bright(read(getComputedStyle(one).color)), bright(ground(one))];
    return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  };
  return [...document.querySelectorAll("body *")]
    .filter((one) => speaks(one) && one.getClientRects().length && one.tagName !== "SCRIPT")
    .map((one) => [one.className || one.tagName, ratio(one)]).filter(([, found]) => found < 4.5);
}"""

SMALL = """() => [...document.querySelectorAll("a, button, select, textarea, summary, label:has(input), input")]
  .filter((one) => one.getClientRects().length && !(one.closest("label") && one.tagName === "INPUT"))
  .map((one) => [one.textContent.trim() || one.name, one.getBoundingClientRect().width, one.getBoundingClientRect().height])
  .filter(([, wide, high]) => wide < 24 || high < 24)"""
NAMELESS = """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
  .filter((one) => !one.labels.length).map((one) => one.name)"""
