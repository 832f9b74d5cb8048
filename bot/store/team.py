"""Officers as whoever oversees them sees them, by the right of the one who looks."""

from datetime import datetime

from bot.model.case import Case, Officer
from bot.model.effects.offices import SetCap
from bot.model.team import AskedHelp, Member, Team
from bot.store.cases import case_of_row, sight
from bot.store.database import Reads, Row, Transaction
from bot.store.times import kept, moment

MOST_ASKED, MOST_HELD = 20, 200


async def of(reads: Reads, who: Officer, now: datetime, holder: int = 0) -> Team:
    """Everybody at this officer's place and below it; with the cases of the `holder` among them."""
    given = {**sight(who.scope), "now": kept(now)}
    members = [_member(row, now) for row in await reads.rows("team", given)]
    asked = await reads.rows("help_asked", {**sight(who.scope), "limit": MOST_ASKED})
    waiting = await reads.row("taken_by_nobody", sight(who.scope))
    return Team(
        tuple(members),
        tuple(AskedHelp(row["case_number"], moment(row["at"]), row["by_name"]) for row in asked),
        waiting["many"] if waiting else 0,
        await _held(reads, who, holder) if holder else (),
    )


async def set_cap(tx: Transaction, doing: SetCap) -> None:
    """How much an officer takes on."""
    await tx.run("set_cap", {"id": doing.officer, "cap": doing.cap})


async def _held(reads: Reads, who: Officer, holder: int) -> tuple[Case, ...]:
    rows = await reads.rows("cases_held", {**sight(who.scope), "holder": holder, "limit": MOST_HELD})
    return tuple(case_of_row(reads, row) for row in rows)


def _member(row: Row, now: datetime) -> Member:
    until = moment(row["away_until"]) if row["away_until"] else None
    away = until if until and until > now else None
    officer = Officer(row["id"], row["person_id"], row["name"], row["role"], row["unit"], away is not None, row["cap"])
    oldest = moment(row["oldest"]) if row["oldest"] else None
    return Member(officer, away, row["open"], row["overdue"], oldest)
