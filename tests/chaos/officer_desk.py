"""An officer in the pages of a service under trouble: reads, and writes notes into one case."""

import re
import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from bot.store.officers import hashed
from bot.store.times import kept

_TOKEN = re.compile(r'name="token" value="([^"]+)"')
_ADDRESS = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class OfficerDesk:
    """`kept` are the notes the pages said are kept, `tried` all that were sent."""

    browser: aiohttp.ClientSession
    url: str
    session: str
    case: str
    kept: int = 0
    tried: int = 0

    async def reads(self) -> bool:
        """Whether the day's list and the case can be read."""
        return all([await self._status(path) == 200 for path in ("/officers", f"/officers/case/{self.case}")])

    async def notes(self) -> bool:
        """Write a note; whether the page says that it is kept."""
        async with self.browser.get(self._at(), headers=self._headers) as answer:
            token = _TOKEN.search(await answer.text())
        assert token, "the case's page has no form"
        form = {"token": token[1], "nonce": secrets.token_urlsafe(12), "act": "note", "text": f"catatan {self.tried}"}
        self.tried += 1
        async with self.browser.post(self._at(), data=form, headers=self._headers, allow_redirects=False) as answer:
            self.kept += answer.status == 303
            return answer.status == 303

    def _at(self) -> str:
        return f"{self.url}/officers/case/{self.case}"

    @property
    def _headers(self) -> dict[str, str]:
        return {"Cookie": f"desk={self.session}", **_ADDRESS}

    async def _status(self, path: str) -> int:
        async with self.browser.get(f"{self.url}{path}", headers=self._headers) as answer:
            return answer.status


async def at_desk(browser: aiohttp.ClientSession, url: str, database: Path) -> OfficerDesk:
    """Who runs the machine comes in by a link, and sits before the only case."""
    link, until = secrets.token_urlsafe(24), datetime.now(UTC) + timedelta(hours=1)
    with closing(sqlite3.connect(database, isolation_level=None)) as by_hand:
        (case,) = by_hand.execute('select number from "case"').fetchone()
        by_hand.execute(
            "insert into login (token_hash, officer_id, expires_at) select ?, min(id), ? from officer",
            (hashed(link), kept(until)),
        )
    async with browser.post(f"{url}/officers/login/{link}", headers=_ADDRESS, allow_redirects=False) as answer:
        return OfficerDesk(browser, url, answer.cookies["desk"].value, case)
