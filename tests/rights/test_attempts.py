"""S2 and S3: old, forged and altered buttons change nothing; a link grants nothing; who tries often is noticed."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.model.messages import Address, Incoming, Message
from bot.store import cases, officers
from bot.understanding.release import Release
from tests.rights.world import UNKNOWN, World, world
from tests.web.house import PERSON


async def told(here: World, name: str) -> list[str]:
    """The phrases somebody was told beside what they asked."""
    with closing(sqlite3.connect(here.house.database.path)) as file:
        rows = file.execute(
            "select o.message_sealed from outgoing o join address a on a.id = o.address_id"
            " where a.chat = ? and o.step > 0 order by o.id",
            (name,),
        ).fetchall()
    letters = [replace(here.house.database.seal.open(Message, row[0]), quiet=False) for row in rows]
    return [here.written.meant(one).phrase for one in letters]


async def test_who_asks_often_for_what_is_not_theirs_is_told_above_once_and_nothing_of_the_case(
    tmp_path: Path, release: Release
) -> None:
    async with world(tmp_path, release, "officer", "accused village") as here:
        await here.house.officer("52.02.12", "Bu Camat", "coordinator")
        for _ in range(4):
            await here.press(f"case:{here.case.number}")
        assert await told(here, "Bu Camat") == []
        await here.press(f"claim:{UNKNOWN}")
        assert await told(here, "Bu Camat") == ["notice/out-of-sight"]
        await here.press(f"case:{here.case.number}")
        assert await told(here, "Bu Camat") == ["notice/out-of-sight"]


async def test_an_address_tried_in_the_browser_counts_like_a_press(tmp_path: Path, release: Release) -> None:
    async with world(tmp_path, release, "officer", "other district") as here:
        for number in (here.case.number, UNKNOWN, "no-number", "1" * 300):
            assert (await here.browser.get(f"/officers/case/{number}")).status_code == 404
        async with here.house.database.transaction() as tx:
            (row,) = await tx.rows("refused_looks", {"officer": here.officer.id, "since": ""})  # type: ignore[union-attr]
        assert row["many"] == 2


@pytest.mark.parametrize("act", ["claim", "note", "reveal", "transfer", "outcome", "reply"])
async def test_the_old_button_of_somebody_revoked_does_nothing(act: str, tmp_path: Path, release: Release) -> None:
    async with world(tmp_path, release, "officer", "own village") as here:
        await here.press(f"claim:{here.case.number}")
        async with here.house.database.transaction() as tx:
            await officers.revoke(tx, here.officer.id, here.house.clock())  # type: ignore[union-attr]
        before = here.state()
        said = await here.press(f"{act}:{here.case.number}:solved", "Sudah ditelepon")
        assert [phrase for phrase, _ in said] == ["old-button", "menu"]
        assert here.state() == before


async def test_after_a_transfer_the_old_buttons_of_whoever_gave_it_away_do_nothing(
    tmp_path: Path, release: Release
) -> None:
    async with world(tmp_path, release, "officer", "own village") as here:
        await here.press(f"claim:{here.case.number}")
        await here.press(f"transfer:{here.case.number}:52.02", "Bukan wilayah kami")
        before = here.state()
        for act in ("note", "reply", "reveal", "outcome", "claim", "release", "transfer"):
            said = await here.press(f"{act}:{here.case.number}:solved", "Sudah ditelepon")
            assert [phrase for phrase, _ in said] == ["desk/unknown"], act
        assert here.state() == before


async def test_moved_past_the_village_it_is_gone_from_the_hands_that_held_it(tmp_path: Path, release: Release) -> None:
    async with world(tmp_path, release, "officer", "own village") as here:
        await here.press(f"claim:{here.case.number}")
        await here.press(f"reply:{here.case.number}")
        for button in ("move-up", "move-up-yes", "move-up-yes"):
            await here.house.say(PERSON, button=f"{button}:{here.case.number}", id=f"{button}{here.count}")
            here.count += 1
        case = await cases.of_person(here.house.database, here.case.number, here.case.person)
        assert case and (case.unit, case.barred, case.officer, case.state) == ("52.02.12", "52.02.12.2001", 0, "new")
        before = here.state()
        assert [phrase for phrase, _ in await here.write("Saya tahu ibu lapor")] == ["desk/unknown"]
        assert here.state() == before and await told(here, "Bu Ratna") == []


@pytest.mark.parametrize(
    "payload", ["officer", "coordinator", "ministry", "admin", "claim_1000015", "52.02.12.2001", "case"]
)
async def test_a_link_makes_nobody_an_officer_and_shows_nothing(payload: str, tmp_path: Path, release: Release) -> None:
    async with world(tmp_path, release, "visitor", "own village") as here:
        before = here.state()
        start = Incoming(here.chat, f"s-{payload}", "start", here.house.clock(), payload)
        await here.house.reception.receive([start])
        assert not any(phrase.startswith("desk/queue") for phrase, _ in await here.write("antrean"))
        assert here.state() == before


async def test_a_button_shown_to_another_is_no_right_of_ones_own(tmp_path: Path, release: Release) -> None:
    """Another person presses what the case's own person was shown."""
    async with world(tmp_path, release, "person", "own village") as here:
        before = here.state()
        for act in ("withdraw-yes", "write", "unsolved", "solved", "move-up-yes", "mine", "who-read"):
            await here.house.say(Address("telegram", "bot", "a neighbour"), button=f"{act}:{here.case.number}", id=act)
        assert here.state() == before
