"""What was answered, what helped and what nobody could answer; and what is counted for the metrics page."""

from collections.abc import Iterable
from datetime import datetime

from bot.model.step import Answered, Forget, Rated, Unanswered
from bot.store.database import Reads, Transaction
from bot.store.times import kept


async def note(tx: Transaction, seen: Iterable[tuple[int, Answered | Rated | Unanswered]], at: datetime) -> None:
    """Write down what happened to questions: (person, what)."""
    moment = kept(at)
    answered, rated, unanswered = [], [], []
    for person, what in seen:
        match what:
            case Answered(topic, language, version):
                answered.append(
                    {"person": person, "topic": topic, "language": language, "version": version, "at": moment}
                )
            case Rated(topic, helped):
                rated.append({"topic": topic, "helped": int(helped), "at": moment})
            case Unanswered(text, language):
                unanswered.append({"text": text, "language": language, "at": moment})
    await tx.many("answered", answered)
    await tx.many("rated", rated)
    await tx.many("unanswered", unanswered)


async def forget(tx: Transaction, doing: Forget) -> None:
    """Remove what is kept of a person beyond the talk (saved empty) and their cases."""
    await tx.run("forget_person", {"person": doing.person})
    await tx.run("forget_said", {"person": doing.person})
    await tx.run("forget_letters", {"person": doing.person})


async def totals(reads: Reads) -> dict[str, int]:
    """The counts of the metrics page."""
    row = await reads.row("totals")
    found = {name: int(row[name]) for name in row.keys()} if row else {}  # noqa: SIM118
    for state in await reads.rows("outbox_counts"):
        found[f"outbox_{state['state']}"] = int(state["many"])
    aside = await reads.row("counts_set_aside")
    return {**found, "set_aside": int(aside["many"]) if aside else 0}


async def oldest_waiting(reads: Reads) -> str:
    """Since when the oldest unsent message waits, as kept; "" when none does."""
    rows = await reads.rows("outbox_counts")
    return min((row["oldest"] for row in rows if row["state"] in ("waiting", "sending")), default="")
