"""What was said in a chat, and in answer to what."""

from dataclasses import asdict, dataclass
from datetime import datetime

from bot.model.messages import Address, Message
from bot.store.database import Reads, Row


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a web chat: what the person wrote (`text`), or what we said (`message`)."""

    id: int
    at: datetime
    text: str = ""
    message: Message | None = None


async def chat_lines(reads: Reads, address: Address, limit: int = 60) -> list[Line]:
    """Both sides of a web chat, oldest first."""
    rows = await reads.rows("said_in_chat", {**asdict(address), "limit": limit})
    return [_line(reads, row) for row in rows]


async def newer_lines(reads: Reads, address: Address, after: int) -> list[Line]:
    """What we said in a web chat after the row `after`."""
    return [_line(reads, row) for row in await reads.rows("newer_in_chat", {**asdict(address), "after": after})]


async def in_chat(reads: Reads, address: Address, id: int) -> Message | None:
    """One message of those a web chat shows, by its row."""
    row = await reads.row("in_chat", {**asdict(address), "id": id})
    return reads.seal.open(Message, row["body"]) if row else None


async def replies_to(reads: Reads, incoming: tuple[str, str, str]) -> list[Message]:
    """What was answered to one incoming message, by its key."""
    channel, account, external_id = incoming
    rows = await reads.rows("replies_to", {"channel": channel, "account": account, "external_id": external_id})
    return [reads.seal.open(Message, row["body"]) for row in rows]


async def last_shown(reads: Reads, address: Address, limit: int = 4) -> list[Message]:
    """The last messages we sent to a chat, newest first."""
    rows = await reads.rows("last_shown", {**asdict(address), "limit": limit})
    return [reads.seal.open(Message, row["body"]) for row in rows]


def _line(reads: Reads, row: Row) -> Line:
    at = datetime.fromisoformat(row["at"])
    if row["side"] == "person":
        return Line(0, at, text=reads.seal.open(str, row["body"]))
    return Line(row["id"], at, message=reads.seal.open(Message, row["body"]))
