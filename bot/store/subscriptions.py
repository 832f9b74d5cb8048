"""Who wants to hear of new vacancies, and which vacancies have been told of.

New vacancies are told of in rounds. A round is written down before anybody is told and closed when everybody was, so that
after a kill in the middle the same round is finished, not another one begun.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.conversation import Sought
from bot.model.effects.people import Subscribe, Unsubscribe
from bot.store.database import Reads, Transaction
from bot.store.times import kept


@dataclass(frozen=True, slots=True)
class Round:
    """Vacancies told of together; `at` is when they were new, as kept."""

    at: str
    vacancies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody, and one thing they want to hear of."""

    person: int
    wish: Sought


async def change(tx: Transaction, person: int, wish: Subscribe | Unsubscribe, at: datetime) -> None:
    """Write a wish down, or end all wishes of a person."""
    if isinstance(wish, Subscribe):
        row = {"person": person, "country": wish.country, "sector": wish.sector, "at": kept(at)}
        await tx.run("subscribe", row)
    else:
        await tx.run("unsubscribe", {"person": person})


async def of_person(reads: Reads, person: int) -> tuple[Sought, ...]:
    """What somebody wants to hear of, the oldest wish first."""
    rows = await reads.rows("wishes_of_person", {"person": person})
    return tuple(Sought(row["country"], row["sector"]) for row in rows)


async def begin_round(tx: Transaction, vacancies: Sequence[str], at: datetime) -> None:
    """Of these vacancies, those never told of become a round."""
    await tx.run("begin_round", {"vacancies": json.dumps(list(vacancies)), "at": kept(at)})


async def open_rounds(reads: Reads) -> list[Round]:
    """Rounds in which not everybody was told yet, the oldest first."""
    found: dict[str, list[str]] = {}
    for row in await reads.rows("open_rounds"):
        found.setdefault(row["at"], []).append(row["vacancy"])
    return [Round(at, tuple(ids)) for at, ids in found.items()]


async def subscribers(reads: Reads, one: Round) -> list[Subscriber]:
    """Whoever wanted to hear of vacancies before these were new: who came later has seen them in the list."""
    rows = await reads.rows("subscribers", {"at": one.at})
    return [Subscriber(row["person_id"], Sought(row["country"], row["sector"])) for row in rows]


async def close_round(tx: Transaction, one: Round, at: datetime) -> None:
    """Everybody was told."""
    await tx.run("close_round", {"round": one.at, "at": kept(at)})
