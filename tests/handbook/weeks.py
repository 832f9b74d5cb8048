"""A few weeks in the invented land: who is in office there, and what waits for them on a Monday morning."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.model.case import Case, Event, Officer
from bot.model.contact import Contact
from bot.model.effects.cases import Act
from bot.model.messages import Address
from bot.store import cases
from tests.handbook.land import DISTRICT, FAR, NEIGHBOUR, REGENCY, VILLAGE
from tests.web.desk import done, logged_in
from tests.web.house import House

SITI = Address("web", "chat", "siti")
OPENLY = Contact(may_write=True, shared=False)
STORY = "Gaji saya dua bulan terakhir belum dibayar. Majikan bilang menunggu, tapi tidak ada kabar."


@dataclass(frozen=True, slots=True)
class Land:
    """Who is in office, and the complaint the handbook tells of."""

    ratna: Officer
    camat: Officer
    bupati: Officer
    complaint: Case


async def lived_through(house: House) -> Land:
    """Officers, the months behind them, and today's list."""
    monday = house.clock.now
    ratna = await house.officer(VILLAGE, "Bu Ratna")
    made = await house.officer(VILLAGE, "Pak Made")
    await house.officer(NEIGHBOUR, "Bu Sri")
    camat = await house.officer(DISTRICT, "Pak Wayan", "coordinator")
    bupati = await house.officer(REGENCY, "Bu Endang", "coordinator")
    await _months(house, monday)
    house.clock.now = monday - timedelta(days=1)
    complaint = await _complaint(house)
    await _at_work(house, ratna, made, complaint)
    await _today(house, monday)
    return Land(ratna, camat, bupati, complaint)


async def _months(house: House, monday: datetime) -> None:
    """Enough of each village that statistics can be shown: closed ones of the months before."""
    counts = {VILLAGE: 11, NEIGHBOUR: 17, "99.01.01.2003": 8, FAR: 6}
    at = 0
    for unit, many in counts.items():
        for one in range(many):
            at += 1
            house.clock.now = monday - timedelta(days=20 + 9 * (one % 9), hours=one)
            kind = ("skills-training", "ask-officer", "prospective-worker")[one % 3]
            await _solved(house, await _general(house, 100_100 + at, kind, unit=unit))


async def _general(house: House, seq: int, kind: str, **changes: Any) -> Case:
    given = {"unit": VILLAGE, "due": house.clock.now + timedelta(days=10), **changes}
    return await house.case(
        seq,
        address=Address("telegram", "bot", f"warga-{seq}"),
        form=kind,
        kind=kind,
        urgency="general",
        answers={"name": "Dewi Lestari"},
        media={},
        **given,
    )


async def _solved(house: House, case: Case) -> None:
    """A case that was answered the same day and came to its end two days later."""
    answered, ended = case.opened + timedelta(hours=3), case.opened + timedelta(days=2)
    over = replace(case, state="closed", outcome="solved", closed=ended)
    async with house.database.transaction() as tx:
        await cases.act(tx, Act(case, Event(case.number, "to-person", answered, case.person), case))
        now = replace(case, version=case.version + 1)
        await cases.act(tx, Act(now, Event(case.number, "closed", ended, case.person), over))


async def _complaint(house: House) -> Case:
    answers = {
        "name": "Siti Aminah",
        "about": "employer",
        "country": "malaysia",
        "what": STORY,
        "phone": "081200000000",
    }
    return await house.case(100_012, address=SITI, unit=VILLAGE, plan=OPENLY, answers=answers, media={})


async def _at_work(house: House, ratna: Officer, made: Officer, complaint: Case) -> None:
    """What was done yesterday: a complaint being worked on, one that waits for its person, one put aside."""
    waits = await _general(house, 100_010, "skills-training")
    aside = await _general(house, 100_011, "prospective-worker")
    async with logged_in(house, ratna, "login-of-yesterday-0001") as browser:
        await done(browser, complaint.number, "claim")
        await done(browser, complaint.number, "reveal", reason="call")
        house.clock.pass_by(minutes=20)
        await done(browser, complaint.number, "reply", text="Bu Siti, gaji bulan apa saja yang belum dibayar?")
        house.clock.pass_by(minutes=25)
        await house.say(SITI, "September sama Oktober, Bu")
        await done(browser, complaint.number, "note", text="Besok telepon Disnaker kabupaten.")
        await done(browser, complaint.number, "reply", text="Terima kasih, Bu. Besok saya tanyakan ke Disnaker.")
        await done(browser, waits.number, "claim")
        await done(browser, waits.number, "waiting")
    async with logged_in(house, made, "login-of-yesterday-0002") as browser:
        await done(browser, aside.number, "claim")
        day = (house.clock.now + timedelta(days=7)).date().isoformat()
        await done(browser, aside.number, "snooze", day=day, text="Paspornya jadi minggu depan")


async def _today(house: House, monday: datetime) -> None:
    """New this morning: an emergency, one that is late, one due today."""
    quarter, hour = timedelta(minutes=15), timedelta(hours=1)
    house.clock.now = monday - quarter / 2
    told = {"unit": VILLAGE, "media": {}}
    await house.case(
        100_020,
        address=Address("telegram", "bot", "pekerja"),
        form="help",
        kind="help",
        urgency="emergency",
        due=monday + quarter / 2,
        answers={"now": "yes", "who": "me", "what": "locked-in"},
        plan=OPENLY,
        **told,
    )
    await _general(house, 100_021, "ask-officer", due=monday - 2 * hour)
    await _general(house, 100_022, "productive-business", due=monday + 5 * hour)
    await _general(house, 100_023, "learning-house", due=monday + timedelta(days=1))
    house.clock.now = monday
