"""What only the pages ask of the database."""

from bot.model.messages import Address
from bot.store.database import Reads, Transaction


async def language_of(reads: Reads, address: Address) -> str:
    """The language of whoever writes from here; "" when nobody has yet."""
    row = await reads.row(
        "language_of_chat", {"channel": address.channel, "account": address.account, "chat": address.chat}
    )
    return str(row["language"]) if row else ""


async def give_place(tx: Transaction, officer: int) -> None:
    """Let what an officer does in the pages come from the officer's own person."""
    await tx.run("place_of_officer", {"officer": officer})
