"""How long each kind of thing is kept, and its removal when the time has come."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.model.conversation import Conversation, Filling, JustSaid
from bot.store import cases, people, practice
from bot.store.database import Database, Transaction
from bot.store.times import kept

SAID = timedelta(days=1)
DRAFTS = timedelta(days=7)
PRACTICES = timedelta(days=7)
SENT = timedelta(days=30)
LOGINS = timedelta(days=1)
RECEIVED = timedelta(days=35)
PARKED = timedelta(days=7)
TRIED = timedelta(minutes=10)
STATISTICS = timedelta(days=400)
EXPIRED = timedelta(0)
MONTH = timedelta(days=30.44)
PIECE, MOST_PIECES, FEW_CASES = 200, 10, 10
_PIECES = (
    ("tidy_said", SAID),
    ("tidy_web_letters", SAID),
    ("tidy_outgoing", SENT),
    ("tidy_inbox", RECEIVED),
    ("tidy_logins", LOGINS),
    ("tidy_invites", EXPIRED),
    ("tidy_answered", STATISTICS),
    ("tidy_unanswered", STATISTICS),
    ("tidy_corrected", STATISTICS),
    ("tidy_broadcasts", STATISTICS),
    ("tidy_exports", EXPIRED),
    ("tidy_parked", PARKED),
    ("tidy_arrivals", RECEIVED),
    ("tidy_join_codes", EXPIRED),
    ("tidy_join_tries", LOGINS),
    ("tidy_attempts", TRIED),
)


async def tidy(database: Database, now: datetime, keep_months: Mapping[str, int]) -> None:
    """Once a minute, in small pieces committed one by one, so that nobody waits. `keep_months` is what each form promised."""
    for piece, age in _PIECES:
        for _ in range(MOST_PIECES):
            async with database.transaction(beside=True) as tx:
                removed = await tx.run(piece, {"before": kept(now - age), "most": PIECE})
            if removed < PIECE:
                break
    async with database.transaction() as tx:
        await _drop_drafts(tx, now - DRAFTS)
        await practice.end_those_left(tx, now - PRACTICES, now)
    for form, months in keep_months.items():
        await _erase_old(database, form, now - months * MONTH)


async def _drop_drafts(tx: Transaction, before: datetime) -> None:
    """A form left unsent and what was said last are forgotten; the talk around stays, and is not taken for heard from."""
    for row in await tx.rows("old_drafts", {"before": kept(before)}):
        talk = tx.seal.open(Conversation, row["talk_sealed"])
        filling = talk.filling if talk.filling and _fresh(talk.filling, before) else None
        paused = tuple(one for one in talk.paused if _fresh(one, before))
        said = talk.just_said if _fresh(talk.just_said, before) else JustSaid()
        await people.save(tx, [talk.but(filling=filling, paused=paused, just_said=said)])


async def _erase_old(database: Database, form: str, before: datetime) -> None:
    """What was filled in and written goes; that the case was, and its chain of events, stays. Few at once: much hangs on one."""
    for _ in range(MOST_PIECES):
        async with database.transaction() as tx:
            rows = await tx.rows("old_cases", {"form": form, "before": kept(before), "most": FEW_CASES})
            for row in rows:
                await cases.erase(tx, row["number"])
        if len(rows) < FEW_CASES:
            break


def _fresh(one: Filling | JustSaid, before: datetime) -> bool:
    return one.touched is not None and one.touched >= before
