"""The officers' pages: what is shown, to whom, and what an act brings about."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channel import NotNow
from bot.model.messages import Incoming
from bot.store import cases, post
from bot.store.database import NotStored
from bot.web.rooms import TelegramDoor
from bot.web.site import site
from tests.web.desk import do, done, logged_in
from tests.web.house import OTHER_VILLAGE, PERSON, STORY, VILLAGE


@pytest.fixture
async def officer(house):
    return await house.officer()


@pytest.fixture
async def browser(house, officer):
    async with logged_in(house, officer) as one:
        yield one


async def told(house):
    return [message.text for message in await post.last_shown(house.database, PERSON)]


async def test_the_list_puts_each_case_in_its_most_pressing_part(house, browser):
    now = house.clock()
    await house.case(100_001, urgency="emergency", due=now - timedelta(hours=1))
    await house.case(100_002, due=now - timedelta(hours=1))
    await house.case(100_003, due=now + timedelta(hours=2))
    await house.case(100_004, due=now + timedelta(days=2))
    page = (await browser.get("/officers")).text
    order = [page.index(f'<section class="{part}"') for part in ("emergency", "overdue", "today", "new")]
    assert order == sorted(order)
    assert 'class="waiting none"' in page


async def test_a_row_tells_number_form_village_and_who_has_it_but_nothing_of_the_person(house, browser):
    case = await house.case()
    page = (await browser.get("/officers")).text
    assert f"/officers/case/{case.number}" in page
    assert f"{case.number[:3]} {case.number[3:6]}-{case.number[6:]}" in page
    assert "Pengaduan" in page
    assert "Lantan" in page
    for secret in ("Siti", "0812", "dibayar"):
        assert secret not in page


async def test_the_clock_of_a_case_is_its_villages(house, browser):
    await house.case()
    assert re.search(r"14[.:]00 WITA", (await browser.get("/officers")).text)


async def test_a_case_says_when_its_person_cannot_be_reached_any_more(house, browser):
    case = await house.case()
    words = "tidak bisa dihubungi|cannot be reached"
    assert not re.search(words, (await browser.get(f"/officers/case/{case.number}")).text)
    await house.rooms.receive([Incoming(PERSON, "gone-1", "gone", house.clock())])
    assert re.search(words, (await browser.get(f"/officers/case/{case.number}")).text)


async def test_a_case_is_covered_until_it_is_asked_for(house, browser):
    case = await house.case()
    page = (await browser.get(f"/officers/case/{case.number}")).text
    assert "S. A." in page
    for secret in ("Aminah", "081234567890", STORY):
        assert secret not in page


async def test_details_are_shown_by_a_press_and_the_press_is_in_the_book(house, officer, browser):
    case = await house.case()
    answer = await do(browser, case.number, "reveal")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert STORY in answer.text
    events = await cases.events(house.database, case.number, officer.scope)
    assert [(event.kind, event.by) for event in events][-1] == ("revealed", officer.person)
    assert STORY not in (await browser.get(f"/officers/case/{case.number}")).text


async def test_details_stay_covered_when_the_book_does_not_know_of_the_press(house, officer):
    case = await house.case()

    async def forgetful(_):
        return

    house.app = site(replace(house.rooms, receive=forgetful))
    async with logged_in(house, officer) as browser:
        answer = await do(browser, case.number, "reveal")
    assert STORY not in answer.text


async def test_a_claim_is_answered_on_the_page_and_told_to_the_person(house, officer, browser):
    case = await house.case()
    page = await done(browser, case.number, "claim")
    assert 'role="status"' in page
    assert "Bu Ratna" in page
    found = await cases.in_scope(house.database, case.number, officer.scope)
    assert (found.state, found.officer) == ("working", officer.id)
    assert any("Bu Ratna" in text for text in await told(house))


async def test_of_two_who_claim_one_wins_and_the_other_is_told_who(house, browser):
    case = await house.case()
    async with logged_in(house, await house.officer(name="Pak Made"), "another-login-token-0001") as other:
        page = (await other.get(f"/officers/case/{case.number}")).text
        await done(browser, case.number, "claim")
        token = re.search(r'name="token" value="(\w+)"', page)[1]
        form = {"token": token, "nonce": "abcdefgh1234", "act": "claim"}
        answer = await other.post(f"/officers/case/{case.number}", data=form)
        assert "Bu Ratna" in (await other.get(answer.headers["location"])).text.split('role="status"')[1]


async def test_what_is_written_to_the_person_reaches_the_person(house, browser):
    case = await house.case()
    await done(browser, case.number, "claim")
    page = await done(browser, case.number, "reply", text="Datang ke kantor <besok>")
    assert 'role="status"' in page
    assert any("Datang ke kantor" in text for text in await told(house))


async def test_words_of_danger_in_an_officers_message_are_still_sent_to_the_person(house, browser):
    case = await house.case()
    await done(browser, case.number, "claim")
    await done(browser, case.number, "reply", text="Apakah Ibu dipukul majikan?")
    assert any("dipukul" in text for text in await told(house))


async def test_an_internal_note_is_kept_and_never_sent(house, officer, browser):
    case = await house.case()
    page = await done(browser, case.number, "note", text="Sudah telepon Disnaker")
    assert "Sudah telepon Disnaker" in page.split('class="book"')[1].split("</ol>")[0]
    assert not any("Disnaker" in text for text in await told(house))


async def test_waiting_working_again_and_giving_back_move_the_case(house, officer, browser):
    case = await house.case()
    moves = [("claim", "working"), ("waiting", "waiting"), ("resume", "working"), ("release", "new")]
    for act, state in moves:
        await done(browser, case.number, act)
        found = await cases.in_scope(house.database, case.number, officer.scope)
        assert (act, found.state) == (act, state)


async def test_a_case_is_closed_with_an_outcome_and_a_word_for_the_person(house, officer, browser):
    case = await house.case()
    await done(browser, case.number, "claim")
    await done(browser, case.number, "outcome", outcome="solved", text="Gaji sudah dibayar")
    found = await cases.in_scope(house.database, case.number, officer.scope)
    assert (found.state, found.outcome) == ("closed", "solved")
    assert any("Gaji sudah dibayar" in text for text in await told(house))
    assert f"/officers/case/{case.number}" in (await browser.get("/officers/closed")).text


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"act": "outcome", "text": "Gaji sudah dibayar"}, "Gaji sudah dibayar"),
        ({"act": "outcome", "outcome": "solved", "text": " "}, ""),
        ({"act": "reply", "text": ""}, ""),
        ({"act": "reply", "text": "a" * 10_001}, "a" * 10_001),
        ({"act": "open-sesame", "text": "x"}, ""),
    ],
)
async def test_a_form_that_is_not_whole_changes_nothing_and_keeps_the_text(house, officer, browser, fields, kept):
    case = await house.case()
    await done(browser, case.number, "claim")
    answer = await do(browser, case.number, **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert kept in answer.text
    assert len(await cases.events(house.database, case.number, officer.scope)) == 2


async def test_when_nothing_can_be_stored_the_officers_text_stays(house, officer):
    case = await house.case(state="new")

    async def cannot(_):
        raise NotStored("disk full")

    house.app = site(replace(house.rooms, receive=cannot))
    async with logged_in(house, officer) as browser:
        answer = await do(browser, case.number, "note", text="Catatan panjang")
    assert answer.status_code == 503
    assert re.search(r"<textarea[^>]*>\s*Catatan panjang</textarea>", answer.text)


async def test_a_form_sent_twice_is_one_act(house, officer, browser):
    case = await house.case()
    page = (await browser.get(f"/officers/case/{case.number}")).text
    token, nonce = (re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("token", "nonce"))
    for _ in range(2):
        form = {"token": token, "nonce": nonce, "act": "note", "text": "sekali saja"}
        await browser.post(f"/officers/case/{case.number}", data=form)
    events = await cases.events(house.database, case.number, officer.scope)
    assert [event.text for event in events if event.kind == "note"] == ["sekali saja"]


async def test_a_case_out_of_sight_looks_like_one_that_does_not_exist(house, browser):
    elsewhere = await house.case(unit=OTHER_VILLAGE)
    above = await house.case(100_002, unit=VILLAGE.rpartition(".")[0], village=VILLAGE)
    never = "9999999"
    answers = [await browser.get(f"/officers/case/{number}") for number in (elsewhere.number, above.number, never)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert answers[0].text == answers[1].text == answers[2].text
    for path in ("/officers", "/officers/closed"):
        assert elsewhere.number not in (await browser.get(path)).text
        assert above.number not in (await browser.get(path)).text


async def test_an_act_on_a_case_out_of_sight_is_refused_like_one_that_does_not_exist(house, browser):
    own, elsewhere = await house.case(), await house.case(100_002, unit=OTHER_VILLAGE)
    page = (await browser.get(f"/officers/case/{own.number}")).text
    token = re.search(r'name="token" value="(\w+)"', page)[1]
    for number in (elsewhere.number, "9999999"):
        form = {"token": token, "nonce": "abcdefgh1234", "act": "claim"}
        assert (await browser.post(f"/officers/case/{number}", data=form)).status_code == 404


async def test_nobody_is_shown_the_answer_to_another_officer(house, browser):
    case = await house.case()
    answer = await do(browser, case.number, "claim")
    async with logged_in(house, await house.officer(name="Pak Made"), "another-login-token-0001") as other:
        assert 'role="status"' in (await browser.get(answer.headers["location"])).text
        assert 'role="status"' not in (await other.get(answer.headers["location"])).text


async def test_a_photo_is_brought_only_for_who_has_opened_the_details(house, browser):
    case = await house.case()
    path = f"/officers/file/{case.number}/proof"
    assert (await browser.get(path)).status_code == 404
    page = (await do(browser, case.number, "reveal")).text
    assert path in page
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.headers["cache-control"] == "no-store"
    assert house.street.fetched == ["AgAC-photo"]


async def test_a_photo_is_covered_again_after_half_an_hour(house, browser):
    case = await house.case()
    await do(browser, case.number, "reveal")
    house.clock.pass_by(minutes=20)
    await browser.get("/officers")
    house.clock.pass_by(minutes=20)
    assert (await browser.get(f"/officers/file/{case.number}/proof")).status_code == 404


@pytest.mark.parametrize("field", ["name", "event-0", "event-99", "event-x", "nothing"])
async def test_a_file_that_is_not_there_is_not_found(house, browser, field):
    case = await house.case()
    await do(browser, case.number, "reveal")
    assert (await browser.get(f"/officers/file/{case.number}/{field}")).status_code == 404


async def test_a_photo_that_cannot_be_brought_now_is_said_kindly(house, officer):
    async def busy(_):
        raise NotNow(5)

    house.app = site(replace(house.rooms, telegram=TelegramDoor(house.street.take, busy)))
    case = await house.case()
    async with logged_in(house, officer) as browser:
        await do(browser, case.number, "reveal")
        assert (await browser.get(f"/officers/file/{case.number}/proof")).status_code == 502


async def test_what_was_handed_in_is_gone_after_withdrawal_and_the_page_says_so(house, officer, browser):
    case = await house.case(form="a-form-that-was-dropped")
    page = (await browser.get(f"/officers/case/{case.number}")).text
    assert "<dl>" not in page
