"""What was answered, what helped and what nobody could answer; and what is counted for the metrics page."""

from collections.abc import Iterable
from datetime import datetime

from bot.model.step import Answered, Corrected, Forget, Meant, Rated, Unanswered, Withheld
from bot.store import editions
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
    await tx.run("unsubscribe", {"person": doing.person})


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
