"""The page of a case: what is covered, what opens it, what happened to it, its files, and who sees it at all."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from bot.channel import File, Never, NotNow
from bot.model.case import Event, EventKind
from bot.model.contact import Contact
from bot.model.effects.cases import Act
from bot.model.messages import Attachment, Incoming
from bot.store import cases, post
from bot.web.site import site
from tests.web.desk import do, done, logged_in
from tests.web.house import OTHER_VILLAGE, PERSON, STORY, VILLAGE

OPENLY = Contact(may_write=True, shared=False)


@pytest.fixture
async def officer(house):
    return await house.officer()


@pytest.fixture
async def browser(house, officer):
    async with logged_in(house, officer) as one:
        yield one


async def page_of(browser, case):
    return (await browser.get(f"/officers/case/{case.number}")).text


def line_of(page, kind):
    """The line of what happened, as its page tells it."""
    found = re.search(rf'<li class="{kind}[^"]*">(.*?)</li>', page, re.S)
    assert found, f"nothing of the kind {kind} is told"
    return found[1]


async def test_a_case_is_covered_until_a_reason_is_given(house, browser):
    case = await house.case()
    page = await page_of(browser, case)
    assert "S. A." in page
    for secret in ("Aminah", "081234567890", STORY):
        assert secret not in page


async def test_details_are_shown_for_a_reason_and_it_is_in_the_book(house, officer, browser):
    case = await house.case()
    answer = await do(browser, case.number, "reveal", reason="call")
    assert answer.status_code == 303
    page = await browser.get(answer.headers["location"])
    assert page.headers["cache-control"] == "no-store"
    assert STORY in page.text
    opening = (await cases.events(house.database, case.number, officer.scope))[-1]
    assert (opening.kind, opening.by, opening.text) == ("revealed", officer.person, "call")
    assert re.search("menghubungi|To call", line_of(page.text, "revealed"))


async def test_what_is_open_covers_itself_after_a_while_and_at_a_press(house, browser):
    case = await house.case()
    await done(browser, case.number, "reveal", reason="papers")
    assert STORY in await page_of(browser, case)
    assert STORY not in (await browser.get(f"/officers/case/{case.number}?covered=1")).text
    house.clock.pass_by(minutes=11)
    assert STORY not in await page_of(browser, case)


async def test_what_one_officer_opened_stays_covered_for_another(house, browser):
    case = await house.case()
    await done(browser, case.number, "reveal", reason="call")
    async with logged_in(house, await house.officer(name="Pak Made"), "another-login-token-0001") as other:
        assert STORY not in await page_of(other, case)


@pytest.mark.parametrize("fields", [{}, {"reason": "curious"}, {"reason": "other"}, {"reason": "other", "text": " "}])
async def test_without_a_reason_nothing_opens(house, officer, browser, fields):
    case = await house.case()
    answer = await do(browser, case.number, "reveal", **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert STORY not in answer.text
    assert len(await cases.events(house.database, case.number, officer.scope)) == 1


async def test_another_reason_is_written_out(house, officer, browser):
    case = await house.case()
    page = await done(browser, case.number, "reveal", reason="other", text="Ibunya <b>menelepon</b>")
    assert STORY in page
    assert "Ibunya &lt;b&gt;menelepon" in line_of(page, "revealed")


async def test_details_stay_covered_when_the_book_does_not_know_of_the_press(house, officer):
    case = await house.case()

    async def forgetful(_):
        return

    house.app = site(replace(house.rooms, receive=forgetful))
    async with logged_in(house, officer) as browser:
        answer = await do(browser, case.number, "reveal", reason="call")
        assert STORY not in (await browser.get(answer.headers["location"])).text


async def test_a_case_says_when_its_person_cannot_be_reached_any_more(house, browser):
    case = await house.case()
    words = "tidak bisa dihubungi|cannot be reached"
    assert not re.search(words, await page_of(browser, case))
    await house.rooms.receive([Incoming(PERSON, "gone-1", "gone", house.clock())])
    assert re.search(words, await page_of(browser, case))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("sent", "terkirim|sent"),
        ("waiting", "belum terkirim|not sent yet"),
        ("uncertain", "mungkin belum sampai|may not have arrived"),
        ("dead", "tidak sampai|did not arrive"),
    ],
)
async def test_what_was_written_says_whether_it_arrived(house, officer, browser, state, words):
    case = await house.case(plan=OPENLY)
    await done(browser, case.number, "claim")
    await done(browser, case.number, "reply", text="Datang besok")
    await _settled(house, state)
    assert re.search(rf">({words})<", line_of(await page_of(browser, case), "to-person"))


async def _settled(house, state):
    """Every letter to the person ends so."""
    row = {"state": state, "external_id": None, "sent": None, "due": None, "error": None}
    async with house.database.transaction() as tx:
        await post.settle(tx, [{"id": one, **row} for one in range(1, 40)])


async def test_what_may_not_be_written_first_is_told_to_wait_for_the_person(house, browser):
    case = await house.case(urgency="sensitive")
    await done(browser, case.number, "claim")
    page = await done(browser, case.number, "reply", text="Datang besok")
    assert re.search("disimpan sampai|waits until", line_of(page, "to-person"))


async def test_notes_are_marked_as_for_officers_and_messages_are_not(house, browser):
    case = await house.case(plan=OPENLY)
    await done(browser, case.number, "claim")
    await done(browser, case.number, "reply", text="Datang besok")
    page = await done(browser, case.number, "note", text="Sudah telepon Disnaker")
    words = "hanya untuk petugas|for officers only"
    assert re.search(words, line_of(page, "note"))
    assert not re.search(words, line_of(page, "to-person"))
    assert "Sudah telepon Disnaker" in line_of(page, "note")


async def test_words_between_officer_and_person_are_covered_and_open_with_the_rest(house, browser):
    case = await house.case(plan=OPENLY)
    await done(browser, case.number, "claim")
    page = await done(browser, case.number, "reply", text="Datang ke rumah Pak Budi")
    assert "Pak Budi" not in line_of(page, "to-person")
    assert "Pak Budi" in line_of(await done(browser, case.number, "reveal", reason="call"), "to-person")


EVENTS = get_args(EventKind)


async def test_everything_that_happens_is_told_in_plain_words(house, officer, browser):
    case = await house.case()
    for kind in EVENTS[1:]:
        found = await cases.in_scope(house.database, case.number, officer.scope)
        async with house.database.transaction() as tx:
            await cases.act(tx, Act(found, Event(case.number, kind, house.clock(), officer.person, "Bu Ratna")))
    page = await page_of(browser, case)
    told = re.findall(r'<li class="([\w-]+)[^"]*"><b>([^<]*)</b>', page)
    assert [kind for kind, _ in told] == list(EVENTS)
    assert [kind for kind, words in told if not words or kind == words] == []


RTL, NOTHING = "\u202eHALAS", "\u200b\u200d\u2060"


async def test_names_that_turn_or_hide_or_flood_the_page_are_shown_isolated_and_capped(house, browser):
    name = f"{RTL} <script>x</script> " + "n" * 9_000
    answers = {"name": name, "what": NOTHING, "phone": "\x00\x1b0812"}
    case = await house.case(answers=answers)
    page = await done(browser, case.number, "reveal", reason="call")
    value = re.search(r'<dd dir="auto">(\u202e.*?)</dd>', page, re.S)
    assert value, "the name stands in a place of its own, whose direction is its own"
    assert "&lt;script&gt;" in value[1]
    assert "<details" in value[1]
    assert len(value[1].split("<details")[0]) < 1_700
    assert "\x1b" not in page
    assert '<dd dir="auto">\n–' in page or '<dd dir="auto">–' in page


async def test_an_officers_name_cannot_turn_the_page_either(house):
    officer = await house.officer(name=RTL + "z" * 300)
    async with logged_in(house, officer) as browser:
        page = (await browser.get("/officers")).text
    assert re.search(r"<bdi>\u202eHALASz{34}…</bdi>", page)


async def test_what_was_handed_in_is_gone_after_withdrawal_and_the_page_says_so(house, browser):
    case = await house.case(form="a-form-that-was-dropped")
    assert "<dl>" not in await page_of(browser, case)


async def test_a_case_out_of_sight_looks_like_one_that_does_not_exist(house, browser):
    elsewhere = await house.case(unit=OTHER_VILLAGE)
    above = await house.case(100_002, unit=VILLAGE.rpartition(".")[0], village=VILLAGE)
    numbers = (elsewhere.number, above.number, "9999999", "0", "%27")
    answers = [await browser.get(f"/officers/case/{number}") for number in numbers]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


async def test_a_photo_is_brought_only_for_who_has_opened_the_details(house, browser):
    case = await house.case()
    path = f"/officers/file/{case.number}/proof"
    assert (await browser.get(path)).status_code == 404
    assert path in await done(browser, case.number, "reveal", reason="papers")
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.headers["cache-control"] == "no-store"
    assert house.street.fetched == [("telegram", "AgAC-photo")]


async def test_a_photo_is_covered_again_with_the_rest(house, browser):
    case = await house.case()
    await done(browser, case.number, "reveal", reason="papers")
    house.clock.pass_by(minutes=11)
    assert (await browser.get(f"/officers/file/{case.number}/proof")).status_code == 404


@pytest.mark.parametrize("field", ["name", "event-0", "event-99", "event-x", "nothing"])
async def test_a_file_that_is_not_there_is_not_found(house, browser, field):
    case = await house.case()
    await done(browser, case.number, "reveal", reason="papers")
    assert (await browser.get(f"/officers/file/{case.number}/{field}")).status_code == 404


async def test_a_photo_from_whatsapp_is_brought_from_whatsapp(house, officer):
    house.street.file = File(b"\xff\xd8\xff from Meta", "image/jpeg")
    case = await house.case(media={"proof": Attachment("photo", "1037543291543636", "whatsapp")})
    async with logged_in(house, officer) as browser:
        await done(browser, case.number, "reveal", reason="papers")
        assert (await browser.get(f"/officers/file/{case.number}/proof")).content == b"\xff\xd8\xff from Meta"
    assert house.street.fetched == [("whatsapp", "1037543291543636")]


@pytest.mark.parametrize(
    ("kind", "mime", "served", "saved"),
    [
        ("photo", "image/png", "image/png", False),
        ("photo", "text/html", "image/jpeg", False),
        ("photo", "image/svg+xml", "image/jpeg", False),
        ("voice", "audio/mp4", "audio/mp4", False),
        ("voice", "", "audio/ogg", False),
        ("file", "text/html", "application/octet-stream", True),
        ("file", "application/pdf", "application/octet-stream", True),
    ],
)
async def test_what_a_file_is_called_makes_no_page_of_it(house, officer, kind, mime, served, saved):
    house.street.file = File(b"<script>alert(1)</script>", mime)
    case = await house.case(media={"proof": Attachment(kind, "1037543291543636", "whatsapp")})
    async with logged_in(house, officer) as browser:
        await done(browser, case.number, "reveal", reason="papers")
        answer = await browser.get(f"/officers/file/{case.number}/proof")
    assert answer.headers["content-type"] == served
    assert ("content-disposition" in answer.headers) is saved
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_photo_that_is_gone_or_of_a_channel_that_is_off_is_not_there(house, officer):
    house.street.file = Never("gone", this_one=True)
    case = await house.case()
    async with logged_in(house, officer) as browser:
        await done(browser, case.number, "reveal", reason="papers")
        assert (await browser.get(f"/officers/file/{case.number}/proof")).status_code == 404


async def test_a_photo_that_cannot_be_brought_now_is_said_kindly(house, officer):
    house.street.file = NotNow(5)
    case = await house.case()
    async with logged_in(house, officer) as browser:
        await done(browser, case.number, "reveal", reason="papers")
        assert (await browser.get(f"/officers/file/{case.number}/proof")).status_code == 502
