"""F14: backups while people write and retention deletes; each is restored, opened, and held against what was acknowledged.

Everything is written through the real reception and the real store, without a pause for as long as a copy is being made.
"""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.fernet import Fernet

from bot.backups import back_up, backups, last_backup
from bot.casework.numbers import numbered
from bot.model.case import Case
from bot.model.effects.cases import Consent, OpenCase
from bot.model.messages import Address, Incoming
from bot.reception import Reception
from bot.store import cases, post, retention
from bot.store.copies import restore
from bot.store.database import Database, NotStored, Unusable, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.store.times import kept
from bot.wording import Wording
from tests.chaos.outcome import Outcome
from tests.chaos.small import small_release

BEGAN = datetime(2026, 11, 1, tzinfo=UTC)
APART = timedelta(hours=7)
MOST_KEPT = 14
TEXTS = ("menu", "paspor saya ditahan majikan", "berapa biaya ke luar negeri", "terima kasih")
VILLAGE = "52.02.12.2001"
DAY, REMEMBERED = timedelta(days=1), timedelta(days=30)
_UNANSWERED = "select count(*) from inbox where arrived_at > ? and id not in (select cause from outgoing)"
_FIRST_CASE = 100_001
_AT_FIRST, _AT_ONCE = 200, 3


@dataclass
class Office:
    """A service without its doors. `said` (and when) and `opened` are what was acknowledged, `during` how many amid a copy."""

    database: Database
    reception: Reception
    folder: Path
    chance: random.Random = field(default_factory=lambda: random.Random(14))
    now: datetime = BEGAN
    said: dict[str, datetime] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    during: int = 0
    bad: list[str] = field(default_factory=list)


async def run(times: int) -> Outcome:
    """So many backups, seven hours apart."""
    with TemporaryDirectory(prefix="desmigratif-chaos-") as name:
        async with _office(Path(name)) as office:
            await asyncio.gather(*(_say(office) for _ in range(_AT_FIRST)))
            for _ in range(times):
                await _one(office)
            return _outcome(office, times)


@asynccontextmanager
async def _office(folder: Path) -> AsyncIterator[Office]:
    migrate(folder / "house.db")
    seal, wording = Seal([Fernet.generate_key().decode()]), Wording(small_release())
    database = await open_database(folder / "house.db", seal)
    try:
        yield Office(database, Reception(database, lambda: wording, lambda: None), folder)
    finally:
        await database.close()


async def _one(office: Office) -> None:
    """One backup among all that is going on, and what it holds."""
    office.now += APART
    said = {name for name, at in office.said.items() if office.now - at < REMEMBERED}
    before, opened = len(office.said), set(office.opened)
    writing = asyncio.create_task(_write_on(office))
    try:
        made, _ = await back_up(office.database, office.folder / "backups", office.now)
    except (NotStored, Unusable) as error:
        office.bad.append(str(error))
        return
    finally:
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        await office.reception.finish()
    office.during += len(office.said) + len(office.opened) - before - len(opened)
    if why := await _wrong(office, made, said, opened):
        office.bad.append(f"{made.name}: {'; '.join(why[:3])}")


async def _write_on(office: Office) -> None:
    while True:
        await _write(office)


async def _write(office: Office) -> None:
    """Some people write at once, somebody hands in a complaint, they are answered, and what is old is removed."""
    await asyncio.gather(*(_say(office) for _ in range(_AT_ONCE)), _open_case(office))
    if office.chance.random() < 0.5:
        await _deliver(office)
        await retention.tidy(office.database, office.now, {"complaint": 1})


async def _deliver(office: Office) -> None:
    """All that waits goes out at once, as if every platform took everything."""
    lease = post.Lease(office.now, office.now + DAY)
    due = await post.take_due(office.database, ["telegram", "web"], lease, 1_000)
    sent = {"state": "sent", "external_id": "1", "sent": kept(office.now), "due": None, "error": None}
    async with office.database.transaction() as tx:
        await post.settle(tx, [{"id": one.outgoing.id, **sent} for one in due])


async def _say(office: Office) -> None:
    name, chat = f"m{office.chance.getrandbits(60)}", str(office.chance.randrange(200))
    address = office.chance.choice((Address("telegram", "bot", chat), Address("web", "chat", chat)))
    await office.reception.receive([Incoming(address, name, "text", office.now, office.chance.choice(TEXTS))])
    office.said[name] = office.now


async def _open_case(office: Office) -> None:
    async with office.database.transaction() as tx:
        number = numbered(max(_FIRST_CASE, await cases.last_number(tx) + 1))
        case = Case(number, "complaint", "complaint", "general", VILLAGE, VILLAGE, 1, office.now, office.now)
        await cases.open_case(tx, OpenCase(case, Consent("complaint", "id", office.now, "setuju")), "telegram")
    office.opened.append(number)


async def _wrong(office: Office, made: Path, said: set[str], opened: set[str]) -> list[str]:
    """Put it where a database would be, and look: what is damaged, what is missing, whether the book holds."""
    fresh = office.folder / "restored.db"
    restore(made, fresh, office.now)
    try:
        wrong = _lost(fresh, said, opened, kept(office.now - DAY))
        database = await open_database(fresh, office.database.seal)
        try:
            wrong += [f"event {page.event}: {page.why}" async for page in cases.verify(database)]
        finally:
            await database.close()
    finally:
        fresh.unlink()
    held = backups(made.parent)
    wrong += [] if last_backup(made.parent) == office.now else ["it is not the last one"]
    return wrong + ([] if len(held) <= MOST_KEPT else [f"{len(held)} backups are kept"])


def _lost(file: Path, said: set[str], opened: set[str], lately: str) -> list[str]:
    """What was acknowledged before the copy began is in it; what came lately has its answer, which is not yet removed."""
    with closing(sqlite3.connect(file)) as copy:
        sound = copy.execute("pragma integrity_check").fetchone()[0]
        broken = copy.execute("pragma foreign_key_check").fetchall()
        taken = {name for (name,) in copy.execute("select external_id from inbox")}
        numbers = {number for (number,) in copy.execute('select number from "case"')}
        unanswered = copy.execute(_UNANSWERED, (lately,)).fetchone()[0]
    return [
        *([] if sound == "ok" else [sound]),
        *(f"broken reference {one}" for one in broken),
        *(f"lost: {one}" for one in sorted((said - taken) | (opened - numbers))),
        *([f"{unanswered} messages without an answer"] if unanswered else []),
    ]


def _outcome(office: Office, times: int) -> Outcome:
    assert office.during, "nothing was written while the backups were made"
    figures = (
        f"{times} backups, {office.during:,} messages and cases acknowledged while they were made, "
        f"{len(office.said) + len(office.opened):,} in all; each restored, opened and verified; {len(office.bad)} bad"
    )
    return Outcome(times, len(office.bad), "; ".join([figures, *office.bad[:9]]))
