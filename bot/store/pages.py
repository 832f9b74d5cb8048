"""What only the pages ask of the database."""

from datetime import datetime

from bot.model.messages import Address, Message
from bot.store.database import Reads, Transaction
from bot.store.times import kept


async def language_of(reads: Reads, address: Address) -> str:
    """The language of whoever writes from here; "" when nobody has yet."""
    row = await reads.row(
        "language_of_chat", {"channel": address.channel, "account": address.account, "chat": address.chat}
    )
    return str(row["language"]) if row else ""


async def give_place(tx: Transaction, officer: int) -> None:
    """Let what an officer does in the pages come from the officer's own person."""
    await tx.run("place_of_officer", {"officer": officer})


async def fresh_replies(reads: Reads, id: str, since: datetime) -> list[Message]:
    """What was answered since then to what an officer did in the pages, by the id it came in with."""
    rows = await reads.rows("fresh_replies", {"id": id, "since": kept(since)})
    return [reads.seal.open(Message, row["body"]) for row in rows]
