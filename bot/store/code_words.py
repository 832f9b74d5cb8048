"""The code word given when somebody comes back to a case. Only a slow hash of it is kept; five wrong ones close for an hour."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from bot.store.database import Reads, Transaction
from bot.store.times import kept, moment

MOST_WRONG = 5
PAUSE = timedelta(hours=1)
_SLOW = {"n": 2**12, "r": 8, "p": 1}


async def set_word(tx: Transaction, number: str, person: int, word: str) -> None:
    """The word this person will be asked for; "" for none any more."""
    await tx.run("set_code", {"number": number, "person": person, "hash": _hashed(word) if word else None})


async def opened_by(reads: Reads, person: int, word: str, now: datetime) -> tuple[bool, tuple[str, ...]]:
    """Whether this person has a case behind a code word at all, and the numbers of those this word opens: none in a pause."""
    codes = await reads.rows("codes_of", {"person": person})
    if not codes or await _paused(reads, person, now):
        return bool(codes), ()
    return True, tuple(row["number"] for row in codes if _is(word, row["code"]))


async def tried(tx: Transaction, person: int, now: datetime, *, right: bool) -> None:
    """Count a wrong word; a right one begins anew. In a pause nothing counts, so that it ends."""
    if right:
        await tx.run("code_right", {"person": person})
    elif not await _paused(tx, person, now):
        await tx.run("code_wrong", {"person": person, "at": kept(now), "old": kept(now - PAUSE)})


async def _paused(reads: Reads, person: int, now: datetime) -> bool:
    row = await reads.row("code_tries", {"person": person})
    return row is not None and row["wrong"] >= MOST_WRONG and now - moment(row["last_at"]) < PAUSE


def _hashed(word: str) -> str:
    salt = secrets.token_hex(16)
    return f"{salt}${_digest(word, salt)}"


def _is(word: str, hashed: str) -> bool:
    salt, _, digest = hashed.partition("$")
    return hmac.compare_digest(_digest(word, salt), digest)


def _digest(word: str, salt: str) -> str:
    """Upper and lower case, and how the words are spaced, do not matter."""
    plain = " ".join(word.casefold().split())
    return hashlib.scrypt(plain.encode(), salt=bytes.fromhex(salt), **_SLOW).hex()
