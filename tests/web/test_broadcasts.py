"""A message to many: approved by a second person, once to each, to nobody it could harm, stopped in the middle."""

from contextlib import asynccontextmanager
from itertools import count

import pytest

from bot import broadcasting
from bot.model.effects.people import Forget
from bot.model.messages import Address, Message
from bot.store import broadcasts, people, spoken, statistics
from tests.by_hand import by_hand
from tests.web.desk import logged_in
from tests.web.house import OTHER_VILLAGE, VILLAGE, field_of

DISTRICT = VILLAGE.rpartition(".")[0]
REGENCY = DISTRICT.rpartition(".")[0]
PAGE = "/officers/broadcasts"
KIND = "skills-training"
_COUNTED = count()
WORDS = "Pelatihan menjahit dibuka *Senin* di balai desa <b>."


@pytest.fixture
async def camat(house):
    """Who writes it."""
    return await house.officer(DISTRICT, "Pak Camat", "coordinator")


@pytest.fixture
async def bupati(house):
    """The second person."""
    return await house.officer(REGENCY, "Bu Bupati", "coordinator")


@asynccontextmanager
async def sitting(house, officer):
    async with logged_in(house, officer, f"a-login-of-{officer.id}-{next(_COUNTED)}-times") as browser:
        yield browser


def chat(name, channel="telegram"):
    return Address(channel, "bot", name)


async def registered(house, *names, start=100_001, channel="telegram", **changes):
    """People who registered for a training."""
    given = {"form": KIND, "kind": KIND, "urgency": "general", **changes}
    return [await house.case(start + at, address=chat(name, channel), **given) for at, name in enumerate(names)]


async def written(browser, **fields):
    page = (await browser.get(PAGE)).text
    form = {"token": field_of(page, "token"), "nonce": field_of(page, "nonce"), "units": DISTRICT}
    return await browser.post(PAGE, data={**form, f"kind-{KIND}": "1", "words-id": WORDS, **fields})


async def decided(browser, act, id=1):
    token = field_of((await browser.get(PAGE)).text, "token")
    return await browser.post(f"{PAGE}/{id}", data={"token": token, "act": act})


async def approved(house, camat, bupati, **fields):
    """Written by one, agreed to by the other."""
    async with sitting(house, camat) as browser:
        answer = await written(browser, **fields)
        assert answer.status_code == 303, answer.text
    async with sitting(house, bupati) as browser:
        assert (await decided(browser, "agree")).status_code == 303


async def look(house, most=broadcasting.EACH_MINUTE):
    return await broadcasting.look(house.database, house.reception.receive, house.clock(), most)


async def had(house, case, address, id=1):
    """What came to somebody's chat."""
    found = await spoken.replies_to(house.database, (address.channel, address.account, f"broadcast:{id}:{case.person}"))
    return [message.text for message in found]


async def results(house, id=1):
    return dict(await broadcasts.results(house.database, id))


async def test_it_goes_to_each_once_when_a_second_person_agreed(house, camat, bupati):
    siti, budi = await registered(house, "siti", "budi")
    (far,) = await registered(house, "far", start=100_100, unit=OTHER_VILLAGE)
    async with sitting(house, camat) as browser:
        await written(browser)
        assert await look(house) == 0
        page = (await browser.get(f"{PAGE}/1")).text
        assert "<b>2</b>" in page
        assert 'value="agree"' not in page
        assert (await decided(browser, "agree")).status_code == 409
    assert await look(house) == 0
    async with sitting(house, bupati) as browser:
        await decided(browser, "agree")
    assert await look(house) == 2
    assert await look(house) == 0
    (text,) = await had(house, siti, chat("siti"))
    assert "Pelatihan menjahit" in text
    assert "Pak Camat" in text
    assert "stop" in text
    assert len(await had(house, budi, chat("budi"))) == 1
    assert await had(house, far, chat("far")) == []
    assert await results(house) == {"on-its-way": 2}
    assert (await broadcasts.find(house.database, 1)).second == "Bu Bupati"


async def test_it_is_done_when_nothing_of_it_waits_any_more(house, camat, bupati):
    (siti,) = await registered(house, "siti")
    await approved(house, camat, bupati)
    await look(house)
    assert (await broadcasts.find(house.database, 1)).stand == "running"
    async with house.database.transaction() as tx:
        (place,) = await people.places_of(tx, siti.person)
        await people.reachable(tx, place, reachable=False)
    await look(house)
    assert (await broadcasts.find(house.database, 1)).stand == "done"
    assert await results(house) == {"cancelled": 1}


async def test_a_kill_in_the_middle_neither_loses_nor_repeats(house, camat, bupati):
    found = await registered(house, "siti", "budi", "wati")
    await approved(house, camat, bupati)

    async def dies(arrived):
        await house.reception.receive(arrived)
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        await broadcasting.look(house.database, dies, house.clock(), 2)
    assert await look(house) == 1
    for case, name in zip(found, ("siti", "budi", "wati"), strict=True):
        assert len(await had(house, case, chat(name))) == 1
    assert sum((await results(house)).values()) == 3


async def test_a_few_a_minute_and_stopped_in_the_middle(house, camat, bupati):
    await registered(house, *(f"p{n}" for n in range(5)))
    await approved(house, camat, bupati)
    assert await look(house, 2) == 2
    async with sitting(house, camat) as browser:
        assert (await decided(browser, "stop")).status_code == 303
        assert "Dihentikan" in (await browser.get(f"{PAGE}/1")).text
        assert (await decided(browser, "stop")).status_code == 409
    assert await look(house) == 0
    assert await results(house) == {"cancelled": 2, "waiting": 3}


async def test_whoever_wants_quiet_or_cannot_be_written_to_first_gets_nothing(house, camat, bupati):
    (quiet,) = await registered(house, "quiet")
    (web,) = await registered(house, "tab", start=100_010, channel="web")
    (gone,) = await registered(house, "gone", start=100_020)
    await house.say(chat("quiet"), "stop")
    async with house.database.transaction() as tx:
        (place,) = await people.places_of(tx, gone.person)
        await people.reachable(tx, place, reachable=False)
    await approved(house, camat, bupati)
    assert await look(house) == 3
    assert await results(house) == {"quiet": 1, "unreached": 2}
    assert await had(house, quiet, chat("quiet")) == []
    assert await had(house, web, chat("tab", "web")) == []


async def test_on_whatsapp_it_goes_to_who_wrote_within_a_day_and_to_nobody_else(house, camat, bupati):
    lately, long_ago = chat("lately", "whatsapp"), chat("long-ago", "whatsapp")
    await house.say(long_ago, "halo")
    house.clock.pass_by(hours=25)
    await house.say(lately, "pagi")
    (case,) = await registered(house, "lately", channel="whatsapp")
    (other,) = await registered(house, "long-ago", start=100_010, channel="whatsapp")
    await approved(house, camat, bupati)
    assert await look(house) == 2
    assert await results(house) == {"on-its-way": 1, "unreached": 1}
    assert len(await had(house, case, lately)) == 1
    assert await had(house, other, long_ago) == []


async def test_one_word_and_the_next_one_does_not_come(house, camat, bupati):
    (siti,) = await registered(house, "siti")
    await approved(house, camat, bupati)
    await look(house)
    await house.say(chat("siti"), "stop")
    async with sitting(house, camat) as browser:
        await written(browser, **{"words-id": "Yang kedua, tentang hal lain."})
    async with sitting(house, bupati) as browser:
        await decided(browser, "agree", 2)
    await look(house)
    assert await results(house, 2) == {"quiet": 1}
    assert await had(house, siti, chat("siti"), 2) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"urgency": "sensitive", "kind": "complaint", "form": "complaint"},
        {"urgency": "emergency", "kind": "help", "form": "help"},
    ],
)
async def test_whoever_has_a_sensitive_matter_open_is_left_out(house, camat, changes):
    await registered(house, "siti")
    await house.case(100_050, address=chat("siti"), **changes)
    async with sitting(house, camat) as browser:
        answer = await written(browser)
    assert answer.status_code == 422
    assert "Tidak ada warga" in answer.text


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"words-id": "   "}, "Tulis pesannya"),
        ({"words-id": "x" * 601}, "Terlalu panjang"),
        ({f"kind-{KIND}": ""}, "Pilih dulu"),
        ({f"kind-{KIND}": "", "kind-help": "1", "kind-complaint": "1"}, "Pilih dulu"),
        ({"units": OTHER_VILLAGE}, "bukan wilayah Anda"),
        ({"units": f"{DISTRICT} {OTHER_VILLAGE}"}, "bukan wilayah Anda"),
        ({"units": "' or 1=1 --"}, "bukan wilayah Anda"),
        ({f"kind-{KIND}": "", "kind-cooperative": "1"}, "Tidak ada warga"),
    ],
)
async def test_what_cannot_be_sent_is_said_and_not_kept(house, camat, fields, word):
    await registered(house, "siti")
    await house.case(100_050, address=chat("orang"))
    async with sitting(house, camat) as browser:
        answer = await written(browser, **fields)
    assert answer.status_code == 422
    assert word in answer.text
    assert await broadcasts.latest(house.database) == []


async def test_it_waits_for_the_morning_and_can_be_stopped_until_then(house, camat, bupati):
    await registered(house, "siti")
    house.clock.pass_by(hours=12)
    await approved(house, camat, bupati)
    await look(house)
    assert await results(house) == {"on-its-way": 1}
    rows = await house.database.rows("broadcast_waits", {"id": 1, "limit": 9})
    assert rows == []
    async with sitting(house, bupati) as browser:
        await decided(browser, "stop")
    assert await results(house) == {"cancelled": 1}


async def test_each_reads_their_own_language_and_typed_signs_are_no_markup(house, camat, bupati):
    (siti,) = await registered(house, "siti")
    await house.say(chat("siti"), button="language:jv")
    async with sitting(house, camat) as browser:
        answer = await written(browser, **{"words-jv": "Pelatihan njahit _Senen_"})
        page = (await browser.get(answer.headers["location"])).text
    assert "<em>" not in page and "<b>.</b>" not in page
    assert page.count("Pelatihan") >= 2
    async with sitting(house, bupati) as browser:
        await decided(browser, "agree")
    await look(house)
    (text,) = await had(house, siti, chat("siti"))
    assert "njahit" in text


async def test_only_who_oversees_all_of_it_sees_it_and_nobody_agrees_with_themselves(house, camat, bupati):
    await registered(house, "siti")
    async with sitting(house, camat) as browser:
        await written(browser)
    strangers = [
        await house.officer(VILLAGE, "Bu Ratna"),
        await house.officer("35", "Pak Jawa", "coordinator"),
        await house.officer(f"{REGENCY}.01", "Pak Sebelah", "coordinator"),
    ]
    for one in strangers:
        async with logged_in(house, one, f"a-login-of-the-stranger-{one.id}") as browser:
            assert (await browser.get(f"{PAGE}/1")).status_code == 404
            token = field_of((await browser.get("/officers")).text, "token")
            for act in ("agree", "refuse", "stop"):
                assert (await browser.post(f"{PAGE}/1", data={"token": token, "act": act})).status_code == 404
            assert WORDS[:20] not in (await browser.get(PAGE)).text
    assert (await broadcasts.find(house.database, 1)).stand == "waiting"
    async with house.database.transaction() as tx:
        one = await broadcasts.find(tx, 1)
        assert not await broadcasts.decide(tx, one, camat, house.clock(), agreed=True)


async def test_refused_is_refused(house, camat, bupati):
    await registered(house, "siti")
    async with sitting(house, camat) as browser:
        await written(browser)
    async with sitting(house, bupati) as browser:
        await decided(browser, "refuse")
        assert (await decided(browser, "agree")).status_code == 409
    assert await look(house) == 0


async def test_pressed_twice_is_one(house, camat):
    await registered(house, "siti")
    async with sitting(house, camat) as browser:
        page = (await browser.get(PAGE)).text
        form = {
            "token": field_of(page, "token"),
            "nonce": field_of(page, "nonce"),
            f"kind-{KIND}": "1",
            "words-id": WORDS,
        }
        sent = [await browser.post(PAGE, data=form) for _ in range(2)]
    assert {one.headers["location"] for one in sent} == {f"{PAGE}/1"}


async def test_who_is_forgotten_stands_on_no_list(house, camat, bupati):
    (siti,) = await registered(house, "siti")
    await approved(house, camat, bupati)
    async with house.database.transaction() as tx:
        await statistics.forget(tx, Forget(siti.person))
    assert await results(house) == {}
    assert await look(house) == 0


async def test_the_author_goes_and_nothing_more_goes_out(house, camat, bupati):
    await registered(house, "siti")
    await approved(house, camat, bupati)
    async with house.database.transaction() as tx:
        await tx.run("revoke", {"id": camat.id, "at": house.clock().isoformat()})
    assert await look(house) == 0
    assert await results(house) == {"waiting": 1}


async def notices(house, officer):
    """What was said to an officer in their chat, and sent by then."""
    while await house.delivery.once():
        pass
    address = Address("telegram", "bot", officer.name)
    with by_hand(house.database.store) as file:
        rows = file.execute(
            "select o.message_sealed from outgoing o join address a on a.id = o.address_id where a.chat = ? order by o.id",
            (address.chat,),
        ).fetchall()
    return [house.database.seal.open(Message, sealed).text for (sealed,) in rows]


async def test_the_second_person_hears_in_their_chat_that_it_waits_once(house, camat, bupati):
    village = await house.officer(VILLAGE, "Bu Ratna")
    await registered(house, "siti")
    async with sitting(house, camat) as browser:
        await written(browser)
    for _ in range(3):
        await look(house)
    (told,) = await notices(house, bupati)
    assert "Pak Camat" in told and "menjahit" not in told
    assert await notices(house, camat) == [] and await notices(house, village) == []


async def test_the_author_hears_that_it_was_agreed_to_and_then_what_became_of_it(house, camat, bupati):
    (siti,) = await registered(house, "siti")
    (quiet,) = await registered(house, "budi", start=100_010)
    await house.say(chat("budi"), "stop")
    await approved(house, camat, bupati)
    await look(house)
    assert ["Bu Bupati" in one for one in await notices(house, camat)] == [True]
    with by_hand(house.database.store) as file:
        file.execute("update outgoing set state = 'sent' where step = 0")
    await look(house)
    await look(house)
    done = (await notices(house, camat))[1:]
    assert len(done) == 1 and "1 orang" in done[0] and done[0].count("1") == 2
    assert siti.person != quiet.person


@pytest.mark.parametrize(("act", "word"), [("refuse", "menolak"), ("stop", "dihentikan")])
async def test_the_author_hears_that_it_will_not_go(house, camat, bupati, act, word):
    await registered(house, "siti")
    async with sitting(house, camat) as browser:
        await written(browser)
    async with sitting(house, bupati) as browser:
        await decided(browser, act)
    await look(house)
    (told,) = await notices(house, camat)
    assert word in told
    assert await notices(house, bupati) == [], "nothing waits for them any more"


async def test_one_that_would_reach_nobody_by_then_is_not_sent(house, camat, bupati):
    await registered(house, "siti")
    async with sitting(house, camat) as browser:
        await written(browser)
    await house.case(100_050, address=chat("siti"))
    async with sitting(house, bupati) as browser:
        answer = await decided(browser, "agree")
    assert answer.status_code == 409
    assert "tidak akan sampai ke siapa pun" in answer.text
    assert (await broadcasts.find(house.database, 1)).stand == "waiting"


async def test_in_the_night_officers_hear_of_it_in_the_morning(house, camat, bupati):
    await registered(house, "siti")
    house.clock.pass_by(hours=12)
    async with sitting(house, camat) as browser:
        await written(browser)
    await look(house)
    with by_hand(house.database.store) as file:
        (due,) = file.execute("select due_at from outgoing where state = 'waiting'").fetchone()
    assert due > house.clock().isoformat()
