"""Parts of cases shown to other offices. Read by the person whose case it is, or by those it was shared with."""

import json
from datetime import datetime

from bot.model.case import Scope
from bot.model.effects.cases import Refer
from bot.model.referral import Referral, Shared
from bot.store.cases import Content, moved_meanwhile, sight
from bot.store.database import Reads, Row, Transaction
from bot.store.times import kept


async def next_id(reads: Reads) -> int:
    """The id the next referral will have."""
    row = await reads.row("last_referral")
    return (int(row["last"]) if row else 0) + 1


async def refer(tx: Transaction, doing: Refer, at: datetime) -> None:
    """Ask, or go on from the state it was seen in. Raises `Stale` or `Outrun` when it is not in it any more."""
    one = doing.referral
    changed = {"id": one.id, "state": one.state, "consent": one.consent, "at": kept(at)}
    if not doing.before:
        await tx.run("ask_referral", {**changed, "number": one.case, "to": one.to, "parts": json.dumps(one.parts)})
    elif await tx.run("change_referral", {**changed, "before": doing.before}) != 1:
        raise moved_meanwhile(tx, one.case)


async def of_person(reads: Reads, id: int, person: int) -> Referral | None:
    """What was asked about this person's own case."""
    row = await reads.row("referral_of", {"id": id, "person": person})
    return _referral(row) if row else None


async def of_case(reads: Reads, number: str, scope: Scope) -> tuple[Referral, ...]:
    """What is asked or shared of a case now, for an officer who sees all of it."""
    rows = await reads.rows("referrals_of_case", {"number": number, **sight(scope)})
    return tuple(_referral(row) for row in rows)


async def shared(reads: Reads, id: int, scope: Scope) -> Shared | None:
    """What was shared with a unit in this officer's care: the parts, and nothing else of the case."""
    row = await reads.row("referral_shared", {"id": id, **sight(scope)})
    if row is None:
        return None
    whole = reads.seal.open(Content, row["answers_sealed"]) if row["answers_sealed"] else Content()
    referral = _referral(row)
    return Shared(
        referral,
        row["form"],
        row["village"],
        row["unit"],
        row["officer_id"] or 0,
        {field: value for field, value in whole.answers.items() if field in referral.parts},
        {field: value for field, value in whole.media.items() if field in referral.parts},
    )


def _referral(row: Row) -> Referral:
    parts = tuple(json.loads(row["parts"]))
    return Referral(row["id"], row["case_number"], row["to_unit"], parts, row["state"], row["consent"])
