"""What was answered, what helped and what nobody could answer; and what is counted for the metrics page."""

from collections.abc import Iterable
from datetime import datetime

from bot.model.effects.people import Answered, Corrected, Forget, Meant, Rated, Unanswered, Withheld
from bot.store import editions, post
from bot.store.database import Reads, Transaction
from bot.store.times import kept

Seen = Answered | Withheld | Corrected | Rated | Unanswered | Meant


async def note(tx: Transaction, seen: Iterable[tuple[int, Seen]], at: datetime) -> None:
    """Write down what happened to questions: (person, what)."""
    listed = list(seen)
    await editions.keep(tx, [what.edition for _, what in listed if isinstance(what, Answered)], at)
    rows: dict[str, list[dict[str, object]]] = {}
    for person, what in listed:
        name, row = _row(person, what)
        rows.setdefault(name, []).append({**row, "at": kept(at)})
    for name in sorted(rows, key=lambda name: name == "meant"):  # after the question it is about
        await tx.many(name, rows[name])


def _row(person: int, what: Seen) -> tuple[str, dict[str, object]]:
    """The statement that writes it down, and its values."""
    match what:
        case Answered(topic, language, version, edition):
            told = {"topic": topic, "language": language, "version": version, "edition": edition.code}
            return "answered", {"person": person, **told}
        case Withheld(topic, version):
            return "withheld", {"topic": topic, "version": version}
        case Corrected(code, state):
            return "corrected", {"person": person, "code": code, "state": state}
        case Rated(topic, helped, language, version):
            return "rated", {"topic": topic, "helped": int(helped), "language": language, "version": version}
        case Unanswered(text, language, offered):
            return "unanswered", {"text": text, "language": language, "offered": _listed(offered)}
        case Meant(text, offered, topic):
            return "meant", {"text": text, "offered": _listed(offered), "topic": topic}


def _listed(topics: Iterable[str]) -> str:
    return ",".join(topics)


async def forget(tx: Transaction, doing: Forget) -> None:
    """Remove what is kept of a person beyond the talk (saved empty) and their cases."""
    await tx.run("forget_person", {"person": doing.person})
    await tx.run("forget_said", {"person": doing.person})
    await tx.run("forget_letters", {"person": doing.person})
    await tx.run("forget_corrected", {"person": doing.person})
    await tx.run("forget_broadcasts", {"person": doing.person})
    await tx.run("unsubscribe", {"person": doing.person})


async def totals(reads: Reads) -> dict[str, int]:
    """The counts of the metrics page."""
    row = await reads.row("totals")
    return {name: int(row[name]) for name in row.keys()} if row else {}  # noqa: SIM118


async def oldest_waiting(reads: Reads) -> str:
    """Since when the oldest unsent reply or notice waits, as kept; "" when none does. News may wait for the morning."""
    row = await reads.row("oldest_unsent", {"priority": post.NOTICE})
    return row["created_at"] if row else ""


async def corrections(reads: Reads, since: datetime) -> dict[str, int]:
    """How many people heard of answers that have changed since: told, owed, unreachable."""
    rows = await reads.rows("spread_of_corrections", {"since": kept(since)})
    return dict.fromkeys(("told", "owed", "unreachable"), 0) | {row["state"]: row["people"] for row in rows}
