"""Papers of people without a phone: whose number and secret number fit, and what follows from a right or a wrong try.

Of a secret number only a salted, slow hash is kept. An unknown number costs as much time as a wrong one, so that nobody
learns from the answer, nor from how long it takes, whether there is such a case.
"""

import hashlib
import hmac
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.case import Case, Event
from bot.model.effects.cases import EnterCase, GivePaper, LinkCase, TriedPaper
from bot.model.paper import Standing
from bot.store import cases, people
from bot.store.database import Outrun, Reads, Row, Transaction
from bot.store.times import kept, moment

TRIES = 5
SHUT = timedelta(days=1)
IN_PRESENCE = "presence"
"""The channel of a consent that was read aloud and given to an officer's face."""
_SALT = 8
_NOBODYS = "0" * 2 * _SALT + "$" + "0" * 64


async def write(tx: Transaction, doing: EnterCase | GivePaper | TriedPaper | LinkCase, at: datetime) -> None:
    """What was done with a paper."""
    match doing:
        case EnterCase():
            await enter(tx, doing)
        case GivePaper():
            await give(tx, doing)
        case TriedPaper():
            await tried(tx, doing, at)
        case LinkCase():
            await link(tx, doing, at)


async def enter(tx: Transaction, doing: EnterCase) -> None:
    """A person without an address, their case, who wrote it down, and the secret number of their paper."""
    case = doing.opening.case
    person = await people.add_without_address(tx, doing.opening.consent.language, case.opened)
    theirs: Case = replace(case, person=person)
    await cases.open_case(tx, replace(doing.opening, case=theirs), IN_PRESENCE)
    await cases.write(tx, Event(case.number, "entered", case.opened, doing.officer.person, doing.officer.name))
    await give(tx, GivePaper(case.number, doing.pin))


async def give(tx: Transaction, doing: GivePaper) -> None:
    """The secret number of a new paper; the old paper is void."""
    await tx.run("give_paper", {"number": doing.number, "hash": _hashed(doing.pin, secrets.token_hex(_SALT))})


async def alone_at(tx: Transaction, number: str) -> None:
    """Until the transaction is over nobody else tries this paper, or links it: no two try for the last time."""
    await tx.hold([f"paper {number}"])


async def standing(reads: Reads, number: str, pin: str, now: datetime) -> Standing | None:
    """How a case stands, for whoever has both numbers; None says nothing of which of them is wrong, or of being shut."""
    row = await reads.row("paper", {"number": number, "now": kept(now)})
    open = row is not None and not row["locked"]
    fits = _fits(row["pin_hash"] if row and open else _NOBODYS, pin)
    return _standing(row) if row and open and fits else None


async def of_paper(reads: Reads, number: str, id: str, now: datetime) -> Standing | None:
    """The same, for whoever has shown both before; None when there is a new paper since."""
    row = await reads.row("paper", {"number": number, "now": kept(now)})
    return _standing(row) if row and id and _id(row) == id else None


async def tried(tx: Transaction, doing: TriedPaper, now: datetime) -> None:
    """Count a wrong try at a case, forget them after a right one."""
    if doing.right:
        await tx.run("right_pin", {"number": doing.number})
    else:
        await tx.run("wrong_pin", {"number": doing.number, "most": TRIES, "now": kept(now), "until": kept(now + SHUT)})


async def link(tx: Transaction, doing: LinkCase, at: datetime) -> None:
    """From now on its messages come to the chat of whoever holds the paper. Raises `Outrun` when another's has it just now."""
    await alone_at(tx, doing.number)
    row = {"number": doing.number, "paper": doing.paper, "person": doing.person}
    if await tx.run("link_case", row) == 1:
        await cases.write(tx, Event(doing.number, "linked", at, doing.person))
    elif tx.beside:
        raise Outrun("a paper was linked, or renewed, meanwhile")


async def newest_by(reads: Reads, officer: int) -> str:
    """The number of the case this officer wrote down last; "" for none."""
    row = await reads.row("newest_entered", {"officer": officer})
    return str(row["number"]) if row else ""


def _hashed(pin: str, salt: str) -> str:
    return f"{salt}${hashlib.scrypt(pin.encode(), salt=salt.encode(), n=4096, r=8, p=1, dklen=32).hex()}"


def _fits(kept_hash: str, pin: str) -> bool:
    return hmac.compare_digest(_hashed(pin, kept_hash.partition("$")[0]), kept_hash)


def _id(row: Row) -> str:
    return str(row["pin_hash"]).partition("$")[0]


def _standing(row: Row) -> Standing:
    return Standing(
        id=_id(row),
        number=row["number"],
        state=row["state"],
        unit=row["unit"],
        village=row["village"],
        opened=moment(row["opened_at"]),
        due=moment(row["due_at"]),
        clock=row["clock"],
        officer=row["officer_id"] or 0,
        officer_name=row["officer_name"] or "",
        language=row["language"],
        free=bool(row["free"]),
    )
