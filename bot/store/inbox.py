"""What came in is taken once; what could not be handled is kept as it came."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from bot.model.messages import Incoming
from bot.store.database import Reads, Transaction
from bot.store.times import kept


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message that could not be handled, as it came."""

    inbox: int
    incoming: Incoming
    error: str
    tries: int


async def unseen(tx: Transaction, arrived: Sequence[Incoming]) -> list[Incoming]:
    """Those that have not come before; of two alike in one batch, the first. Nobody else has anything of their chats in hand."""
    await tx.hold(f"chat {' '.join(asdict(one.address).values())}" for one in arrived)
    first = {key(one): one for one in reversed(arrived)}
    rows = await tx.rows("seen", {"ids": json.dumps([list(one) for one in first])})
    seen = {(row["channel"], row["account"], row["external_id"]) for row in rows}
    return [one for one in arrived if key(one) not in seen and first[key(one)] is one]


def key(incoming: Incoming) -> tuple[str, str, str]:
    """What makes an incoming message one and the same."""
    return incoming.address.channel, incoming.address.account, incoming.external_id


async def keep(tx: Transaction, taken: Iterable[tuple[int, int, Incoming]]) -> None:
    """Remember that these came: (number, address row, incoming)."""
    rows = list(taken)
    await tx.many("keep_incoming", [_inbox_row(*one) for one in rows])
    await tx.many("keep_said", [_said_row(tx, *one) for one in rows if _shown_back(one[2])])


async def set_aside(tx: Transaction, number: int, incoming: Incoming, error: str) -> None:
    """Keep a message we could not handle, whole, with the kind and place of the error."""
    sealed = tx.seal.close(Incoming, incoming)
    await tx.run("set_aside", {"inbox": number, "incoming": sealed, "error": error, "at": kept(incoming.at)})


async def all_set_aside(reads: Reads) -> list[SetAside]:
    """What waits to be run again."""
    rows = await reads.rows("all_set_aside")
    return [
        SetAside(row["inbox_id"], reads.seal.open(Incoming, row["incoming_sealed"]), row["error"], row["tries"])
        for row in rows
    ]


def again(incoming: Incoming, inbox: int) -> Incoming:
    """The message of an inbox row as it comes in once more: under a name of its own, so that it is taken, and taken once."""
    return replace(incoming, external_id=f"{incoming.external_id}:again{inbox}")


async def forget_aside(tx: Transaction, inbox: int) -> None:
    """It has come in again: it is handled, or set aside anew."""
    await tx.run("not_aside_any_more", {"inbox": inbox})


def _inbox_row(number: int, address: int, incoming: Incoming) -> dict[str, object]:
    channel, account, external_id = key(incoming)
    return {
        "id": number,
        "channel": channel,
        "account": account,
        "external_id": external_id,
        "at": kept(incoming.at),
        "address": address,
    }


def _shown_back(incoming: Incoming) -> bool:
    address = incoming.address
    return (
        (address.channel, address.account) == ("web", "chat")
        and incoming.kind in ("text", "button")
        and bool(incoming.text)
    )


def _said_row(tx: Transaction, number: int, address: int, incoming: Incoming) -> dict[str, object]:
    return {"inbox": number, "address": address, "text": tx.seal.close(str, incoming.text), "at": kept(incoming.at)}
