"""The post: what goes out waits in the outbox until somebody takes it to send it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.model.limits import Limits
from bot.model.messages import Address, Message, Outgoing
from bot.model.templates import NO_TEMPLATES, Notice, Templates
from bot.store import contact, paces, server_clock, window
from bot.store.database import Database, Reads, Row, Transaction, Values
from bot.store.times import kept, moment

HELP, REPLY, NOTICE, UNASKED_FOR = -1, 0, 5, 9
"""What goes first; help overtakes also what still waits for the same chat."""
MOST_OF_A_CHAT = 6
UNCERTAIN = "uncertain"
FILELESS = "without its file"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to put into the outbox; (cause, step, n) is its key, so that it is put there once; it goes not before `due`.

    One that tells somebody unasked of a case names it: it goes only as their plan allows when its time comes. A `covered`
    one says nothing of it. `kind`: what may go in its place where we may not write first.
    """

    cause: int
    step: int
    n: int
    address: int
    message: Message
    priority: int = REPLY
    due: datetime | None = None
    case: str = ""
    covered: bool = False
    kind: Notice = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A row of the outbox that may go out now. `doubted`: an earlier try of it may have arrived. `fileless`: the platform took
    its file and could not bring it, so the words go alone. `wait`: so many seconds from when it was taken its turn comes."""

    outgoing: Outgoing
    address: int
    attempts: int
    created: datetime
    doubted: bool = False
    fileless: bool = False
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Lease:
    """Rows are taken at `now` and ours until `until`. Those `held` already are being sent, whatever the wall clock says.

    `templates` may go to whom we may not write to otherwise. `worker` is whose they are: where several send, what one had that
    was taken by another since is not its to write down any more; all keep to the `limits` together. "" where one sends.
    Where several do, how long a lease lasts goes by the server's clock; ours is so much `ahead` of it.
    """

    now: datetime
    until: datetime
    held: Sequence[int] = ()
    templates: Templates = NO_TEMPLATES
    worker: str = ""
    limits: Limits = field(default_factory=dict)
    ahead: timedelta = timedelta(0)

    @property
    def shared_now(self) -> datetime:
        """When they are taken, by the clock of all."""
        return self.now - self.ahead


@dataclass(frozen=True, slots=True)
class Room:
    """What whoever sends can take at once: so many chats of these channels, under this lease."""

    chats: int
    channels: Sequence[str]
    lease: Lease


async def send(tx: Transaction, letters: Iterable[Letter], at: datetime) -> None:
    """Put letters into the outbox."""
    moment = kept(at)
    await tx.many(
        "send",
        [
            {
                "cause": one.cause,
                "step": one.step,
                "n": one.n,
                "address": one.address,
                "message": tx.seal.close(Message, one.message),
                "priority": one.priority,
                "due": kept(one.due) if one.due else moment,
                "case": one.case or None,
                "covered": int(one.covered),
                "passing": one.message.passing,
                "kind": one.kind,
                "at": moment,
            }
            for one in letters
        ],
    )


async def is_any_due(reads: Reads, channels: Sequence[str], lease: Lease) -> bool:
    """Whether there is anything to take, without holding up who writes."""
    lease = await _by_one_clock(reads, lease)
    if await reads.row("any_lease_run_out", {"now": kept(lease.shared_now), "held": json.dumps(list(lease.held))}):
        return True
    asked = {"now": kept(lease.now), "channels": json.dumps(list(channels)), "limit": 1}
    return await reads.row("due", asked) is not None


async def take_due(database: Database, channels: Sequence[str], lease: Lease, limit: int) -> list[Due]:
    """What may go out now, leased to us: if we die, it waits again when the lease has run out. Of one chat a few rows only."""
    now, listed = kept(lease.now), json.dumps(list(channels))
    async with database.transaction(beside=True) as tx:
        lease = await _by_one_clock(tx, lease)
        await tx.run("leases_run_out", {"now": kept(lease.shared_now), "held": json.dumps(list(lease.held))})
        rows: list[Row] = []
        while not rows and (found := await _ours(tx, "due", {"now": now, "channels": listed, "limit": limit})):
            rows = await _may_go(tx, _a_few_of_each(found), lease)
        return await _leased(tx, rows, lease)


async def take_new(tx: Transaction, causes: Sequence[int], room: Room) -> list[Due]:
    """The replies this transaction has written to these messages, leased to us: those that may go before it is over."""
    listed, channels = json.dumps(list(causes)), json.dumps(list(room.channels))
    values = {"causes": listed, "reply": REPLY, "now": kept(room.lease.now), "channels": channels}
    rows = await _may_go(tx, _of_the_first(await _ours(tx, "due_of_new", values), room.chats), room.lease)
    return await _leased(tx, rows, await _by_one_clock(tx, room.lease)) if rows else []


async def _by_one_clock(reads: Reads, lease: Lease) -> Lease:
    """A worker's lease, held against the server's clock."""
    return replace(lease, ahead=lease.now - await server_clock.now(reads)) if lease.worker else lease


async def _ours(tx: Transaction, due: str, values: Values) -> list[Row]:
    """What is due, and of chats nobody else is taking from. Read once more when it is sure that nobody does: what they took just
    before is not due any more."""
    rows = await tx.rows(due, values)
    if not tx.beside or not rows:
        return rows
    chats = json.dumps(sorted({row["address_id"] for row in rows}))
    held = {row["id"] for row in await tx.rows("chats_held", {"chats": chats})}
    return [row for row in await tx.rows(due, values) if row["address_id"] in held]


async def _may_go(tx: Transaction, rows: Sequence[Row], lease: Lease) -> list[Row]:
    """What neither a plan nor the platform keeps here. What they do is put off, or held, or gives its place to something else."""
    return await window.may_go(tx, await contact.may_go(tx, rows, lease.now), lease.now, lease.templates)


def _of_the_first(rows: Iterable[Row], chats: int) -> list[Row]:
    """In their order, of so many chats the first ones."""
    few = _a_few_of_each(rows)
    first = list(dict.fromkeys(row["address_id"] for row in few))[:chats]
    return [row for row in few if row["address_id"] in first]


async def _leased(tx: Transaction, rows: Sequence[Row], lease: Lease) -> list[Due]:
    """Those that may go within the fleet's limits, from now on ours."""
    if not lease.worker:
        return [_due(tx, row) for row in await _lease(tx, rows, lease)]
    waits = await paces.places(tx, rows, lease.shared_now, lease.limits, lease.ahead)
    ours = await _lease(tx, [row for row in rows if row["id"] in waits], lease)
    return [replace(_due(tx, row), wait=waits[row["id"]]) for row in ours]


async def _lease(tx: Transaction, rows: Sequence[Row], lease: Lease) -> Sequence[Row]:
    """Those that are ours now: beside others a letter may have been cancelled, or have got another address, since it was read."""
    given = {"until": kept(lease.until - lease.ahead), "worker": lease.worker}
    await tx.many("lease", [{"id": row["id"], "address": row["address_id"], **given} for row in rows])
    if not tx.beside or not rows:
        return rows
    asked = {"ids": json.dumps([row["id"] for row in rows]), "worker": lease.worker}
    ours = {row["id"] for row in await tx.rows("leased", asked)}
    return [row for row in rows if row["id"] in ours]


def _a_few_of_each(rows: Iterable[Row]) -> list[Row]:
    """In their order, a chat's first ones."""
    taken: Counter[int] = Counter()
    few = []
    for row in rows:
        taken[row["address_id"]] += 1
        if taken[row["address_id"]] <= MOST_OF_A_CHAT:
            few.append(row)
    return few


async def next_due(database: Database, channels: Sequence[str]) -> str | None:
    """When the next row becomes due, as kept; None when nothing waits."""
    row = await database.row("next_due", {"channels": json.dumps(list(channels))})
    return row["due"] if row else None


def _due(tx: Transaction, row: Row) -> Due:
    message = tx.seal.open(Message, row["message_sealed"])
    address = Address(row["channel"], row["account"], row["chat"])
    outgoing, created = Outgoing(row["id"], address, message), moment(row["created_at"])
    error = row["error"]
    return Due(outgoing, row["address_id"], row["attempts"] + 1, created, error == UNCERTAIN, error == FILELESS)


async def settle(tx: Transaction, ends: Iterable[Mapping[str, object]], worker: str = "") -> None:
    """Write down how sends ended: {id, state, external_id, sent, due, error} each; not what is another worker's by now."""
    await tx.many("settle", [{**one, "worker": worker} for one in ends])


async def move(tx: Transaction, address: int, chat: str) -> None:
    """The platform gave a chat a new id. Where we know that chat already, what waits goes there."""
    await tx.run("redirect_waiting", {"address": address, "chat": chat})
    await tx.run("move_address", {"address": address, "chat": chat})


async def put_back(tx: Transaction, rows: Sequence[int], until: datetime | None = None, worker: str = "") -> None:
    """Leased but not tried: they wait again, as if nothing had been; the first of them until a moment, and the rest behind it."""
    due = kept(until) if until else None
    await tx.many("put_back", [{"id": one, "due": due if one == rows[0] else None, "worker": worker} for one in rows])


async def reclaim(tx: Transaction, worker: str = "", held: Sequence[int] = ()) -> None:
    """Whatever is marked as being sent at a worker's place and is not `held` waits again: a process before it was cut short
    there, or it could not hear of its own commit.

    A worker is named by its place and, behind a "/", by what tells it from those who were there before it.
    """
    place, there, _ = worker.partition("/")
    await tx.run("reclaim", {"place": place + there, "held": json.dumps(list(held))})
