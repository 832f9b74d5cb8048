"""A day played end to end, on the real service, a false Telegram and a real browser, with a clock that is moved on.

Danger at nine in the evening, nobody answers in the night, taken on in the morning, a part shared, answered, closed; opened
again after days, and taken over by the next level because nobody acts.
"""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.casework.numbers import sayable
from tests.bot_user import Seen
from tests.end_to_end.day import ELSEWHERE, Day, a_day
from tests.end_to_end.service import CANARY, VILLAGE_TYPED, register
from tests.web.test_browser import DESK, PHONE, chromium, seen

__all__ = ["chromium"]
pytestmark = pytest.mark.browser
CRY = f"tolong, saya {CANARY} dikurung majikan di Johor Bahru Malaysia"
HOTLINE = re.compile(r"\+?[\d-]{6,}")
HELP = {
    "agree:help": "",
    "field:now:yes": "",
    "field:who:me": "",
    "skip:minor": "",
    "field:what:locked-in": "",
    "field:safe:yes": "",
    "past-village:help:yes": VILLAGE_TYPED,
    "skip:phone": "+60 12 345 6789",
}
TOLD = (CANARY, "Johor", "Malaysia", "345", "ikurung", "majikan")
"""What she said: no notice and no digest may say any of it."""
THE_BOOK = (
    *("opened", "warned", "raised", "raised"),
    *("claimed", "revealed", "referred", "referred", "revealed", "referral-answered"),
    *("to-person", "from-person", "closed"),
    *("reopened", "warned", "raised", "claimed", "to-person"),
)


async def test_from_the_first_danger_word_to_a_case_that_rises_because_nobody_acts(
    tmp_path: Path, chromium: Browser
) -> None:
    async with a_day(tmp_path, "2026-11-23T10:00") as day:
        await somebody_asks_and_is_answered(day)
        number, code = await at_nine_in_the_evening_somebody_is_in_danger(day)
        await in_the_night_nobody_answers(day, number)
        await in_the_morning_it_is_taken_on(day, number)
        await a_part_is_shared_with_another_office(day, number)
        await she_is_answered_and_answers(day, number)
        await it_is_closed_in_the_pages(day, number, chromium)
        await days_later_it_is_not_solved_after_all(day, number)
        await nobody_acts_and_it_rises(day, number)
        await the_next_level_takes_it_over_on_a_phone(day, number, chromium)
        assert tuple(day.book(number)) == THE_BOOK
        the_book_holds(day, code)


async def somebody_asks_and_is_answered(day: Day) -> None:
    """An ordinary question rings nobody up."""
    await register(day.budi.user)
    notice = await day.ratna.hears("claim:")
    assert not await day.ratna.rings_for(notice)
    number = behind(notice, "claim:")
    await day.ratna.presses(f"claim:{number}", f"case:{number}")
    await closes(day, number, "Kantor buka pukul delapan.")
    await day.budi.hears("Kantor buka pukul delapan.", f"solved:{number}")


async def at_nine_in_the_evening_somebody_is_in_danger(day: Day) -> tuple[str, str]:
    """The hotline before anything else; then a few questions. The case's number, and the book's code on the receipt."""
    day.is_now("2026-11-23T21:00")
    hotline = await day.siti.says(CRY)
    assert HOTLINE.search(hotline.text)
    await day.siti.hears("form:help")
    await day.siti.fills_in("form:help", HELP, "send:help")
    receipt = await day.siti.next()
    notice = await day.ratna.hears("claim:")
    number = behind(notice, "claim:")
    assert sayable(number) in notice.text and sayable(number) in receipt.text
    tells_nothing(notice)
    assert await day.ratna.rings_for(notice)
    code = re.search(r"(?:[A-Z]{4}-){2}[A-Z]{4}", receipt.text)
    assert code
    return number, code[0]


async def in_the_night_nobody_answers(day: Day, number: str) -> None:
    """Of somebody in danger officers are told at any hour, and so is she, each time it rises."""
    day.is_now("2026-11-23T21:13")
    for_ratna = [await day.ratna.hears(sayable(number))]
    day.is_now("2026-11-23T21:18")
    for_ratna.append(await day.ratna.hears(sayable(number), "Batukliang Utara"))
    at_the_district = await day.camat.hears(f"case:{number}")
    await day.siti.hears(sayable(number), "Batukliang Utara", "do:emergency")
    day.is_now("2026-11-23T21:36")
    await day.siti.hears(sayable(number), "kementerian", "do:emergency")
    assert await day.camat.rings_for(at_the_district)
    tells_nothing(*for_ratna, at_the_district)


async def in_the_morning_it_is_taken_on(day: Day, number: str) -> None:
    """The digest says how much waits and nothing of it; details open for a reason, and go away again."""
    day.is_now("2026-11-24T08:05")
    digest = await day.ratna.hears("do:queue", sayable(number))
    tells_nothing(digest)
    await day.ratna.presses(f"claim:{number}", f"case:{number}")
    await day.siti.hears("Bu Ratna", sayable(number))
    covered = await day.ratna.presses(f"case:{number}", f"reveal:{number}")
    assert CANARY not in covered.text and "6789" not in covered.text
    await day.ratna.presses(f"reveal:{number}", f"reveal:{number}:call")
    opened = await day.ratna.presses(f"reveal:{number}:call", "6789")
    assert (await day.ratna.still(opened))["protected"]
    day.is_now("2026-11-24T08:20")
    await day.ratna.gone(opened)


async def a_part_is_shared_with_another_office(day: Day, number: str) -> None:
    """Nothing before her yes; then the chosen part and nothing else."""
    await day.ratna.presses(f"more:{number}", f"refer:{number}")
    await day.ratna.presses(f"refer:{number}", f"case:{number}")
    await day.ratna.says(ELSEWHERE, f"refer:{number}:{ELSEWHERE}:0")
    parts = await day.ratna.presses(f"refer:{number}:{ELSEWHERE}:0", f"refer:{number}:{ELSEWHERE}:")
    chosen = await day.ratna.presses(dict(parts.buttons)["Negara"], f"refer:{number}:{ELSEWHERE}:")
    assert "✓ Negara" in chosen.labels
    await day.ratna.presses(ending(chosen, ":ask"), f"case:{number}")
    asked = await day.siti.hears("share-yes:1", "share-no:1")
    assert "Bu Ratna" in asked.text and "Negara" in asked.text
    await day.siti.presses("share-yes:1", "share-no:1")
    tells_nothing(await day.dewi.hears("referral:1"))
    await day.ratna.hears(f"case:{number}", sayable(number))
    shown = await day.dewi.presses("referral:1", "Malaysia", "referral-answer:1")
    assert "6789" not in shown.text and VILLAGE_TYPED.split()[0].title() not in shown.text
    await day.dewi.presses("referral-answer:1", sayable(number))
    await day.dewi.says("Perwakilan di Johor sudah kami hubungi.", sayable(number))
    tells_nothing(await day.ratna.hears(f"case:{number}"))


async def she_is_answered_and_answers(day: Day, number: str) -> None:
    """By a reply written beforehand, which the officer sees as she will see it."""
    await day.ratna.presses(f"case:{number}", f"reply:{number}")
    await day.ratna.presses(f"reply:{number}", f"canned:{number}:in-danger")
    preview = await day.ratna.presses(f"canned:{number}:in-danger", f"canned-send:{number}:in-danger")
    await day.ratna.presses(f"canned-send:{number}:in-danger", f"close:{number}")
    answer = await day.siti.hears("Bu Ratna", f"write:{number}")
    assert HOTLINE.search(answer.text) and answer.text in preview.text
    await day.siti.says("saya sudah di konsulat, terima kasih bu", sayable(number))
    notice = await day.ratna.hears(f"case:{number}")
    assert "konsulat" not in notice.text


async def it_is_closed_in_the_pages(day: Day, number: str, chromium: Browser) -> None:
    """On a desk, with an outcome and a word for her."""
    async with day.pages(chromium, day.ratna, viewport=DESK) as page:
        await seen(page, "day-1-today")
        await page.click(f"a[href$='/case/{number}']")
        await expect(page.locator(".book .from-person")).to_be_visible()
        await seen(page, "day-2-case")
        await page.click("#end summary")
        await page.check("[name=outcome][value=referred]")
        await page.fill("#outcome-text", "Siti sudah aman di konsulat.")
        await seen(page, "day-3-closing")
        await page.click("form:has([value=outcome]) button")
        await expect(page.locator("[role=status]")).to_be_visible()
        await seen(page, "day-4-closed")
    await day.siti.hears("Siti sudah aman di konsulat.", f"unsolved:{number}")


async def days_later_it_is_not_solved_after_all(day: Day, number: str) -> None:
    day.is_now("2026-11-27T10:30")
    await day.siti.presses(f"unsolved:{number}", sayable(number))
    notice = await day.ratna.hears(f"case:{number}", sayable(number))
    tells_nothing(notice)
    assert await day.ratna.rings_for(notice)


async def nobody_acts_and_it_rises(day: Day, number: str) -> None:
    """Who holds it is warned, then the level above must act too; she is told when."""
    day.is_now("2026-11-27T10:43")
    await day.ratna.hears(f"case:{number}")
    day.is_now("2026-11-27T10:48")
    tells_nothing(await day.ratna.hears("Batukliang Utara", sayable(number)))
    tells_nothing(await day.camat.hears("Batukliang Utara", sayable(number)))
    await day.siti.hears("Batukliang Utara", sayable(number))


async def the_next_level_takes_it_over_on_a_phone(day: Day, number: str, chromium: Browser) -> None:
    """From whoever holds it, who is told."""
    async with day.pages(chromium, day.camat, viewport=PHONE) as page:
        await seen(page, "day-5-today")
        await page.click(f"section.raised a[href$='/case/{number}'], section.emergency a[href$='/case/{number}']")
        await seen(page, "day-6-raised")
        await page.click("form:has([value=claim]) button")
        await expect(page.locator("[role=status]")).to_be_visible()
        await page.fill("#reply-text", "Saya yang mengurus sekarang. Ada apa, Bu?")
        await seen(page, "day-7-taken-over")
        await page.click("form:has([value=reply]) button")
        await expect(page.locator(".book .to-person").last).to_contain_text("Pak Camat")
        await seen(page, "day-8-answered")
    assert "Pak Camat" in (await day.ratna.hears("Pak Camat", sayable(number))).text
    await day.siti.hears("Pak Camat", sayable(number))
    await day.siti.hears("Saya yang mengurus sekarang.")


def the_book_holds(day: Day, code: str) -> None:
    """Each page hangs on the one before; the code on her receipt is one of its pages, another is none."""
    assert code in day.service.command("verify", "--head", code)
    other = code[:-1] + ("B" if code[-1] != "B" else "C")
    with pytest.raises(subprocess.CalledProcessError):
        day.service.command("verify", "--head", other)


async def closes(day: Day, number: str, word: str) -> None:
    """In the chat, as solved."""
    await day.ratna.presses(f"case:{number}", f"close:{number}")
    await day.ratna.presses(f"close:{number}", f"outcome:{number}:solved")
    await day.ratna.presses(f"outcome:{number}:solved", f"case:{number}")
    await day.ratna.says(word, f"case:{number}")


def behind(one: Seen, act: str) -> str:
    """What a button of this act is about."""
    return next(data.removeprefix(act) for _, data in one.buttons if data.startswith(act))


def ending(one: Seen, end: str) -> str:
    """The button whose data end so."""
    return next(data for _, data in one.buttons if data.endswith(end))


def tells_nothing(*notices: Seen) -> None:
    """They may be read by anybody who sees the screen."""
    assert [word for one in notices for word in TOLD if word in one.text] == []
