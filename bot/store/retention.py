"""How long each kind of thing is kept, and its removal when the time has come."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.model.conversation import Conversation, Filling, JustSaid
from bot.store import cases, people
from bot.store.database import Transaction
from bot.store.times import kept

SAID = timedelta(days=1)
DRAFTS = timedelta(days=7)
SENT = timedelta(days=30)
LOGINS = timedelta(days=1)
STATISTICS = timedelta(days=400)
MONTH = timedelta(days=30.44)


async def tidy(tx: Transaction, now: datetime, keep_months: Mapping[str, int]) -> None:
    """Once a minute, in small pieces, so that nobody waits. `keep_months` is what each form promised."""
    await tx.run("tidy_said", {"before": kept(now - SAID)})
    await tx.run("tidy_web_letters", {"before": kept(now - SAID)})
    await tx.run("tidy_outgoing", {"before": kept(now - SENT)})
    await tx.run("tidy_logins", {"before": kept(now - LOGINS)})
    await tx.run("tidy_answered", {"before": kept(now - STATISTICS)})
    await tx.run("tidy_unanswered", {"before": kept(now - STATISTICS)})
    await tx.run("tidy_corrected", {"before": kept(now - STATISTICS)})
    await _drop_drafts(tx, now - DRAFTS)
    for form, months in keep_months.items():
        await _erase_cases(tx, form, now - months * MONTH)


async def _drop_drafts(tx: Transaction, before: datetime) -> None:
    """A form left unsent and what was said last are forgotten; the talk around stays, and is not taken for heard from."""
    for row in await tx.rows("old_drafts", {"before": kept(before)}):
        talk = tx.seal.open(Conversation, row["talk_sealed"])
        filling = talk.filling if talk.filling and _fresh(talk.filling, before) else None
        paused = tuple(one for one in talk.paused if _fresh(one, before))
        said = talk.just_said if _fresh(talk.just_said, before) else JustSaid()
        await people.save(tx, [talk.but(filling=filling, paused=paused, just_said=said)])


async def _erase_cases(tx: Transaction, form: str, before: datetime) -> None:
    """What was filled in and written goes; that the case was, and its chain of events, stays."""
    for row in await tx.rows("old_cases", {"form": form, "before": kept(before)}):
        await cases.erase(tx, row["number"])


def _fresh(one: Filling | JustSaid, before: datetime) -> bool:
    return one.touched is not None and one.touched >= before
