"""A coordinator's officers: seen, and arranged, by those who look after them and nobody else."""

from contextlib import asynccontextmanager

import pytest

from bot.model.case import Scope
from bot.model.messages import Address
from bot.store import cases, spoken, team
from tests.web.desk import logged_in
from tests.web.house import OTHER_VILLAGE, VILLAGE, field_of

DISTRICT = VILLAGE.rpartition(".")[0]
PAGE = "/officers/team"
RATNA = Address("telegram", "bot", "Bu Ratna")
CAMAT = Address("telegram", "bot", "Pak Camat")


@pytest.fixture
async def ratna(house):
    """The village's officer."""
    return await house.officer()


@pytest.fixture
async def camat(house):
    """The district's coordinator."""
    return await house.officer(DISTRICT, "Pak Camat", "coordinator")


@asynccontextmanager
async def sitting(house, officer):
    async with logged_in(house, officer, f"a-login-of-{officer.id}-for-the-test") as browser:
        yield browser


async def taken(house, count=1, **changes):
    """Cases Bu Ratna has taken on."""
    found = [await house.case(100_001 + at, **changes) for at in range(count)]
    for case in found:
        await house.say(RATNA, button=f"claim:{case.number}")
    return found


async def arranges(browser, act, officer, value=""):
    page = (await browser.get(PAGE)).text
    form = {"token": field_of(page, "token"), "nonce": "a-nonce-of-the-test" + act + value}
    return await browser.post(PAGE, data={**form, "act": act, "officer": str(officer), "value": value})


async def answer(browser, *arranged):
    """The page after it."""
    sent = await arranges(browser, *arranged)
    assert sent.status_code == 303, sent.text
    return (await browser.get(sent.headers["location"])).text


async def as_it_stands(house, officer, who):
    return (await team.of(house.database, who, house.clock(), officer.id)).member(officer.id)


async def told(house, address, id):
    return [message.text for message in await spoken.replies_to(house.database, (address.channel, address.account, id))]


async def test_a_coordinator_sees_how_it_stands_with_each_officer(house, ratna, camat):
    await house.officer(OTHER_VILLAGE, "Pak Jauh")
    await taken(house, 3)
    await house.case(100_050)
    house.clock.pass_by(hours=26)
    async with sitting(house, camat) as browser:
        page = (await browser.get(PAGE)).text
    assert "Bu Ratna" in page
    assert "3 dari 30 kasus" in page
    assert "3 lewat batas" in page
    assert "Pak Jauh" not in page
    assert "<b>1</b> belum ditangani" in page


async def test_who_looks_after_nobody_finds_no_such_page(house, ratna):
    async with sitting(house, ratna) as browser:
        assert (await browser.get(PAGE)).status_code == 404
        token = field_of((await browser.get("/officers")).text, "token")
        form = {"token": token, "act": "team-cap", "officer": str(ratna.id), "value": "5"}
        assert (await browser.post(PAGE, data=form)).status_code == 404
    assert (await as_it_stands(house, ratna, ratna)).officer.cap is None


async def test_a_cap_holds_from_then_on(house, ratna, camat):
    async with sitting(house, camat) as browser:
        assert "paling banyak 1 kasus" in await answer(browser, "team-cap", ratna.id, "1")
    first, second = await house.case(100_001), await house.case(100_002)
    for case in (first, second):
        await house.say(RATNA, button=f"claim:{case.number}")
    states = [(await cases.in_scope(house.database, one.number, Scope(""))).officer for one in (first, second)]
    assert states == [ratna.id, 0]


async def test_whoever_is_away_gives_back_what_they_had_taken_on(house, ratna, camat):
    (case,) = await taken(house)
    async with sitting(house, camat) as browser:
        page = await answer(browser, "team-away", ratna.id, "2026-11-30")
        assert "tidak ada sampai dengan" in page
        now = await cases.in_scope(house.database, case.number, Scope(""))
        assert (now.state, now.officer, now.clock) == ("new", 0, "running")
        member = await as_it_stands(house, ratna, camat)
        assert member.away_until is not None and member.open == 0
        await answer(browser, "team-back", ratna.id)
    assert (await as_it_stands(house, ratna, camat)).away_until is None


async def test_cases_given_back_are_told_to_their_people_and_stand_in_the_book(house, ratna, camat):
    (case,) = await taken(house)
    async with sitting(house, camat) as browser:
        assert "Bu Ratna: 1" in await answer(browser, "team-release", ratna.id)
    events = await cases.events(house.database, case.number, Scope(""))
    assert (events[-1].kind, events[-1].by_name) == ("released", "Pak Camat")
    assert (await cases.in_scope(house.database, case.number, Scope(""))).state == "new"


@pytest.mark.parametrize(
    ("act", "value"),
    [
        ("team-away", "2026-02-31"),
        ("team-away", "2027-12-31"),
        ("team-away", ""),
        ("team-cap", "0"),
        ("team-cap", "=1+1"),
    ],
)
async def test_what_cannot_be_changes_nothing_and_is_said(house, ratna, camat, act, value):
    (case,) = await taken(house)
    before = await as_it_stands(house, ratna, camat)
    async with sitting(house, camat) as browser:
        page = await answer(browser, act, ratna.id, value)
    assert "Pilih hari" in page or "angka dari 1 sampai 200" in page
    assert await as_it_stands(house, ratna, camat) == before
    assert (await cases.in_scope(house.database, case.number, Scope(""))).officer == ratna.id


async def test_another_districts_officer_and_one_who_is_none_look_alike(house, camat):
    other = await house.officer(OTHER_VILLAGE, "Pak Jauh")
    async with sitting(house, camat) as browser:
        pages = [await answer(browser, "team-cap", id, "5") for id in (other.id, 999, camat.id, "1e3", "' or 1=1")]
    assert all("Petugas itu tidak ada di wilayah Anda" in page for page in pages)
    ministry = await house.officer("", "Kementerian", "ministry")
    assert (await as_it_stands(house, other, ministry)).officer.cap is None


async def test_the_short_word_shows_the_team_in_a_chat(house, ratna, camat):
    await taken(house, 2)
    await house.say(CAMAT, "tim", id="asked")
    text = " ".join(await told(house, CAMAT, "asked"))
    assert "Bu Ratna" in text and "2 belum selesai" in text
    await house.say(RATNA, "tim", id="asked-too")
    assert "Pak Camat" not in " ".join(await told(house, RATNA, "asked-too"))


async def test_somebody_who_is_no_officer_gets_nothing_by_such_a_button(house, ratna):
    await house.say(Address("telegram", "bot", "orang"), button=f"team-cap:{ratna.id}:1", id="forged")
    assert (await as_it_stands(house, ratna, ratna)).officer.cap is None


async def test_who_asks_for_help_stands_on_top_until_somebody_answers(house, ratna, camat):
    (case,) = await taken(house)
    await house.say(RATNA, "Saya tidak tahu aturannya", f"ask-help:{case.number}")
    async with sitting(house, camat) as browser:
        assert f"/officers/case/{case.number}" in (await browser.get(PAGE)).text
        await house.say(CAMAT, "Coba hubungi Disnaker", f"note:{case.number}")
        assert f"/officers/case/{case.number}" not in (await browser.get(PAGE)).text


async def test_a_complaint_about_the_coordinator_counts_in_no_team_of_theirs(house, camat):
    await house.case(unit="52.02", village=VILLAGE, barred=DISTRICT)
    async with sitting(house, camat) as browser:
        assert "<b>0</b> belum ditangani" in (await browser.get(PAGE)).text
