"""The web chat without a script."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.casework.numbers import sayable
from bot.model.effects.cases import InviteWorker
from bot.store import spoken, statistics, workers
from bot.store.database import NotStored
from bot.web.sessions import VISITOR, chat_of
from bot.web.site import site
from tests.web.house import VILLAGE, field_of, visitor_of


async def said(visitor, text="", **fields):
    page = (await visitor.get("/")).text
    form = {"nonce": field_of(page, "nonce"), "language": "id", "text": text, **fields}
    return await visitor.post("/chat", data=form)


async def lines(house, visitor):
    return await spoken.chat_lines(house.database, chat_of(visitor.cookies[VISITOR]))


async def test_whoever_only_looks_leaves_nothing_in_the_database(house, visitor):
    page = await visitor.get("/?start=" + VILLAGE)
    assert page.status_code == 200
    assert (await statistics.totals(house.database))["people"] == 0


async def test_where_others_see_the_screen_the_words_below_tell_nothing_and_still_work(visitor):
    await said(visitor, "samar")
    page = (await visitor.get("/")).text
    below = page[page.index('class="anchors"') :]
    assert 'value="do:emergency"' not in below and "Kasus saya" not in below
    assert 'value="do:cases">Urusan saya<' in below
    await said(visitor, button="do:cases")
    assert "Urusan saya" in (await visitor.get("/")).text


async def test_the_first_page_welcomes_and_offers_the_menu_before_anything_was_said(visitor):
    page = (await visitor.get("/", headers={"Accept-Language": "en"})).text
    assert "Desmigratif" in page
    assert 'value="menu:go"' in page
    assert 'value="do:emergency"' in page


async def test_a_question_is_stored_answered_and_shown_from_both_sides(house, visitor):
    answer = await said(visitor, "dokumen apa saja untuk kerja di luar negeri")
    assert (answer.status_code, answer.headers["location"]) == (303, "/#end")
    page = (await visitor.get("/")).text
    assert "dokumen apa saja untuk kerja di luar negeri" in page
    assert len(await lines(house, visitor)) > 1
    assert page.index('class="me"') < page.index('id="m')


async def test_the_same_form_sent_twice_is_one_message(house, visitor):
    page = (await visitor.get("/")).text
    form = {"nonce": field_of(page, "nonce"), "text": "halo"}
    for _ in range(2):
        await visitor.post("/chat", data=form)
    assert [line.text for line in await lines(house, visitor) if line.text] == ["halo"]


async def test_an_old_page_with_a_new_text_is_a_new_message(house, visitor):
    page = (await visitor.get("/")).text
    for text in ("halo", "apa kabar"):
        await visitor.post("/chat", data={"nonce": field_of(page, "nonce"), "text": text})
    assert [line.text for line in await lines(house, visitor) if line.text] == ["halo", "apa kabar"]


async def test_two_visitors_with_the_same_nonce_do_not_meet(house, visitor):
    async with visitor_of(house) as other:
        for one in (visitor, other):
            await one.get("/")
            await one.post("/chat", data={"nonce": "same-nonce-1", "text": "halo"})
        assert visitor.cookies[VISITOR] != other.cookies[VISITOR]
        assert (await lines(house, visitor))[0].text == (await lines(house, other))[0].text == "halo"


async def test_a_pressed_choice_is_shown_by_its_words(house, visitor):
    page = (await visitor.get("/")).text
    label = re.search(r'value="menu:go">([^<]+)<', page)[1]
    await visitor.post("/chat", data={"nonce": field_of(page, "nonce"), "button": "menu:go"})
    assert (await lines(house, visitor))[0].text == label


async def test_a_choice_whose_words_sound_like_danger_is_still_that_choice(house, visitor, release):
    await said(visitor, button="menu:trouble")
    await said(visitor, button="topic:protection/violence")
    answer = release.answer(release.topic("protection/violence"), "id")[0]
    shown = [line for line in await lines(house, visitor) if line.message]
    assert answer.parts[0][:20] in "".join(line.message.text for line in shown)


async def test_the_words_of_a_button_we_never_showed_are_not_invented(house, visitor):
    await said(visitor, button="case:1000017", label="Anything")
    assert [line.text for line in await lines(house, visitor) if line.message is None] == []


async def test_choices_before_the_last_words_can_no_longer_be_pressed(visitor):
    await said(visitor, button="do:menu")
    assert (await visitor.get("/")).text.count('value="menu:go"') == 1
    await said(visitor, button="do:menu")
    assert (await visitor.get("/")).text.count('value="menu:go"') == 1


async def test_a_deep_link_waits_for_a_press_and_then_starts_the_talk_with_its_village(house, visitor):
    page = (await visitor.get(f"/?desa={VILLAGE}")).text
    assert field_of(page, "start") == VILLAGE
    await visitor.post("/chat", data={"nonce": field_of(page, "nonce"), "start": VILLAGE})
    page = (await visitor.get("/")).text
    assert VILLAGE not in page.replace('value="', "").split("<footer>")[1]
    assert len([line for line in await lines(house, visitor) if line.message]) > 1


async def test_a_deep_link_that_is_no_plain_word_is_not_passed_on(visitor):
    assert 'name="start"' not in (await visitor.get("/?start=<script>")).text


async def test_what_people_type_is_shown_as_typed_and_never_as_markup(visitor):
    await said(visitor, "<b>x</b> & {{ 7 * 7 }}")
    page = (await visitor.get("/")).text
    assert "&lt;b&gt;x&lt;/b&gt; &amp; {{ 7 * 7 }}" in page


async def test_a_text_that_is_too_long_comes_back_whole_with_a_kind_word(house, visitor):
    answer = await said(visitor, "a" * 10_001)
    assert answer.status_code == 413
    assert "a" * 10_001 in answer.text
    assert 'role="alert"' in answer.text
    assert await lines(house, visitor) == []


@pytest.mark.parametrize(
    ("alphabet", "typed", "status"),
    [
        ("undefined", b"halo", 400),
        ("unicode_escape", b"a\\ud800" * 6_000, 413),
        ("utf-7", b"+2AA-", 303),
    ],
)
async def test_a_form_in_an_odd_alphabet_is_no_fault_of_ours(visitor, alphabet, typed, status):
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + typed + b"\r\n--x--\r\n"
    kind = f"multipart/form-data; boundary=x; charset={alphabet}"
    answer = await visitor.post("/chat", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert (await visitor.get("/")).status_code == 200


async def test_a_text_of_ten_thousand_letters_is_taken(house, visitor):
    assert (await said(visitor, "a" * 10_000)).status_code == 303


async def test_when_nothing_can_be_stored_the_text_stays_in_the_box(house):
    async def cannot(_):
        raise NotStored("disk full")

    house.app = site(replace(house.rooms, receive=cannot))
    async with visitor_of(house) as visitor:
        answer = await said(visitor, "tolong saya")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert re.search(r"<textarea[^>]*>\s*tolong saya</textarea>", answer.text)


async def test_the_language_is_the_address_bars_then_the_talks_then_the_browsers(visitor):
    assert 'lang="id"' in (await visitor.get("/")).text
    assert 'lang="en"' in (await visitor.get("/", headers={"Accept-Language": "en-GB,id;q=0.5"})).text
    assert 'lang="en"' in (await visitor.get("/?lang=en")).text
    assert 'lang="id"' in (await visitor.get("/?lang=klingon")).text
    await said(visitor, button="language:en")
    assert 'lang="en"' in (await visitor.get("/")).text


async def test_a_talk_begun_on_an_english_page_is_answered_in_english(visitor):
    page = (await visitor.get("/?lang=en")).text
    await visitor.post("/chat", data={"nonce": field_of(page, "nonce"), "language": "en", "text": "menu"})
    assert "What is it about?" in (await visitor.get("/")).text


async def test_empty_words_are_no_message(house, visitor):
    assert (await said(visitor, "  \n ")).status_code == 303
    assert await lines(house, visitor) == []


async def test_leaving_quickly_takes_the_cookie_and_ends_at_a_harmless_page(visitor):
    await said(visitor, "halo")
    answer = await visitor.post("/leave")
    assert "cookies" in answer.headers["clear-site-data"]
    assert VISITOR not in visitor.cookies
    away = await visitor.get(answer.headers["location"])
    assert "url=https://" in away.headers["refresh"]
    assert "halo" not in (await visitor.get("/")).text


async def test_the_emergency_numbers_need_no_database(house, visitor):
    await house.database.close()
    page = await visitor.get("/darurat")
    assert page.status_code == 200
    assert "tel:08001000" in page.text
    assert "<summary>Malaysia</summary>" in page.text


async def test_the_emergency_numbers_stand_in_the_chat_itself(visitor):
    page = (await visitor.get("/")).text
    assert 'href="#darurat"' in page
    assert "tel:08001000" in page.split('id="darurat"')[1]


async def test_a_broken_database_still_shows_the_emergency_numbers(house, visitor):
    await said(visitor, "halo")
    await house.database.close()
    page = await visitor.get("/")
    assert page.status_code == 500
    assert "tel:08001000" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("cookie", ["", "short", "a" * 200, "../../etc/passwd-and-more-of-it"])
async def test_a_cookie_that_is_not_ours_is_not_taken_for_a_chat(house, cookie):
    async with visitor_of(house, Cookie=f"{VISITOR}={cookie}") as visitor:
        answer = await visitor.get("/")
    assert f"{VISITOR}=" in answer.headers["set-cookie"]


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor):
    cookie = (await visitor.get("/")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert len(re.search(r"=([^;]+);", cookie)[1]) * 6 >= 128


async def test_the_link_a_worker_was_given_says_what_it_is_and_lets_in_by_the_press(house, visitor):
    case = await house.case()
    async with house.database.transaction() as tx:
        await workers.invite(tx, InviteWorker(case.number, "ABCDEFGHJK", house.clock() + timedelta(days=7)))
    before = (await statistics.totals(house.database))["people"]
    page = (await visitor.get("/?start=w-ABCDEFGHJK")).text
    assert "menulis sendiri dengan petugas" in page
    await visitor.post("/chat", data={"nonce": field_of(page, "nonce"), "start": field_of(page, "start")})
    page = (await visitor.get("/")).text
    assert 'value="join-case:ABCDEFGHJK"' in page
    assert sayable(case.number) not in page
    await visitor.post("/chat", data={"nonce": field_of(page, "nonce"), "button": "join-case:ABCDEFGHJK"})
    assert sayable(case.number) in (await visitor.get("/")).text
    assert (await statistics.totals(house.database))["people"] == before + 1


async def test_a_link_with_another_code_opens_nothing(house, visitor):
    page = (await visitor.get("/?start=w-ZZZZZZZZZZ")).text
    form = {"nonce": field_of(page, "nonce"), "start": "w-ZZZZZZZZZZ", "button": "join-case:ZZZZZZZZZZ"}
    await visitor.post("/chat", data=form)
    assert "tidak berlaku" in (await visitor.get("/")).text
