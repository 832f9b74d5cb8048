"""The worker a case is about, when somebody else reported it: invited by a code, then a second person in the case."""

from dataclasses import replace
from datetime import datetime

from bot.model.case import Case
from bot.model.effects.cases import InviteWorker
from bot.store import cases
from bot.store.database import Reads, Transaction
from bot.store.officers import hashed
from bot.store.times import kept


async def invite(tx: Transaction, doing: InviteWorker) -> None:
    """Write down a code by which the worker may join; only its hash is kept."""
    await tx.run("invite_worker", {"hash": hashed(doing.code), "number": doing.case, "expires": kept(doing.expires)})


async def invited(reads: Reads, code: str, person: int, now: datetime) -> Case | None:
    """The case a code leads this person to, if it still stands."""
    row = await reads.row("worker_invited", {"hash": hashed(code), "person": person, "now": kept(now)})
    return cases.case_of_row(reads, row) if row else None


async def joined(tx: Transaction, number: str) -> None:
    """The codes of this case are used up."""
    await tx.run("worker_joined", {"number": number})


async def of_worker(reads: Reads, number: str, person: int) -> Case | None:
    """A case, if this person is the worker in it."""
    row = await reads.row("case_of_worker", {"number": number, "person": person})
    return replace(cases.case_of_row(reads, row), worker=person) if row else None
