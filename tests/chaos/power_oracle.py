"""What a database must hold after a cut: every row as it was after the last acknowledged commit, or after the one under way.

So a batch, with its inbox rows, its outgoing rows, the talks, the case and its event, is there whole or not at all, and
nothing is missing that somebody was told is stored.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.store import cases
from bot.store.database import Database, NotStored, Unusable, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from tests.chaos.power_day import KEY, PLACE
from tests.chaos.power_record import Record, contents

Wrong = Literal["", "unusable", "damaged", "lost", "half", "book", "stuck"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong after a cut, if anything is; `lost` counts acknowledged commits that are not there, `words` says more."""

    wrong: Wrong = ""
    lost: int = 0
    words: str = ""


async def judge(folder: Path, record: Record, cut: int) -> Verdict:
    """Start on what a cut after so many operations left behind, as the service starts, and hold it against the record."""
    path = folder / PLACE
    try:
        migrate(path)
        database = await open_database(path, Seal([KEY]))
    except Unusable as error:
        return Verdict("unusable", words=str(error))
    try:
        return await _looked_through(database, record, cut)
    except sqlite3.Error as error:
        return Verdict("damaged", words=str(error))
    finally:
        await database.close()


async def _looked_through(database: Database, record: Record, cut: int) -> Verdict:
    if said := _damage(database.path):
        return Verdict("damaged", words=said)
    verdict = _held_against(record, cut, database.path)
    if verdict.wrong:
        return verdict
    if broken := [one async for one in cases.verify(database)]:
        return Verdict("book", words=str(broken))
    return await _goes_on(database)


async def _goes_on(database: Database) -> Verdict:
    try:
        async with database.transaction() as tx:
            await tx.run("probe")
    except NotStored as error:
        return Verdict("stuck", words=str(error))
    return Verdict()


def _damage(path: Path) -> str:
    """What SQLite itself finds wrong, or nothing."""
    with closing(sqlite3.connect(path)) as file:
        (said,) = file.execute("pragma integrity_check").fetchone()
        dangling = file.execute("pragma foreign_key_check").fetchall()
    return "" if said == "ok" and not dangling else f"{said} {dangling}"


def _held_against(record: Record, cut: int, path: Path) -> Verdict:
    """The last commit acknowledged before the cut, or the one then under way, and no other."""
    found = contents(path)
    owed = max((at for at, one in enumerate(record.commits) if one.after <= cut), default=0)
    missing = promised(record, cut) - found.taken
    words = f"of what was promised there is missing: {', '.join(sorted(missing)) or 'nothing'}"
    if found.digest in [one.contents.digest for one in record.commits[owed : owed + 2]]:
        return Verdict("lost", words=words) if missing else Verdict()
    earlier = [at for at, one in enumerate(record.commits[:owed]) if one.contents.digest == found.digest]
    return Verdict("lost", owed - earlier[-1], words) if earlier else Verdict("half", words=words)


def promised(record: Record, cut: int) -> frozenset[str]:
    """The messages whose taking in was acknowledged before the cut, but for those the service forgot by itself one day."""
    given = frozenset[str]().union(*(one.ids for one in record.promises if one.after <= cut))
    return given - record.forgotten
