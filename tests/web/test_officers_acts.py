"""What an officer does with a case by the forms of its page: what comes of it, and what is refused with its words kept."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.casework.numbers import numbered
from bot.model.contact import Contact
from bot.model.messages import Address
from bot.store import cases, officers, spoken
from bot.store.database import NotStored
from bot.web.act_forms import FORMS, goes_on, read_act
from bot.web.site import site
from tests.web.desk import do, done, logged_in
from tests.web.house import OTHER_VILLAGE, PERSON, VILLAGE, field_of

OPENLY = Contact(may_write=True, shared=False)


@pytest.fixture
async def officer(house):
    return await house.officer()


@pytest.fixture
async def browser(house, officer):
    async with logged_in(house, officer) as one:
        yield one


@pytest.fixture
async def case(house):
    """A case whose person may be written to."""
    return await house.case(plan=OPENLY)


async def seen(house, officer, case):
    found = await cases.in_scope(house.database, case.number, officer.scope)
    assert found is not None
    return found


async def events(house, officer, case):
    return [one.kind for one in await cases.events(house.database, case.number, officer.scope)]


async def told(house):
    return [message.text for message in await spoken.last_shown(house.database, PERSON)]


async def test_a_claim_is_answered_on_the_page_and_told_to_the_person(house, officer, browser, case):
    page = await done(browser, case.number, "claim")
    assert 'role="status"' in page
    found = await seen(house, officer, case)
    assert (found.state, found.officer) == ("working", officer.id)
    assert any("Bu Ratna" in text for text in await told(house))


async def test_of_two_who_claim_one_wins_and_the_other_is_told_who(house, browser, case):
    async with logged_in(house, await house.officer(name="Pak Made"), "another-login-token-0001") as other:
        page = (await other.get(f"/officers/case/{case.number}")).text
        await done(browser, case.number, "claim")
        form = {"token": field_of(page, "token"), "nonce": "abcdefgh1234", "act": "claim"}
        answer = await other.post(f"/officers/case/{case.number}", data=form)
        assert "Bu Ratna" in (await other.get(answer.headers["location"])).text.split('role="status"')[1]


async def test_what_is_written_to_the_person_reaches_the_person(house, browser, case):
    await done(browser, case.number, "claim")
    page = await done(browser, case.number, "reply", text="Datang ke kantor <besok>")
    assert 'role="status"' in page
    assert any("Datang ke kantor" in text for text in await told(house))


async def test_words_of_danger_in_an_officers_message_are_still_sent_to_the_person(house, browser, case):
    await done(browser, case.number, "claim")
    await done(browser, case.number, "reply", text="Apakah Ibu dipukul majikan?")
    assert any("dipukul" in text for text in await told(house))


async def test_a_reply_written_beforehand_is_shown_first_and_then_sent(house, officer, browser, case):
    await done(browser, case.number, "claim")
    page = (await browser.get(f"/officers/case/{case.number}")).text
    offered = re.findall(r'<option value="([\w-]+)">', page)
    assert offered
    before = await events(house, officer, case)
    page = await done(browser, case.number, "canned", reply=offered[0])
    assert await events(house, officer, case) == before
    assert f'value="canned-send:{case.number}:{offered[0]}"' in page
    await done(browser, case.number, "go-on", button=f"canned-send:{case.number}:{offered[0]}")
    assert await events(house, officer, case) == [*before, "to-person"]


async def test_what_the_page_offers_cannot_be_pressed_by_a_word_in_the_officers_chat(house, officer, browser, case):
    chat = Address("telegram", "bot", "Bu Ratna")
    await done(browser, case.number, "claim")
    page = (await browser.get(f"/officers/case/{case.number}")).text
    await done(browser, case.number, "canned", reply=re.findall(r'<option value="([\w-]+)">', page)[0])
    before = await events(house, officer, case)
    await house.say(chat, "1")
    assert await events(house, officer, case) == before


async def test_what_the_chat_has_asked_for_is_not_lost_by_a_press_on_the_page(house, officer, browser, case):
    chat = Address("telegram", "bot", "Bu Ratna")
    await house.say(chat, button=f"claim:{case.number}")
    await house.say(chat, button=f"note:{case.number}")
    await done(browser, case.number, "waiting")
    await house.say(chat, "Sudah saya telepon")
    found = await cases.events(house.database, case.number, officer.scope)
    assert (found[-1].kind, found[-1].text) == ("note", "Sudah saya telepon")


async def test_an_internal_note_is_kept_and_never_sent(house, browser, case):
    page = await done(browser, case.number, "note", text="Sudah telepon Disnaker")
    assert "Sudah telepon Disnaker" in page.split('class="book"')[1].split("</ol>")[0]
    assert not any("Disnaker" in text for text in await told(house))


async def test_a_note_looks_unlike_what_goes_to_the_person_and_says_who_reads_it(browser, case):
    await done(browser, case.number, "claim")
    page = (await browser.get(f"/officers/case/{case.number}")).text
    write, note = page.split('class="reply"')[1].split("</section>")[0], page.split('class="note"')[-1]
    assert 'value="reply"' in write
    assert 'value="note"' not in write
    assert re.search("Hanya petugas|Only officers", note.split("</details>")[0])


async def test_html_in_a_note_is_shown_as_it_was_typed(browser, case):
    page = await done(browser, case.number, "note", text='<img src=x onerror="alert(1)"></textarea>')
    assert "<img" not in page
    assert "&lt;img src=x" in page


async def test_waiting_working_again_and_giving_back_move_the_case(house, officer, browser, case):
    moves = [("claim", "working"), ("waiting", "waiting"), ("resume", "working"), ("release", "new")]
    for act, state in moves:
        await done(browser, case.number, act)
        assert (act, (await seen(house, officer, case)).state) == (act, state)


async def test_a_case_is_put_aside_until_a_day_and_taken_up_before(house, officer, browser, case):
    await done(browser, case.number, "claim")
    day = (house.clock() + timedelta(days=3)).date().isoformat()
    page = await done(browser, case.number, "snooze", day=day, text="Menunggu surat")
    found = await seen(house, officer, case)
    assert found.snoozed is not None
    assert found.snoozed.date().isoformat() == day
    assert "Menunggu surat" in page
    await done(browser, case.number, "wake")
    assert (await seen(house, officer, case)).snoozed is None


@pytest.mark.parametrize("day", ["2027-02-31", "31/02/2027", "besok", "", "²", "2026-11-22", "2126-01-01"])
async def test_a_day_that_does_not_exist_or_is_over_puts_nothing_aside_and_keeps_the_reason(
    house, officer, browser, case, day
):
    await done(browser, case.number, "claim")
    answer = await do(browser, case.number, "snooze", day=day, text="Menunggu surat dari kecamatan")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "Menunggu surat dari kecamatan</textarea>" in answer.text
    assert (await seen(house, officer, case)).snoozed is None


async def test_help_is_asked_for_and_the_case_stays(house, officer, browser, case):
    await done(browser, case.number, "claim")
    page = await done(browser, case.number, "ask-help", text="Perlu nomor perusahaan")
    assert "Perlu nomor perusahaan" in page
    assert (await seen(house, officer, case)).officer == officer.id


async def test_a_case_is_closed_with_an_outcome_and_a_word_and_opened_again_with_a_reason(
    house, officer, browser, case
):
    await done(browser, case.number, "claim")
    await done(browser, case.number, "outcome", outcome="solved", text="Gaji sudah dibayar")
    found = await seen(house, officer, case)
    assert (found.state, found.outcome) == ("closed", "solved")
    assert any("Gaji sudah dibayar" in text for text in await told(house))
    assert f"/officers/case/{case.number}" in (await browser.get("/officers/closed")).text
    await done(browser, case.number, "reopen", text="Ternyata belum")
    assert (await seen(house, officer, case)).state == "working"


async def test_a_case_given_to_the_level_above_is_out_of_sight_and_the_list_says_so(house, officer, browser, case):
    district = VILLAGE.rpartition(".")[0]
    page = await done(browser, case.number, "transfer", unit=district, text="Perlu kecamatan")
    assert 'role="status"' in page
    assert case.number not in page.split('class="flash"')[1].split("</div>")[1]
    assert (await browser.get(f"/officers/case/{case.number}")).status_code == 404
    async with logged_in(house, await house.officer(district, "Bu Camat", "coordinator"), "another-login-001") as above:
        assert "Perlu kecamatan" in (await above.get(f"/officers/case/{case.number}")).text


async def test_another_office_is_looked_up_by_name_and_chosen_with_a_reason(house, officer, browser, case):
    page = await done(browser, case.number, "transfer-to", text="Aik Bukaq")
    units = re.findall(r'name="unit" value="(52[\d.]+)"', page.split('class="flash"')[1].split("</form>")[0])
    assert units
    await done(browser, case.number, "transfer", unit=units[0], text="Pindah desa")
    assert await cases.in_scope(house.database, case.number, officer.scope) is None


async def test_two_cases_are_joined_after_a_look_at_both_and_parted_again(house, officer, browser, case):
    other = await house.case(100_002, plan=OPENLY)
    await done(browser, case.number, "claim")
    page = await done(browser, case.number, "merge", other=f"{other.number[:3]} {other.number[3:6]}-{other.number[6:]}")
    assert (await seen(house, officer, case)).state == "working"
    button = f"merge:{case.number}:{other.number}:yes"
    assert f'value="{button}"' in page
    page = await done(browser, case.number, "go-on", button=button)
    assert (await seen(house, officer, case)).merged_into == other.number
    assert f'href="/officers/case/{other.number}"' in page
    await done(browser, case.number, "unmerge")
    found = await seen(house, officer, case)
    assert (found.state, found.merged_into) == ("working", "")


async def test_a_part_is_shared_only_after_the_person_was_asked(house, officer, browser, case):
    await done(browser, case.number, "claim")
    page = (await browser.get(f"/officers/case/{case.number}")).text
    parts = re.findall(r'name="(part-\d+)"', page)
    assert len(parts) == len(case.answers) + len(case.media)
    unit = VILLAGE.rpartition(".")[0]
    page = await done(browser, case.number, "refer", unit=unit, how=field_of(page, "how"), **{parts[0]: "1"})
    assert 'role="status"' in page
    assert (await events(house, officer, case))[-1] == "referred"
    assert any("Bu Ratna" in text for text in (await told(house))[:1])
    async with logged_in(
        house, await house.officer("52.02.13", "Bu Camat", "coordinator"), "another-login-001"
    ) as other:
        assert (await other.get(f"/officers/case/{case.number}")).status_code == 404


async def test_another_office_for_a_part_is_looked_up_by_name(house, officer, browser, case):
    await done(browser, case.number, "claim")
    page = await done(browser, case.number, "refer-to", text="Aik Bukaq")
    flash = page.split('class="flash"')[1].split("</form>")[0]
    assert re.search(r'name="unit" value="52[\d.]+"', flash)
    assert 'name="part-' in flash


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"act": "outcome", "text": "Gaji sudah dibayar"}, "Gaji sudah dibayar"),
        ({"act": "outcome", "outcome": "solved", "text": " "}, "checked"),
        ({"act": "outcome", "outcome": "won", "text": "Gaji"}, "Gaji"),
        ({"act": "reply", "text": ""}, ""),
        ({"act": "note", "text": "a" * 10_001}, "a" * 10_001),
        ({"act": "note", "text": " \n "}, ""),
        ({"act": "merge", "other": "1000016"}, "1000016"),
        ({"act": "merge", "other": "satu"}, "satu"),
        ({"act": "canned", "reply": ""}, ""),
        ({"act": "canned", "reply": "a:b"}, ""),
        ({"act": "refer", "unit": "52.02.12", "how": "ask"}, ""),
        ({"act": "refer", "unit": "52.02.12", "how": "anyway", "part-1": "1"}, ""),
        ({"act": "refer", "unit": "", "how": "ask", "part-1": "1", "part-3": "1"}, ""),
        ({"act": "transfer", "unit": "52.02:yes", "text": "Mengapa tidak"}, ""),
        ({"act": "open-sesame", "text": "x"}, ""),
        ({"act": "go-on", "button": "reveal:1000015:call"}, ""),
        ({"act": "go-on", "button": "merge:9999999:1000015:yes"}, ""),
        ({}, ""),
    ],
)
async def test_a_form_that_is_not_whole_changes_nothing_and_keeps_what_was_typed(
    house, officer, browser, case, fields, kept
):
    await done(browser, case.number, "claim")
    answer = await do(browser, case.number, fields.pop("act", ""), **fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert kept in answer.text
    assert await events(house, officer, case) == ["opened", "claimed"]


async def test_a_note_of_64_kilobytes_is_refused_before_it_is_read(house, officer, browser, case):
    answer = await do(browser, case.number, "note", text="a" * 64 * 1024)
    assert answer.status_code == 413
    assert await events(house, officer, case) == ["opened"]


async def test_what_cannot_be_done_any_more_is_said_and_the_words_stay(house, officer, browser, case):
    await done(browser, case.number, "claim")
    page = (await browser.get(f"/officers/case/{case.number}")).text
    await done(browser, case.number, "outcome", outcome="solved", text="Selesai")
    form = {"token": field_of(page, "token"), "nonce": field_of(page, "nonce"), "act": "note", "text": "masih bisa"}
    assert (await browser.post(f"/officers/case/{case.number}", data=form)).status_code == 303
    form |= {"act": "reply", "text": "Kata-kata yang panjang"}
    answer = await browser.post(f"/officers/case/{case.number}", data=form)
    assert answer.status_code == 422
    assert "Kata-kata yang panjang" in answer.text
    assert not any("panjang" in text for text in await told(house))


async def test_when_nothing_can_be_stored_the_officers_text_stays(house, officer):
    case = await house.case(state="new")

    async def cannot(_):
        raise NotStored("disk full")

    house.app = site(replace(house.rooms, receive=cannot))
    async with logged_in(house, officer) as browser:
        answer = await do(browser, case.number, "note", text="Catatan panjang")
    assert answer.status_code == 503
    assert re.search(r"<textarea[^>]*>\s*Catatan panjang</textarea>", answer.text)


async def test_a_form_sent_twice_is_one_act(house, officer, browser, case):
    page = (await browser.get(f"/officers/case/{case.number}")).text
    form = {"token": field_of(page, "token"), "nonce": field_of(page, "nonce"), "act": "note", "text": "sekali saja"}
    answers = [await browser.post(f"/officers/case/{case.number}", data=form) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    found = await cases.events(house.database, case.number, officer.scope)
    assert [event.text for event in found if event.kind == "note"] == ["sekali saja"]


async def test_an_act_on_a_case_out_of_sight_is_refused_like_one_that_does_not_exist(house, browser, case):
    elsewhere = await house.case(100_002, unit=OTHER_VILLAGE)
    page = (await browser.get(f"/officers/case/{case.number}")).text
    answers = []
    for number in (elsewhere.number, numbered(900_000), "9999999"):
        form = {"token": field_of(page, "token"), "nonce": "abcdefgh1234", "act": "claim"}
        answers.append(await browser.post(f"/officers/case/{number}", data=form))
    assert [one.status_code for one in answers] == [404, 404, 404]
    assert len({one.text for one in answers}) == 1


async def test_a_revoked_officers_page_does_nothing_any_more(house, officer, browser, case):
    page = (await browser.get(f"/officers/case/{case.number}")).text
    async with house.database.transaction() as tx:
        await officers.revoke(tx, officer.id, house.clock())
    form = {"token": field_of(page, "token"), "nonce": field_of(page, "nonce"), "act": "claim"}
    answer = await browser.post(f"/officers/case/{case.number}", data=form)
    assert answer.status_code == 401
    assert (await seen(house, officer, case)).state == "new"


async def test_a_form_without_its_token_or_of_another_session_does_nothing(house, officer, browser, case):
    page = (await browser.get(f"/officers/case/{case.number}")).text
    for token in ("", "0" * 64):
        form = {"token": token, "nonce": field_of(page, "nonce"), "act": "claim"}
        assert (await browser.post(f"/officers/case/{case.number}", data=form)).status_code == 403
    assert (await seen(house, officer, case)).state == "new"


async def test_words_written_as_the_session_ended_are_given_back(house, browser, case):
    page = (await browser.get(f"/officers/case/{case.number}")).text
    house.clock.pass_by(minutes=31)
    form = {"token": field_of(page, "token"), "nonce": "abcdefgh1234", "act": "note", "text": "Catatan <panjang>"}
    answer = await browser.post(f"/officers/case/{case.number}", data=form)
    assert answer.status_code == 401
    assert "Catatan &lt;panjang&gt;" in answer.text


async def test_nobody_is_shown_the_answer_to_another_officer(house, browser, case):
    answer = await do(browser, case.number, "claim")
    async with logged_in(house, await house.officer(name="Pak Made"), "another-login-token-0001") as other:
        assert 'role="status"' in (await browser.get(answer.headers["location"])).text
        assert 'role="status"' not in (await other.get(answer.headers["location"])).text


@pytest.mark.parametrize("act", FORMS)
def test_what_a_form_sends_is_an_act_on_its_own_case(act):
    """Whatever stands in the fields, no button for another case or of another shape comes of it."""
    for hostile in ("1000028:yes", "a b", "\n", "💣", "x" * 500, "2027-01-01", "52.02", "call", "solved"):
        fields = {
            "act": act,
            "text": "mengapa",
            **dict.fromkeys(("reason", "outcome", "day", "unit", "other"), hostile),
        }
        typed = read_act({**fields, "reply": hostile}, "1000015")
        assert typed.fault or re.fullmatch(r"[a-z-]+:1000015(:[\w.-]+)?", typed.button), typed


@pytest.mark.parametrize(
    ("button", "goes"),
    [
        ("merge:1000015:1000028:yes", True),
        ("merge:1000028:1000015:yes", False),
        ("canned-send:1000015:call-back", True),
        ("canned-send:1000015:", False),
        ("merge", False),
        ("reveal:1000015:call", False),
        ("do:menu", False),
        ("merge:1000015:" + "1" * 64, False),
    ],
)
def test_only_the_next_step_for_the_same_case_is_offered_as_a_button(button, goes):
    assert goes_on(button, "1000015") is goes
