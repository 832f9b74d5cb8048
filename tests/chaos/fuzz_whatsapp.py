"""One process of the fuzzer, for WhatsApp: `python -m tests.chaos.fuzz_whatsapp COUNT SEED` prints what became of so many.

Spoilt messages and states come in requests with a good message in their middle, by the real intake and the real reception
into SQLite. One message spoilt must not spoil its neighbours: the good one is answered every time. Now and then the bytes of
a whole request are spoilt instead: then it is read, or kept as it came.
"""

import asyncio
import json
import logging
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.fernet import Fernet

from bot.channels.poison import parsed
from bot.channels.whatsapp_intake import Intake
from bot.channels.whatsapp_request import Graph
from bot.channels.whatsapp_updates import read_request
from bot.model.messages import Incoming
from bot.reception import Reception
from bot.store.database import open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.web.guard import MACHINES_BODY as LARGEST
from bot.wording import Wording
from tests.chaos.ends import ENDS, KNOWN, LONGEST_KEPT, Stored, stored
from tests.chaos.fuzz_part import Report, Tracebacks
from tests.chaos.mutations import spoilt_bytes, spoilt_tree
from tests.chaos.seeds_whatsapp import ACCOUNT, fresh_message, fresh_state, said, whole_request
from tests.chaos.small import small_release
from tests.fake_graph.webhook import signature
from tests.fakes import FakeClock

SECRET = "rahasia"
NOBODY = "http://127.0.0.1:9"
CHATS = range(10_000_001, 10_000_021)
A_REQUEST, AT_ONCE, REQUESTS_A_HOUSE = 10, 24, 1_000
_SILENT = ("reaction", "edit", "revoke", "errors", "system", "unsupported")


@dataclass(frozen=True, slots=True)
class Brought:
    """One request: its bytes, how many spoilt things are in it, and the name of the good message among them ("" of none)."""

    body: bytes
    spoilt: int
    good: str = ""


@dataclass
class House:
    """An intake on a reception on a database. `known` are the ids that came before, `twins` those several bore that came
    together (any of them may have been the first), `last` the row seen last."""

    path: Path
    seal: Seal
    intake: Intake
    reception: Reception
    clock: FakeClock
    known: set[str] = field(default_factory=set)
    twins: set[str] = field(default_factory=set)
    last: int = 0

    async def take(self, brought: Brought) -> int:
        """A request of the webhook; each comes a second after the one before."""
        self.clock.pass_by(seconds=1)
        return await self.intake.take(brought.body, signature(SECRET, brought.body), self.reception.receive)

    def fresh_rows(self) -> dict[str, Stored]:
        """What has come in since the last time, by its id."""
        rows = stored(self.path, self.seal, self.last)
        self.last = max((one.number for one in rows.values()), default=self.last)
        return rows


@asynccontextmanager
async def opened(clock: FakeClock) -> AsyncIterator[House]:
    """A new house in a new folder. Its courtesies reach nobody."""
    seal, wording, graph = Seal([Fernet.generate_key().decode()]), Wording(small_release()), Graph(NOBODY, "EAA")
    intake = Intake(graph, account=ACCOUNT, secret=SECRET, now=clock, strange=lambda many: None)
    with TemporaryDirectory() as folder:
        migrate(Path(folder) / "fuzz.db")
        database = await open_database(Path(folder) / "fuzz.db", seal)
        try:
            yield House(database.path, seal, intake, Reception(database, lambda: wording, lambda: None), clock)
        finally:
            await intake.close()
            await graph.close()
            await database.close()


def made(chance: Random, numbers: "count[int]", many: int) -> Brought:
    """A request with so many spoilt things in it; one in ten is spoilt as a whole instead, and has no good one."""
    things = [_thing(chance, next(numbers)) for _ in range(many)]
    if chance.random() < 0.1:
        tree = [json.dumps(thing).encode() for thing in things]
        return Brought(spoilt_bytes(chance, whole_request(tree[: many // 2], tree[many // 2 :])), 1)
    messages = [spoilt_tree(chance, one) for one in things if "status" not in one]
    states = [spoilt_tree(chance, one) for one in things if "status" in one]
    number = next(numbers)
    good = json.dumps(said(number, chance.choice(CHATS), "menu")).encode()
    messages.insert(len(messages) // 2, good)
    return Brought(whole_request(messages, states), many, f"wamid.m{number}")


def _thing(chance: Random, number: int) -> dict[str, Any]:
    make = fresh_state if chance.random() < 0.2 else fresh_message
    return make(chance, number, chance.choice(CHATS))


async def some(house: House, brought: list[Brought], report: Report) -> None:
    """These, all at once; and what became of each."""
    statuses = await asyncio.gather(*map(house.take, brought))
    rows = house.fresh_rows()
    names = Counter(
        each.external_id for one in brought for each in read_request(one.body, house.clock(), ACCOUNT).incoming
    )
    house.twins = {name for name, many in names.items() if many > 1}
    for one, status in zip(brought, statuses, strict=True):
        if status != (413 if len(one.body) > LARGEST else 200):
            report.broken.append(f"a request was answered {status}")
        if status == 413:
            report.ends["refused"] += one.spoilt
        else:
            _judge(house, one, rows, report)


def _judge(house: House, one: Brought, rows: Mapping[str, Stored], report: Report) -> None:
    found = read_request(one.body, house.clock(), ACCOUNT).incoming
    if one.good:
        answered = one.good in rows and rows[one.good].answered
        report.good += answered
        report.broken += [] if answered else [f"a good message was not answered: {one.good} in {one.body[:2_000]!r}"]
    for incoming in found:
        if incoming.external_id != one.good:
            _count(_end_of(house, incoming, rows, one.body), one.body, report)
    missing = _things_in(one.body) - sum(map(_held, found))
    if missing > 0:
        _count("ignored on purpose" if missing <= _may_be_ignored(one.body) else "dropped", one.body, report, missing)
    house.known.update(incoming.external_id for incoming in found)


def _count(end: str, body: bytes, report: Report, many: int = 1) -> None:
    report.ends[end] += many
    if end not in ENDS:
        report.broken.append(f"{end}: {body[:1_000]!r}")


def _end_of(house: House, incoming: Incoming, rows: Mapping[str, Stored], body: bytes) -> str:
    row = rows.get(incoming.external_id)
    if row is None:
        return KNOWN if incoming.external_id in house.known else "lost"
    if row.error:
        kept = incoming.kind == "status" or _is_kept(row.raw, body)
        return "set aside" if kept else KNOWN if incoming.external_id in house.twins else "not kept as it came"
    return "handled" if incoming.kind != "unreadable" or incoming.external_id in house.known else "not set aside"


def _is_kept(raw: bytes, body: bytes) -> bool:
    """Whether what was set aside is the request as it came, or some of its messages in an envelope of their own."""
    if raw == body[:LONGEST_KEPT] or len(raw) == LONGEST_KEPT:
        return True
    try:
        aside, came = list(map(repr, _things(raw))), set(map(repr, _things(body)))
        return bool(aside) and came.issuperset(aside)
    except (ValueError, TypeError, LookupError):
        return False


def _things(body: bytes) -> list[Any]:
    value = parsed(body)["entry"][0]["changes"][0]["value"]
    return [*value.get("messages", ()), *value.get("statuses", ())]


def _things_in(body: bytes) -> int:
    """How much is in a request; what cannot be read at all is one thing."""
    try:
        return len(_things(body))
    except (ValueError, TypeError, LookupError, AttributeError):
        return 0


def _held(incoming: Incoming) -> int:
    """How much of a request stands in what was made of it: all of it where its envelope could not be read."""
    return max(1, _things_in(incoming.raw)) if incoming.kind == "unreadable" else 1


def _may_be_ignored(body: bytes) -> int:
    """How many things of a request say nothing to us on purpose: written without the reading code's help."""
    things = _things(body)
    return sum(map(_says_nothing, things)) if _is_for_us(body) else len(things)


def _is_for_us(body: bytes) -> bool:
    """Whether it is of this number, and of messages."""
    payload = parsed(body)
    change = payload["entry"][0]["changes"][0]
    number = change["value"]["metadata"]["phone_number_id"]
    return (payload["object"], change["field"], number) == ("whatsapp_business_account", "messages", ACCOUNT)


def _says_nothing(thing: Any) -> bool:
    if not isinstance(thing, dict):
        return False
    if "status" in thing and "type" not in thing:
        return thing["status"] not in ("sent", "delivered", "read", "failed")
    return thing.get("type") in _SILENT or thing.get("group_id") is not None


async def part(times: int, seed: int) -> Report:
    """So many spoilt things; a new house for each ten thousand."""
    report, chance, clock, numbers = Report(), Random(seed), FakeClock(), count(1)
    logging.basicConfig(handlers=[Tracebacks(report)], force=True)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, fault: report.broken.append(f"nobody caught: {fault.get('message')}"))
    left = times
    while left > 0:
        async with opened(clock) as house:
            for _ in range(REQUESTS_A_HOUSE // AT_ONCE):
                brought = [made(chance, numbers, A_REQUEST) for _ in range(min(AT_ONCE, -(-left // A_REQUEST)))]
                left -= A_REQUEST * len(brought)
                if brought:
                    await some(house, brought, report)
    return report


def main() -> None:
    """As a program."""
    report = asyncio.run(part(int(sys.argv[1]), int(sys.argv[2])))
    print(json.dumps({"ends": report.ends, "good": report.good, "broken": report.broken}))


if __name__ == "__main__":
    main()
