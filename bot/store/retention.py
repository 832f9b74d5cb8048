"""How long each kind of thing is kept, and its removal when the time has come."""

from datetime import datetime, timedelta

from bot.store.database import Transaction
from bot.store.times import kept

SAID = timedelta(days=1)
SENT = timedelta(days=30)
TALKS = timedelta(days=365)
LOGINS = timedelta(days=1)
STATISTICS = timedelta(days=400)


async def tidy(tx: Transaction, now: datetime) -> None:
    """Once a minute: small pieces, so that nobody waits."""
    await tx.run("tidy_said", {"before": kept(now - SAID)})
    await tx.run("tidy_web_letters", {"before": kept(now - SAID)})
    await tx.run("tidy_outgoing", {"before": kept(now - SENT)})
    await tx.run("tidy_logins", {"before": kept(now - LOGINS)})
    await tx.run("tidy_answered", {"before": kept(now - STATISTICS)})
    await tx.run("tidy_unanswered", {"before": kept(now - STATISTICS)})
