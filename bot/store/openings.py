"""Who saw what stands in a case: for its person, who may ask, and for the watch over unusual reading."""

from datetime import datetime

from bot.model.book import Look, Opening
from bot.store.cases import Body
from bot.store.database import Reads, Row
from bot.store.times import kept, moment

MOST = 40


async def of_person(reads: Reads, person: int) -> tuple[Opening, ...]:
    """Who opened this person's own cases, the newest first."""
    rows = await reads.rows("openings_of_person", {"person": person, "limit": MOST})
    return tuple(_opening(reads, row) for row in rows)


async def by(reads: Reads, person: int, since: datetime) -> tuple[Look, ...]:
    """What somebody opened since then, in order; pretend cases are not counted."""
    rows = await reads.rows("openings_by", {"person": person, "since": kept(since)})
    return tuple(Look(row["case_number"], row["person_id"], moment(row["at"]), bool(row["held"])) for row in rows)


def _opening(reads: Reads, row: Row) -> Opening:
    body = reads.seal.open(Body, row["body_sealed"]) if row["body_sealed"] else Body("", "")
    return Opening(row["case_number"], row["kind"], moment(row["at"]), row["by_name"], row["unit"], body.text)
