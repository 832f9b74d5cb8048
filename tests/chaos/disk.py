"""F3: the disk is full, below the floor, to the last byte and at a start; and a file may not grow in the middle of a write.

People write all the while, by Telegram and in the web chat. What was acknowledged must be in the database, now and in the
end; the others are told to come again, and are served within 5 seconds once there is room, without a restart.
"""

import asyncio
import random
import resource
import secrets
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from bot.web.forms import once
from bot.web.sessions import chat_of
from tests.bot_user import FakeUser
from tests.chaos.crashing import NOWHERE
from tests.chaos.installation import Installation, installation
from tests.chaos.ledger import Caller, Key, Ledger, Visitor
from tests.chaos.officer_desk import OfficerDesk, at_desk
from tests.chaos.outcome import Outcome
from tests.chaos.reckoning import reckon
from tests.chaos.small_content import small_content
from tests.chaos.small_disk import SmallDisk, small_disk
from tests.end_to_end.service import register

MIB = 1024 * 1024
SIZE, FLOOR, BALLAST = 64, 8, 4
FLOORED, BRIM, STARTED, LIMITED = "below the floor", "to the last byte", "at a start", "amid a write"
_WITHIN, _TIMED = 5.0, 60  # seconds; held against only in the long form, where nothing else is at work
_PATIENCE = 60.0
_LATEST = 0.05
_TRIES = 5
_OPEN = "select count(*) from outgoing where state in ('waiting', 'sending')"


@dataclass
class Town:
    """One installation on a disk that fills, and its people. `faults` say in a line each which promise was broken."""

    house: Installation
    database: Path
    disk: SmallDisk | None
    browser: aiohttp.ClientSession
    operator: FakeUser
    timed: bool
    chance: random.Random = field(default_factory=lambda: random.Random(3))
    ledger: Ledger = field(default_factory=Ledger)
    numbers: Iterator[int] = field(default_factory=lambda: count(5001))
    made: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    kills: list[int] = field(default_factory=list)
    repeats: int = 0
    recoveries: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> Sequence[str]:
        """What can be done to it."""
        return (FLOORED, BRIM, LIMITED, STARTED) if self.disk else (LIMITED,)

    @property
    def ballast(self) -> Path:
        return self.database.with_name(f"{self.database.name}.ballast")


async def run(times: int) -> Outcome:
    """So many times, in turns."""
    with TemporaryDirectory(prefix="desmigratif-chaos-") as name, small_disk(Path(name) / "disk", SIZE) as disk:
        return _outcome(await _lived(Path(name), disk, times))


async def _lived(folder: Path, disk: SmallDisk | None, times: int) -> Town:
    content, cache, database = small_content(folder / "content", "2026.1.1"), folder / "cache", folder / "disk/house.db"
    settings = {"CONTENT_DIR": str(content), "CACHE_DIR": str(cache), "DATABASE_URL": f"sqlite:///{database}"}
    settings |= {"DISK_FLOOR_MB": str(FLOOR), "BALLAST_MB": str(BALLAST), "BACKUP_HOURS": "0"}
    settings |= {"TELEGRAM_PER_SECOND": "1000"}
    module = ("tests.chaos.crashing", str(cache), str(content))
    async with (
        installation(folder / "house", *module, **settings) as house,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as browser,
        FakeUser(house.street, 1, language="id") as operator,
    ):
        town = Town(house, database, disk, browser, operator, times >= _TIMED)
        await _opens(town)
        desk = await _case_at_hand(town)
        for number in range(times):
            await _one(town, desk, town.kinds[number % len(town.kinds)])
        await _settled(town, desk)
        return town


async def _opens(town: Town) -> None:
    await town.house.begin(NOWHERE, "1", "serve")
    assert await town.house.opened(), town.house.errors()


async def _case_at_hand(town: Town) -> OfficerDesk:
    """Somebody has handed something in, so that there is work for an officer."""
    async with FakeUser(town.house.street, next(town.numbers), language="id") as user:
        await register(user)
        town.ledger.sent.append(str(user.chat))
    return await at_desk(town.browser, town.house.url, town.database)


async def _one(town: Town, desk: OfficerDesk, kind: str) -> None:
    """One trouble from its beginning to its end, with people writing all through it."""
    await _ballasted(town)
    people = asyncio.gather(*(_calls(town) for _ in range(2)), *(_visits(town) for _ in range(2)))
    await asyncio.sleep(town.chance.uniform(0, _LATEST))
    serving = await _begins(town, kind)
    if serving:
        await _knock(town, kind)
        await _meanwhile(town, desk, kind)
    _unsaved(town, kind)
    room = time.monotonic()
    _ends(town)
    if not serving:
        await _opens(town)
    await people
    await town.operator.ask("pending", most=0, timeout=_PATIENCE)
    town.recoveries.append(time.monotonic() - room)
    if serving and town.timed and town.recoveries[-1] > _WITHIN:
        town.faults.append(f"{kind}: people were served {town.recoveries[-1]:.1f} s after there was room")
    town.made[kind] += 1


async def _ballasted(town: Town) -> None:
    """The ballast lies in its place again."""
    async with asyncio.timeout(_PATIENCE):
        while not town.ballast.exists() or town.ballast.stat().st_size != BALLAST * MIB:
            await asyncio.sleep(0.05)


async def _calls(town: Town) -> None:
    async with FakeUser(town.house.street, next(town.numbers), language="id") as user:
        for text in ("menu", "paspor saya ditahan majikan"):
            await Caller(user, town.ledger).say(text)


async def _visits(town: Town) -> None:
    for text in ("menu", "berapa biaya ke luar negeri"):
        await Visitor(town.browser, town.house.url, town.ledger).say(text)


async def _begins(town: Town, kind: str) -> bool:
    """The trouble; whether there is still a service then."""
    if kind == LIMITED or not town.disk:
        return True
    town.disk.fill(FLOOR * MIB // 2 if kind == FLOORED else 0)
    if kind != STARTED:
        return True
    town.house.end()
    await town.house.ended()
    town.kills.append(town.house.starts)
    await town.house.begin(NOWHERE, "1", "serve")
    return await town.house.opened()


async def _knock(town: Town, kind: str) -> None:
    """Strangers come to the web chat until one of them is turned away, kindly; files may grow less with each."""
    wal = town.database.with_name(f"{town.database.name}-wal")
    limit = wal.stat().st_size + town.chance.randrange(32_768)
    async with asyncio.timeout(_PATIENCE):
        while True:
            if kind == LIMITED:
                limit = int(limit * town.chance.uniform(0.6, 1))
                _limit(town, limit)
            status, again, page = await _stranger(town)
            if status == 503:
                break
    town.refused += 1
    if not again or "tel:" not in page:
        town.faults.append(
            f"{kind}: turned away without a word of when to come again, or without the emergency numbers"
        )


async def _stranger(town: Town) -> tuple[int, str, str]:
    """One try to write, never made again: the status, when to come again, and the page."""
    token, form = secrets.token_urlsafe(24), {"nonce": secrets.token_urlsafe(12), "language": "id", "text": "menu"}
    headers = {"Cookie": f"desmigratif={token}", "Sec-Fetch-Site": "same-origin"}
    url, chat = f"{town.house.url}/chat", chat_of(token)
    async with town.browser.post(url, data=form, headers=headers, allow_redirects=False) as answer:
        if answer.status == 303:
            town.ledger.said.append((chat.channel, chat.account, once(form, chat.chat, "text", form["text"])))
        return answer.status, answer.headers.get("Retry-After", ""), await answer.text()


async def _meanwhile(town: Town, desk: OfficerDesk, kind: str) -> None:
    """What must still be so."""
    if not await desk.reads():
        town.faults.append(f"{kind}: the officers' pages cannot be read")
    if kind == LIMITED:
        return
    if kind == BRIM:
        await _given_up(town, desk)
    if not any([await desk.notes() for _ in range(_TRIES)]):
        town.faults.append(f"{kind}: an officer cannot work")
    async with town.browser.get(f"{town.house.url}/ready") as answer:
        if answer.status != 503:
            town.faults.append(f"{kind}: it says that it is ready")


async def _given_up(town: Town, desk: OfficerDesk) -> None:
    """The officer works until SQLite's log has used up the room it had, and the ballast is needed."""
    async with asyncio.timeout(_PATIENCE):
        while town.ballast.exists():
            await desk.notes()


def _limit(town: Town, size: int | None) -> None:
    """No file of the service may grow beyond this: SQLite's log fails in the middle. None lets them grow again."""
    _, hard = resource.prlimit(town.house.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(town.house.pid, resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


def _ends(town: Town) -> None:
    if town.disk:
        town.disk.empty()
    if town.house.pid:
        _limit(town, None)


def _unsaved(town: Town, kind: str) -> None:
    """What the web chat took is there, while the trouble lasts."""
    taken = [one for one in town.ledger.said if one[0] == "web"]
    with closing(sqlite3.connect(f"file:{town.database}?mode=ro", uri=True)) as database:
        kept: set[Key] = set(database.execute("select channel, account, external_id from inbox"))
    town.faults += [f"{kind}: acknowledged and not saved: {one}" for one in taken if one not in kept]


async def _settled(town: Town, desk: OfficerDesk) -> None:
    """In the end everything is sent, sound, and there as often as was acknowledged."""
    until = time.monotonic() + _PATIENCE
    with closing(sqlite3.connect(f"file:{town.database}?mode=ro", uri=True)) as database:
        while database.execute(_OPEN).fetchone()[0] and time.monotonic() < until:
            await asyncio.sleep(0.1)
        notes = database.execute("select count(*) from event where kind = 'note'").fetchone()[0]
    if not desk.kept <= notes <= desk.tried:
        town.faults.append(f"{notes} notes of {desk.kept} acknowledged and {desk.tried} tried")
    town.house.end(signal.SIGTERM)
    await town.house.ended()
    await town.house.printed(NOWHERE, "1", "verify")
    found = reckon(town.database, town.ledger, await town.operator.ask("log"))
    town.faults += found.faults
    town.repeats = len(found.repeats)
    town.faults += found.unexcused(town.kills)
    if "Traceback" in town.house.errors():
        town.faults.append("a traceback in the log")


def _outcome(town: Town) -> Outcome:
    kinds = ", ".join(f"{many} {kind}" for kind, many in town.made.items())
    where = "a file system of 64 MB" if town.disk else "file-size limits only (mounting is not allowed here)"
    times = sorted(town.recoveries)
    figures = (
        f"{where}: {kinds}; {len(town.ledger.said):,} messages, {town.refused} told to come again, all served "
        f"{times[len(times) // 2]:.1f} s (median) and {times[-1]:.1f} s (worst) after there was room; "
        f"{town.repeats} repeated replies by {len(town.kills)} kills on a full disk; {len(town.faults)} faults"
    )
    return Outcome(town.made.total(), len(town.faults), "; ".join([figures, *town.faults[:9]]))
