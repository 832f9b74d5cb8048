"""Makes the files of cases and of statistics, and writes down who had them made and why.

A file is made once. Where names leave the house, the book of each case says so, in the same commit.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from bot import reporting, sheets
from bot.casework import looks, periods
from bot.casework.periods import Period
from bot.model.case import Case, Event, Officer, Scope
from bot.model.export import Wish
from bot.sheets import Sheet
from bot.store import cases, exports
from bot.store.database import Database, Reads, Transaction
from bot.wording import Wording
from bot.wording.sheets import Heads

MOST, MOST_PERSONAL = 10_000, 500
"""Rows of a file of cases; with names in it."""


class TooMany(Exception):
    """There are more cases than a file may hold."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, by what right, in which language; without an officer it is the operator."""

    wish: Wish
    period: Period
    language: str
    officer: Officer | None = None

    @property
    def scope(self) -> Scope:
        """What of the wished unit may be seen."""
        return Scope(self.wish.unit, self.officer.id if self.officer else 0)


async def export(database: Database, wording: Wording, asking: Asking, now: datetime, *, keep: bool) -> bytes:
    """Make the file and write it down; with `keep` it lies ready for its officer. Raises `TooMany`.

    Where names are in it, it is made inside the transaction: what it holds and what the books say cannot differ.
    """
    if asking.wish.personal:
        async with database.transaction() as tx:
            if await exports.known(tx, asking.wish.key):
                return b""
            found = await _found(tx, asking)
            await _note(tx, found, asking, now)
            return await _made(tx, Heads(wording, asking.language).cases(found, personal=True), asking, now, keep)
    sheet = await _covered(database, wording, asking, now)
    async with database.transaction() as tx:
        return await _made(tx, sheet, asking, now, keep)


async def _made(tx: Transaction, sheet: Sheet, asking: Asking, now: datetime, keep: bool) -> bytes:
    body = await asyncio.to_thread(sheets.drawn, sheet, asking.wish.format)
    await exports.add(tx, asking.wish, len(sheet.lines), body if keep else None, now)
    return body


async def _covered(database: Database, wording: Wording, asking: Asking, now: datetime) -> Sheet:
    """A file without names: of statistics, or of cases with what names a person covered."""
    heads = Heads(wording, asking.language)
    if asking.wish.what == "cases":
        return heads.cases(await _found(database, asking), personal=False)
    kinds = reporting.kinds_of(wording.release)
    report = await reporting.gather(database, asking.scope, asking.period, kinds, now)
    return heads.statistics(report.unit, report.by_unit, report.by_month, kinds)


async def _found(reads: Reads, asking: Asking) -> list[Case]:
    most = MOST_PERSONAL if asking.wish.personal else MOST
    found: list[Case] = []
    async for case in exports.cases_of(reads, asking.scope, asking.period):
        if len(found) >= most:
            raise TooMany
        found.append(case)
    return found


async def _note(tx: Transaction, found: list[Case], asking: Asking, now: datetime) -> None:
    """Each case's book says that its names left, why, and who has them; the person may ask."""
    who = asking.officer
    why = looks.written("other", asking.wish.words)
    for case in found:
        await cases.write(
            tx, Event(case.number, "exported", now, who.person if who else 0, who.name if who else "", why)
        )


def asked(wish: Wish, language: str, officer: Officer | None) -> Asking | None:
    """The wish as it may be carried out: None for a time there is none of, or a place out of the officer's sight.

    Names leave only with somebody who oversees others' work.
    """
    period = periods.read_period(wish.period)
    if period is None or (officer and not officer.scope.sees(wish.unit)):
        return None
    personal = wish.personal and wish.what == "cases" and (officer is None or officer.role != "officer")
    return Asking(replace(wish, personal=personal), period, language, officer)
