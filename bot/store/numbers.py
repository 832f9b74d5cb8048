"""New numbers: never one twice. Alone, the next ones; where several write at once, drawn by the database, and with gaps."""

from typing import Literal

from bot.store.database import Transaction

Of = Literal["new_people", "new_addresses", "new_messages", "new_consents"]


async def new(tx: Transaction, of: Of, many: int = 1) -> list[int]:
    """So many, in rising order."""
    return [row["number"] for row in await tx.rows(of, {"many": many})] if many else []


async def next_case(tx: Transaction, first: int) -> int:
    """The sequence number the next case will have; the very first is `first`.

    Where several write at once it is drawn for us, and stays ours until a case bears it: most steps that know it open none.
    """
    row = await tx.row("next_case", {"first": first, "drawn": tx.drawn.get("case", 0)})
    tx.drawn["case"] = row["drawn"] if row else 0
    return int(row["next"]) if row else first
