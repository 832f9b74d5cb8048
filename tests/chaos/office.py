"""What officers do besides the cases, while the service dies: messages to many, and files they have made in the pages."""

import asyncio
import re
import secrets
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import aiohttp

from bot.config import read_config
from bot.model.broadcast import Broadcast
from bot.model.case import Scope
from bot.store import broadcasts, officers
from bot.store.database import open_database
from bot.store.officers import hashed
from bot.store.seal import Seal
from bot.store.times import kept
from tests.bot_user import FakeUser
from tests.chaos import filling, silent
from tests.chaos.installation import Installation
from tests.chaos.ledger import Caller, Ledger

NEIGHBOURS, VILLAGE = range(8201, 8204), "35.05.01.2002"
"""Those who are written to: they have asked an ordinary question, which nobody answers."""
_OFFICER = "select id from officer where unit = ?"
_AGAIN, _EACH, _PATIENCE = 0.1, 0.5, 20.0
_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_ADDRESS = {"Sec-Fetch-Site": "same-origin"}
_WISH = {"what": "cases", "personal": "1", "format": "csv", "reason": "audit", "words": "pemeriksaan buku kasus"}
_BROUGHT = """
select count(distinct o.cause), count(o.id) from outgoing o join inbox i on i.id = o.cause
where i.external_id like 'broadcast:%'"""
_ON_THE_WAY = "select count(*) from broadcast where state <> 'done'"
_FILES = "select count(*) from export"
_EXPORTED = """
select c.number, (select count(*) from event e where e.case_number = c.number and e.kind = 'exported')
from "case" c where c.unit = ?"""


@dataclass
class Office:
    """`sent` are the messages to many, `made` the files the pages said are there; `ahead` is how far the wall clock is off."""

    house: Installation
    ahead: timedelta
    open: bool = False
    closing: bool = False
    sent: int = 0
    made: int = 0

    async def announce(self) -> None:
        """One more message goes to the neighbours; to be done while no service runs."""
        keys = read_config({}, self.house.folder).keys
        database, now = await open_database(self.house.database, Seal(list(keys))), datetime.now(UTC) + self.ahead
        author = self._officer(silent.DISTRICT)
        scope, words = Scope(silent.DISTRICT, author), {"id": f"Kabar nomor {self.sent} dari kantor."}
        try:
            async with database.transaction() as tx:
                one = Broadcast(0, author, "", scope, (VILLAGE,), ("ask-officer",), words, now)
                second = await officers.officer(tx, self._officer(silent.VILLAGE))
                assert second is not None
                id = await broadcasts.add(tx, one, f"kabar-{self.sent}")
                assert await broadcasts.decide(tx, replace(one, id=id), second, now, agreed=True)
        finally:
            await database.close()
        self.sent += 1

    async def makes_files(self) -> None:
        """One after the other, each asked for by the same form until the page says that it is there."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as browser:
            session, token = "", ""
            while not (session := session or await self._enters(browser)):
                await asyncio.sleep(_EACH)
            headers = {"Cookie": f"desk={session}", **_ADDRESS}
            while not (token := await self._token(browser, headers)):
                await asyncio.sleep(_AGAIN)
            while not self.closing:
                month = f"{datetime.now(UTC) + self.ahead:%Y-%m}"
                form = {
                    **_WISH,
                    "unit": silent.DISTRICT,
                    "period": month,
                    "token": token,
                    "nonce": secrets.token_urlsafe(12),
                }
                while await self._status(browser, headers, form) != 303:
                    await asyncio.sleep(_AGAIN)
                self.made += 1
                await asyncio.sleep(_EACH)

    async def done(self) -> None:
        """Until every message to many has come to all; after a while of waiting, what has not is left to be counted."""
        until = time.monotonic() + _PATIENCE
        while self._on_the_way() and time.monotonic() < until:
            await asyncio.sleep(_AGAIN)

    def _on_the_way(self) -> int:
        return self._number(_ON_THE_WAY)

    def _officer(self, unit: str) -> int:
        return self._number(_OFFICER, unit)

    def _number(self, query: str, *given: str) -> int:
        with closing(sqlite3.connect(self.house.database)) as database:
            return int(database.execute(query, given).fetchone()[0])

    def faults(self) -> list[str]:
        """Each message came to each neighbour once, each file was made once and stands once in the book of each case in it."""
        with closing(sqlite3.connect(self.house.database)) as database:
            brought, letters = database.execute(_BROUGHT).fetchone()
            files = database.execute(_FILES).fetchone()[0]
            exported = database.execute(_EXPORTED, (silent.VILLAGE,)).fetchall()
        meant, on_the_way = self.sent * len(NEIGHBOURS), self._on_the_way()
        return [
            *(
                [f"{brought} of {meant} messages to many, as {letters} letters"]
                if (brought, letters) != (meant, meant)
                else []
            ),
            *([f"{on_the_way} messages to many are still on their way"] if on_the_way else []),
            *([f"{files} files were made of {self.made}"] if files != self.made else []),
            *(
                f"{many} files of {files} stand in the book of case {number}"
                for number, many in exported
                if many != files
            ),
        ]

    async def _enters(self, browser: aiohttp.ClientSession) -> str:
        """By a link given at the machine; the session, "" when the service died over it, or held the database just then."""
        link, until = secrets.token_urlsafe(24), datetime.now(UTC) + self.ahead + timedelta(minutes=10)
        row = (hashed(link), self._officer(silent.DISTRICT), kept(until))
        try:
            with closing(sqlite3.connect(self.house.database, isolation_level=None, timeout=_AGAIN)) as by_hand:
                by_hand.execute("insert into login (token_hash, officer_id, expires_at) values (?, ?, ?)", row)
            url = f"{self.house.url}/officers/login/{link}"
            async with browser.post(url, headers=_ADDRESS, allow_redirects=False) as answer:
                return answer.cookies["desk"].value if answer.status == 303 else ""
        except (aiohttp.ClientError, TimeoutError, sqlite3.OperationalError):
            return ""

    async def _token(self, browser: aiohttp.ClientSession, headers: dict[str, str]) -> str:
        try:
            async with browser.get(f"{self.house.url}/officers/exports", headers=headers) as answer:
                found = _TOKEN.search(await answer.text())
                return found[1] if found else ""
        except (aiohttp.ClientError, TimeoutError):
            return ""

    async def _status(self, browser: aiohttp.ClientSession, headers: dict[str, str], form: dict[str, str]) -> int:
        try:
            url = f"{self.house.url}/officers/exports"
            async with browser.post(url, data=form, headers=headers, allow_redirects=False) as answer:
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0


async def hand_in(street: str, ledger: Ledger) -> None:
    """The neighbours ask what anybody asks."""
    await asyncio.gather(*(_asks(street, ledger, chat) for chat in NEIGHBOURS))


async def _asks(street: str, ledger: Ledger, chat: int) -> None:
    async with FakeUser(street, chat, "id") as user:
        one = Caller(user, ledger)
        await filling.begin(one, "ask-officer")
        await filling.fill_in(one, "ask-officer", filling.ASK, {"past-village:ask-officer:yes": f"village:{VILLAGE}"})
        ledger.sent.append(one.chat)
