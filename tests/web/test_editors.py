"""What people asked in vain, for who improves the answers; and whom to phone because an answer has changed."""

import re
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest

from bot.casework.numbers import sayable
from bot.model.content import Change
from bot.model.editions import Edition
from bot.model.effects.people import Answered, Corrected, Meant, Rated, Unanswered, Withheld
from bot.model.messages import Address
from bot.store import editions, people, statistics
from bot.web.site import site
from bot.wording import Wording
from tests.changed import with_topic
from tests.web.desk import logged_in
from tests.web.house import OTHER_VILLAGE, PERSON, VILLAGE

DISTRICT = VILLAGE.rpartition(".")[0]
BUDI = Address("telegram", "bot", "budi")
TOPIC, DISCREET = "jobs/taiwan", "service/privacy"
WHAT = "Gaji di Taiwan sekarang lain"
OFFERED = (TOPIC, "jobs/japan")
QUESTIONS, CORRECTIONS = "/officers/questions", "/officers/corrections"


@pytest.fixture
def changed(release):
    """A release in which one answer was edited and another is of those not named where others may look."""
    edited = with_topic(release, TOPIC, changes=(Change(date(2026, 11, 20), {"id": WHAT}),))
    return with_topic(edited, DISCREET, discreet=True)


@pytest.fixture
def house(house, changed):
    """The house with that release in use."""
    house.rooms = replace(house.rooms, wording=lambda: Wording(changed))
    house.app = site(house.rooms)
    return house


@asynccontextmanager
async def sitting(house, role="officer", unit=VILLAGE):
    """An officer at their browser."""
    async with logged_in(house, await house.officer(unit, f"{role} {unit}", role), f"a-login-{role}-{unit}") as browser:
        yield browser


async def noted(house, *seen, address=PERSON):
    """What happened to somebody's questions."""
    async with house.database.transaction() as tx:
        place = await people.add(tx, address, "id", house.clock())
        await statistics.note(tx, [(place.person, one) for one in seen], house.clock())


async def outdated(house, case, topic=TOPIC, state="unreachable", country=""):
    """The person of a case had an answer that has changed since, and this became of telling them."""
    had = Edition(f"K4M7P2X{topic[0].upper()}{country}", topic, country)
    async with house.database.transaction() as tx:
        await statistics.note(tx, [(case.person, Answered(topic, "id", "1", had))], house.clock())
        house.clock.pass_by(minutes=1)
        await editions.turn_over(tx, lambda _: "", house.clock())
        await statistics.note(tx, [(case.person, Corrected(had.code, state))], house.clock())


def title(house, topic, language="id"):
    return house.rooms.release().content.topics[topic].answers[language].title


@pytest.mark.parametrize("page", [QUESTIONS, CORRECTIONS])
async def test_without_a_session_nothing_is_shown(house, visitor, page):
    assert (await visitor.get(page)).status_code == 401


async def test_a_village_officer_finds_no_list_of_questions(house):
    async with sitting(house) as browser:
        answer = await browser.get(QUESTIONS)
        assert answer.status_code == 404
        assert answer.text == (await browser.get("/officers/case/9999999")).text
        assert QUESTIONS not in (await browser.get("/officers")).text


@pytest.mark.parametrize(("role", "unit"), [("coordinator", DISTRICT), ("ministry", "")])
async def test_who_oversees_reads_what_was_asked_offered_and_meant(house, role, unit):
    asked = Unanswered("bedanya taiwan sama jepang <b>", "jv", OFFERED)
    await noted(house, asked, asked, Meant(asked.text, OFFERED, "jobs/japan"))
    async with sitting(house, role, unit) as browser:
        assert QUESTIONS in (await browser.get("/officers")).text
        page = (await browser.get(QUESTIONS)).text
    part = page.split('id="unanswered"')[1].split("</section>")[0]
    assert "bedanya taiwan sama jepang &lt;b&gt;" in part
    assert "2×" in part and "Jawa" in part
    assert f"<b>{title(house, 'jobs/japan')}</b> (1×)" in part
    assert title(house, TOPIC) in part


async def test_what_was_asked_once_around_a_hidden_word_is_counted_and_not_shown(house):
    await noted(house, Unanswered("suami … sakit di pabrik", "id"))
    async with sitting(house, "ministry", "") as browser:
        page = (await browser.get(QUESTIONS)).text
    assert "sakit di pabrik" not in page
    assert re.search(r'class="hint">[^<\d]*1[^<\d]*<', page.split('id="unanswered"')[1])


async def test_a_whole_talk_leaves_no_name_on_the_editors_page(house):
    for n in range(3):
        await house.say(PERSON, "xqzwvkj blorp zzgh wkwkx budi santoso sukodono ya", id=f"m{n}")
    async with sitting(house, "ministry", "") as browser:
        page = (await browser.get(QUESTIONS)).text
    assert "<q>… ya</q>" in page
    assert not re.search(r"budi|santoso|sukodono|blorp", page)


async def test_complaints_about_an_older_text_are_told_apart(house):
    now = house.rooms.release().content.topics[TOPIC].version
    await noted(
        house, *[Rated(TOPIC, False, "id", "old")] * 3, Rated(TOPIC, False, "id", now), Rated(TOPIC, True, "id", now)
    )
    async with sitting(house, "ministry", "") as browser:
        page = (await browser.get(QUESTIONS)).text
    first, second = page.split('id="not-helpful"')[1].split("</section>")[0].split('class="head"')[1:]
    assert re.search(r"1\D+2", first) and "mark" not in first
    assert re.search(r"3\D+3", second) and "mark" in second


async def test_an_answer_out_of_date_is_a_task_until_it_is_renewed(house, changed):
    await noted(house, Withheld(TOPIC, "1"), Withheld(TOPIC, "1"), Withheld("jobs/japan", "1"))
    over = with_topic(changed, TOPIC, valid_until=date(2026, 11, 1))
    house.rooms = replace(house.rooms, wording=lambda: Wording(over))
    house.app = site(house.rooms)
    async with sitting(house, "ministry", "") as browser:
        part = (await browser.get(QUESTIONS)).text.split('id="withheld"')[1]
    assert "2×" in part and title(house, TOPIC) in part and "1 Nov 2026" in part
    assert title(house, "jobs/japan") not in part


async def test_an_officer_sees_which_case_to_phone_and_what_has_changed(house):
    case = await house.case()
    await outdated(house, case, country="taiwan")
    async with sitting(house) as browser:
        page = (await browser.get(CORRECTIONS)).text
        assert (await browser.get(f"/officers/case/{case.number}")).status_code == 200
    assert f'href="/officers/case/{case.number}">{sayable(case.number)}<' in page
    assert title(house, TOPIC) in page and WHAT in page
    assert 'id="reached"' not in page


async def test_only_what_changed_after_they_had_it_is_told(house, changed):
    case = await house.case()
    old = Change(date(2026, 1, 1), {"id": "Perubahan yang lama"})
    new = changed.content.topics[TOPIC].changes
    newer = with_topic(changed, TOPIC, changes=(old, *new))
    house.rooms = replace(house.rooms, wording=lambda: Wording(newer))
    house.app = site(house.rooms)
    had = Edition("K4M7P2XR", TOPIC, changes=1)
    async with house.database.transaction() as tx:
        await statistics.note(tx, [(case.person, Answered(TOPIC, "id", "1", had))], house.clock())
        await editions.turn_over(tx, lambda _: "", house.clock())
        await statistics.note(tx, [(case.person, Corrected(had.code, "owed"))], house.clock())
    async with sitting(house) as browser:
        page = (await browser.get(CORRECTIONS)).text
    assert WHAT in page and "Perubahan yang lama" not in page


async def test_a_discreet_answer_is_not_named(house):
    case = await house.case()
    await outdated(house, case, DISCREET)
    async with sitting(house) as browser:
        page = (await browser.get(CORRECTIONS)).text
    assert case.number in page
    assert title(house, DISCREET) not in page
    async with sitting(house, "ministry", "") as browser:
        assert title(house, DISCREET) not in (await browser.get(CORRECTIONS)).text


async def test_what_is_no_topic_any_more_is_not_named_either(house):
    await outdated(house, await house.case(), "jobs/atlantis")
    async with sitting(house, "ministry", "") as browser:
        assert "atlantis" not in (await browser.get(CORRECTIONS)).text


async def test_an_officer_of_another_village_sees_nothing(house):
    case = await house.case()
    await outdated(house, case)
    async with sitting(house, unit=OTHER_VILLAGE) as browser:
        page = (await browser.get(CORRECTIONS)).text
    assert case.number not in page and sayable(case.number) not in page
    assert title(house, TOPIC) not in page


async def test_a_complaint_that_waits_above_the_village_is_invisible_there(house):
    """N8: it may be about the village's own officer."""
    above = await house.case(unit=DISTRICT, village=VILLAGE)
    await outdated(house, above)
    async with sitting(house) as browser:
        page = (await browser.get(CORRECTIONS)).text
    assert above.number not in page and title(house, TOPIC) not in page
    async with sitting(house, "coordinator", DISTRICT) as browser:
        assert above.number in (await browser.get(CORRECTIONS)).text


async def test_of_several_cases_of_one_person_the_latest_is_phoned_for(house):
    first, second = await house.case(100_001), await house.case(100_002)
    await outdated(house, second)
    async with sitting(house) as browser:
        page = (await browser.get(CORRECTIONS)).text
    assert second.number in page and first.number not in page


@pytest.mark.parametrize("state", ["told", "stands-again", "long-ago"])
async def test_who_needs_no_call_is_not_listed(house, state):
    case = await house.case()
    await outdated(house, case, state="told" if state == "told" else "owed")
    if state == "stands-again":
        async with house.database.transaction() as tx:
            await editions.turn_over(tx, lambda told: told.code, house.clock())
    if state == "long-ago":
        house.clock.pass_by(days=91)
    async with sitting(house) as browser:
        answer = await browser.get(CORRECTIONS)
    assert answer.status_code == 200
    assert case.number not in answer.text


@pytest.mark.parametrize(("role", "unit"), [("coordinator", DISTRICT), ("ministry", "")])
async def test_who_oversees_sees_how_many_were_reached_in_all(house, role, unit):
    await outdated(house, await house.case(), state="unreachable")
    await outdated(house, await house.case(100_002, unit=OTHER_VILLAGE, address=BUDI), state="told", country="taiwan")
    async with sitting(house, role, unit) as browser:
        part = (await browser.get(CORRECTIONS)).text.split('id="reached"')[1]
    told = re.findall(r"<p>([^<]*)</p>", part.split('class="head"')[1])
    assert [re.findall(r"\d+", one) for one in told] == [["1", "2"], ["1"]]


async def test_the_day_of_a_change_is_the_officers_own(house):
    house.clock.now = house.clock.now.replace(hour=22)
    await outdated(house, await house.case())
    async with sitting(house) as browser:
        assert "24 Nov 2026" in (await browser.get(CORRECTIONS)).text


@pytest.mark.parametrize("page", [QUESTIONS, CORRECTIONS])
async def test_with_nothing_to_tell_the_pages_say_so(house, page):
    async with sitting(house, "ministry", "") as browser:
        answer = await browser.get(page)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert 'class="head"' not in answer.text


async def test_the_list_reaches_no_further_than_ninety_days(house):
    await noted(house, Unanswered("bedanya taiwan sama jepang", "id"))
    house.clock.pass_by(days=89)
    async with sitting(house, "ministry", "") as browser:
        assert "bedanya" in (await browser.get(QUESTIONS)).text
    house.clock.pass_by(days=2)
    async with sitting(house, "coordinator", DISTRICT) as browser:
        assert "bedanya" not in (await browser.get(QUESTIONS)).text
