"""Somebody without a phone: registered on one page, a paper in the hand, how it stands from any phone, and nothing more."""

import base64
import html
import re
from io import BytesIO

import httpx
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from bot.model.case import Case, Scope
from bot.model.messages import Address
from bot.store import cases, people
from tests.web.desk import do, logged_in
from tests.web.house import OTHER_VILLAGE, VILLAGE, House, field_of, visitor_of

QUESTION = "Kapan posyandu buka di kampung kami"
ASKED = {"question": QUESTION, "phone": "", "agreed": "yes", "language": "id"}


async def blank(browser: httpx.AsyncClient, form: str = "ask-officer") -> str:
    return (await browser.get(f"/officers/register/{form}")).text


async def handed_in(browser: httpx.AsyncClient, form: str = "ask-officer", **given: str) -> httpx.Response:
    page = await blank(browser, form)
    hidden = {"token": field_of(page, "token"), "nonce": field_of(page, "nonce")}
    return await browser.post(f"/officers/register/{form}", data={**hidden, **ASKED, **given})


def numbers(page: str) -> tuple[str, str]:
    """The two numbers on a paper as it is shown."""
    number, pin = re.findall(r'class="big(?: pin)?">(?:<p>)?([0-9 \-]+)', page)
    return number, pin


async def asked(browser: httpx.AsyncClient, number: str, pin: str) -> httpx.Response:
    return await browser.post("/status", data={"number": number, "pin": pin})


async def the_case(house: House, number: str) -> Case:
    found = await cases.in_scope(house.database, re.sub(r"\D", "", number), Scope(""))
    assert found
    return found


@pytest.fixture
async def paper(house: House) -> tuple[str, str]:
    """The two numbers of somebody Bu Ratna has registered."""
    ratna = await house.officer(VILLAGE)
    async with logged_in(house, ratna) as browser:
        answer = await handed_in(browser, village=VILLAGE)
    assert answer.status_code == 200, answer.text
    return numbers(answer.text)


async def test_a_whole_form_becomes_a_case_of_a_person_without_a_chat(house: House, paper: tuple[str, str]) -> None:
    case = await the_case(house, paper[0])
    assert (case.entered_by, case.unit, case.reachable, case.pin) == (1, VILLAGE, False, True)
    assert case.answers["question"] == QUESTION
    assert not await people.has_chat(house.database, case.person)
    rows = await house.database.rows("book", {"after": 0})
    assert [row["kind"] for row in rows] == ["opened", "entered"]
    assert [broken async for broken in cases.verify(house.database)] == []


async def test_the_same_form_sent_twice_is_one_case_and_one_paper(house: House) -> None:
    async with logged_in(house, await house.officer(VILLAGE)) as browser:
        page = await blank(browser)
        data = {"token": field_of(page, "token"), "nonce": field_of(page, "nonce"), "village": VILLAGE, **ASKED}
        first, second = [(await browser.post("/officers/register/ask-officer", data=data)).text for _ in range(2)]
    assert numbers(first) == numbers(second)
    assert len(await house.database.rows("book", {"after": 0})) == 2


@pytest.mark.parametrize("wrong", [
    {"agreed": ""}, {"question": ""}, {"question": "x" * 5000}, {"phone": "hallo"}, {"village": "Tidak Ada Desa Ini"},
])  # fmt: skip
async def test_what_does_not_fit_is_said_and_nothing_is_kept(house: House, wrong: dict[str, str]) -> None:
    async with logged_in(house, await house.officer("52.02")) as browser:
        answer = await handed_in(browser, **{"village": VILLAGE, **wrong})
    assert answer.status_code == 422
    assert "late" in answer.text or "agreed" in wrong
    assert QUESTION in answer.text or "question" in wrong
    assert await house.database.rows("book", {"after": 0}) == []


async def test_a_village_of_somebody_elses_is_refused(house: House) -> None:
    async with logged_in(house, await house.officer(VILLAGE)) as browser:
        answer = await handed_in(browser, village=OTHER_VILLAGE)
        assert answer.status_code == 422
        assert (await browser.get("/officers/register/no-such-form")).status_code == 404
    assert await house.database.rows("book", {"after": 0}) == []


async def test_a_name_of_64_kb_and_one_that_turns_the_writing_harm_nothing(house: House) -> None:
    async with logged_in(house, await house.officer(VILLAGE)) as browser:
        for name in ("A" * 60_000, "B" * 70_000):
            answer = await handed_in(browser, "complaint", village=VILLAGE, now="yes", name=name, about="employer")
            assert answer.status_code in (413, 422)
        turned = await handed_in(browser, "complaint", village=VILLAGE, now="yes", name="\u202egnis", about="employer")
        assert turned.status_code == 200 and "\u202e" not in turned.text


async def test_a_complaint_about_the_village_is_entered_and_hidden_from_who_entered_it(house: House) -> None:
    ratna = await house.officer(VILLAGE)
    async with logged_in(house, ratna) as browser:
        answer = await handed_in(browser, "complaint", village=VILLAGE, now="yes", about="village-head")
        number, pin = numbers(answer.text)
        digits = re.sub(r"\D", "", number)
        assert f"/officers/case/{digits}" not in answer.text
        assert (await browser.get(f"/officers/case/{digits}")).status_code == 404
        form = {"token": field_of(answer.text, "token"), "nonce": "a-nonce-of-the-test"}
        assert (await browser.post(f"/officers/paper/{digits}", data=form)).status_code == 404
    async with visitor_of(house) as anybody:
        assert (await asked(anybody, number, pin)).status_code == 200


async def test_both_numbers_show_how_it_stands_and_never_what_it_says(house: House, paper: tuple[str, str]) -> None:
    async with visitor_of(house) as anybody:
        page = await anybody.get("/status", params={"n": paper[0]})
        assert paper[0] in page.text and "<script" not in page.text
        answer = await asked(anybody, *paper)
        assert answer.status_code == 200
        assert "Lantan" in answer.text and "24 Nov" in answer.text
        assert QUESTION not in answer.text and "Bertanya" not in answer.text
        assert answer.headers["cache-control"] == "no-store"


async def test_a_number_alone_and_a_wrong_one_say_the_same(house: House, paper: tuple[str, str]) -> None:
    await house.case(100_050)
    wrong = f"{(int(paper[1].replace(' ', '')) + 1) % 1_000_000:06}"
    tries = [(paper[0], wrong), ("100 050-1", wrong), ("100 999-7", wrong), (paper[0], ""), ("", ""), ("x" * 9999, "1")]
    async with visitor_of(house) as anybody:
        said = [await asked(anybody, *one) for one in tries]
    pages = {re.sub(r'value="[^"]*"', "", one.text) for one in said}
    assert {one.status_code for one in said} == {404} and len(pages) == 1


async def test_five_wrong_tries_from_anywhere_shut_a_paper_for_a_day(house: House, paper: tuple[str, str]) -> None:
    number, pin = paper
    digits = re.sub(r"\D", "", number)
    wrong = f"{(int(pin.replace(' ', '')) + 1) % 1_000_000:06}"
    async with visitor_of(house) as anybody:
        for _ in range(2):
            await asked(anybody, number, wrong)
        for who in ("budi", "wati", "joko"):
            chat = Address("telegram", "bot", who)
            await house.say(chat, digits, id=f"{who}-1")
            await house.say(chat, wrong, id=f"{who}-2")
        assert (await asked(anybody, number, pin)).status_code == 404
        house.clock.pass_by(hours=23)
        assert (await asked(anybody, number, pin)).status_code == 404
        house.clock.pass_by(hours=1, minutes=1)
        assert (await asked(anybody, number, pin)).status_code == 200


async def test_four_wrong_tries_are_forgotten_after_a_right_one(house: House, paper: tuple[str, str]) -> None:
    number, pin = paper
    wrong = f"{(int(pin.replace(' ', '')) + 1) % 1_000_000:06}"
    async with visitor_of(house) as anybody:
        for tried in (wrong, wrong, wrong, wrong, pin, wrong, wrong, wrong, wrong, pin):
            house.clock.pass_by(minutes=2)
            answer = await asked(anybody, number, tried)
        assert answer.status_code == 200


async def test_a_new_paper_voids_the_old_one(house: House) -> None:
    async with logged_in(house, await house.officer(VILLAGE)) as browser:
        number, pin = numbers((await handed_in(browser, village=VILLAGE)).text)
        digits = re.sub(r"\D", "", number)
        page = (await browser.get(f"/officers/case/{digits}")).text
        form = {"token": field_of(page, "token"), "nonce": field_of(page, "nonce")}
        again, new = numbers((await browser.post(f"/officers/paper/{digits}", data=form)).text)
    assert again == number and new != pin
    async with visitor_of(house) as anybody:
        assert (await asked(anybody, number, pin)).status_code == 404
        assert (await asked(anybody, number, new)).status_code == 200


async def test_the_file_holds_both_numbers_and_a_square_that_leads_to_the_page(house: House) -> None:
    async with logged_in(house, await house.officer(VILLAGE)) as browser:
        page = (await handed_in(browser, village=VILLAGE)).text
        number, pin = numbers(page)
        digits = re.sub(r"\D", "", number)
        form = {"token": field_of(page, "token"), "pin": field_of(page, "pin")}
        answer = await browser.post(f"/officers/paper/{digits}/a5.pdf", data=form)
        refused = await browser.post(f"/officers/paper/{digits}/a5.pdf", data={**form, "pin": "000000"})
    assert refused.status_code == 404
    document = pypdfium2.PdfDocument(answer.content)
    try:
        words = " ".join(document[0].get_textpage().get_text_bounded().split())
        picture = document[0].render(scale=3).to_pil()
    finally:
        document.close()
    assert number in words and pin in words and "Lantan" in words and "0800" in words
    assert QUESTION not in words and "Bertanya" not in words
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [f"http://desa.test/status?n={digits}"]
    shown = re.search(r'src="data:image/png;base64,([^"]+)"', page)
    assert shown
    on_page = zxingcpp.read_barcodes(Image.open(BytesIO(base64.b64decode(html.unescape(shown[1])))))
    assert [one.text for one in on_page] == [f"http://desa.test/status?n={digits}"]


async def test_whoever_holds_the_paper_joins_the_case_once(house: House, paper: tuple[str, str]) -> None:
    number, pin = paper
    digits = re.sub(r"\D", "", number)
    hers, thief = Address("telegram", "bot", "ibu"), Address("telegram", "bot", "maling")
    for who in (hers, thief):
        await house.say(who, digits, id=f"{who.chat}-1")
        await house.say(who, pin, id=f"{who.chat}-2")
    await house.say(hers, button=f"paper-link:{digits}")
    case = await the_case(house, number)
    assert case.reachable
    await house.say(thief, button=f"paper-link:{digits}", id="late")
    assert (await the_case(house, number)).person == case.person
    events = [row["kind"] for row in await house.database.rows("book", {"after": 0})]
    assert events == ["opened", "entered", "linked"]


async def test_what_they_say_is_noted_and_a_withdrawal_erases_it(house: House) -> None:
    async with logged_in(house, await house.officer(VILLAGE)) as browser:
        number, pin = numbers((await handed_in(browser, village=VILLAGE)).text)
        digits = re.sub(r"\D", "", number)
        assert "reply-text" not in (await browser.get(f"/officers/case/{digits}")).text
        await do(browser, digits, "said", text="Sudah terima suratnya")
        await do(browser, digits, "withdraw-for")
        assert (await the_case(house, number)).state == "new"
        await do(browser, digits, "withdraw-for", sure="yes")
    case = await the_case(house, number)
    assert case.state == "withdrawn" and not case.answers
    async with visitor_of(house) as anybody:
        assert "dicabut" in (await asked(anybody, number, pin)).text.lower()
