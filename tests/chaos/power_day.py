"""A day at the service, over a disk that is logged: what was done to the files, and what the database held after each commit.

Everything that writes does: migrations, batches of messages with registrations, an officer at work, delivery with its
troubles, the sweep, what was set aside run again, closing and opening. SQLite checkpoints ten times as often as in service, so
that a short day sees many. The same seed gives the same day.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from unittest.mock import patch

from cryptography.fernet import Fernet

from bot import clock
from bot.channel import Never, NotNow, Uncertain
from bot.channels.telegram_updates import read_again
from bot.delivery import Delivery
from bot.model.effects.offices import Invite
from bot.model.messages import Address, Incoming
from bot.pace import Pace
from bot.reception import Reception
from bot.second_chance import run_again
from bot.store import officers, post
from bot.store.database import Database, Transaction, open_database
from bot.store.migrations import migrate
from bot.store.seal import Seal
from bot.wording import Wording
from tests.chaos.power_layer import logged
from tests.chaos.power_record import Commit, Promise, Record, contents
from tests.fakes import FakeChannel, FakeClock

KEY = Fernet.generate_key().decode()
PLACE = "talk.db"
VILLAGE, TYPED, INVITED = "52.02.12.2001", "lantan batukliang utara", "ABCDE-PQRST"
PEOPLE = (
    *(Address("telegram", "bot", f"t{n}") for n in range(4)),
    *(Address("web", "chat", f"w{n}") for n in range(2)),
)
OFFICER = Address("telegram", "bot", "ratna")
_REGISTERS = (
    ("button", "form:ask-officer"),
    ("button", "agree:ask-officer"),
    ("text", TYPED),
    ("text", "kapan kantor buka"),
    ("button", "skip:phone"),
    ("button", "send:ask-officer"),
)
_ELSE = (
    ("text", "menu"),
    ("text", "paspor saya ditahan majikan"),
    ("text", "berapa gaji di taiwan"),
    ("text", "saya dipukul majikan"),
    ("text", "laporan saya"),
    ("text", "sdkjfh"),
    ("button", "language:en"),
    ("sticker", ""),
    ("gone", ""),
    ("back-again", ""),
)
_PARTS = 4
"""The house is closed and opened again between them."""
_LONG_AFTER = {2: timedelta(days=40), 3: timedelta(days=400)}
"""So much later a part begins: what was sent, the drafts and then the cases have outlived their purpose."""


async def a_day(
    path: Path, wording: Wording, seed: int, batches: int, instead: Mapping[str, str] | None = None
) -> Record:
    """So many batches come in and what follows is done; `instead` are statements run in place of the store's own."""
    with logged(instead) as log:
        day = Day(path, wording, Record(log), Random(seed))
        with patch.object(Database, "transaction", _noted(day.record)):
            for part in range(_PARTS):
                day.clock.now += _LONG_AFTER.get(part, timedelta())
                async with day.open():
                    await (day.sweep() if part else day.appoint())
                    for _ in range(batches // _PARTS):
                        await day.batch()
    return day.record


@dataclass(slots=True)
class Day:
    """The house, who is on the street, and what has come in so far."""

    path: Path
    wording: Wording
    record: Record
    chance: Random
    clock: FakeClock = field(default_factory=FakeClock)
    channels: tuple[FakeChannel, ...] = field(default_factory=lambda: (FakeChannel("telegram"), FakeChannel("web")))
    came: list[Incoming] = field(default_factory=list)
    registering: dict[Address, int] = field(default_factory=dict)
    database: Database = field(init=False)
    reception: Reception = field(init=False)
    delivery: Delivery = field(init=False)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """The house from its start to its end."""
        migrate(self.path)
        self.record.commits.append(Commit(len(self.record.operations), contents(self.path)))
        self.database = await open_database(self.path, Seal([KEY]))
        try:
            self.delivery = Delivery(self.database, self.channels, self.clock, Pace({}), self.chance.random)
            self.reception = Reception(self.database, lambda: self.wording, self.delivery.wake)
            async with self.database.transaction() as tx:
                await post.reclaim(tx)
            yield
        finally:
            await self.database.close()

    async def appoint(self) -> None:
        """An officer is invited, and types the code."""
        now = self.clock()
        async with self.database.transaction() as tx:
            await officers.invite(tx, Invite("Bu Ratna", "officer", VILLAGE), INVITED, now, now + timedelta(days=7))
        await self.receive([self.incoming(OFFICER, "text", INVITED)])

    async def sweep(self) -> None:
        """What has outlived its purpose goes."""
        await clock.sweep(self.database, self.wording.release.keep_months(), self.clock())

    async def batch(self) -> None:
        """Some write, perhaps two doors at once; what is due is sent; now and then the rest of the house's work."""
        self.clock.pass_by(minutes=self.chance.randint(1, 90))
        arrived = [self.turn(one) for one in self.chance.choices(PEOPLE, k=self.chance.randint(1, 8))]
        border = self.chance.choice((0, 0, len(arrived) // 2))
        await asyncio.gather(*(self.receive(part) for part in (arrived[:border], arrived[border:]) if part))
        await self.receive([self.at_work()])
        self.trouble()
        while await self.delivery.once():
            pass
        if self.chance.random() < 0.1:
            await self.sweep()
        if self.chance.random() < 0.1:
            await self.again()

    async def receive(self, arrived: Sequence[Incoming]) -> None:
        """By the door in; once it returns, a promise is given."""
        await self.reception.receive(arrived)
        ids = frozenset(one.external_id for one in arrived)
        self.record.promises.append(Promise(len(self.record.operations), ids))

    async def again(self) -> None:
        """What was set aside is run again, as by `retry`."""
        await run_again(self.database, self.receive, read_again)

    def turn(self, who: Address) -> Incoming:
        """The next line of somebody's registration, or anything else; what came before comes again; what no one can read."""
        luck = self.chance.random()
        if luck < 0.05 and self.came:
            return self.chance.choice(self.came)
        if luck < 0.08:
            return self.incoming(who, "unreadable", "")
        if luck < 0.2:
            return self.incoming(who, *self.chance.choice(_ELSE))
        at = self.registering.get(who, 0)
        self.registering[who] = (at + 1) % len(_REGISTERS)
        return self.incoming(who, *_REGISTERS[at])

    def at_work(self) -> Incoming:
        """The officer presses a button of a case on their screen, or looks at the queue."""
        shown = [one.message for one in self.channels[0].sent if one.address == OFFICER]
        choices = [choice.id for message in shown[-3:] for choice in message.choices]
        about = [one for one in choices if one[-1].isdigit()]
        if about and self.chance.random() < 0.8:
            return self.incoming(OFFICER, "button", self.chance.choice(about))
        return self.incoming(OFFICER, "text", "antrean")

    def incoming(self, who: Address, kind: str, what: str) -> Incoming:
        """Something that has not come before."""
        given = {"button" if kind == "button" else "text": what, "raw": b"\x00\xff[" if kind == "unreadable" else b""}
        one = Incoming(who, f"m{len(self.came)}", kind, self.clock(), **given)  # type: ignore[arg-type]
        self.came.append(one)
        return one

    def trouble(self) -> None:
        """Some chats cannot be reached at once, or at all."""
        for address in self.chance.sample(PEOPLE, 2):
            troubles = self.channels[address.channel == "web"].troubles
            troubles[address.chat] = [self.chance.choice((NotNow(5.0), Uncertain(), Never("blocked")))]


def _noted(record: Record) -> Callable[..., AbstractAsyncContextManager[Transaction]]:
    """`Database.transaction`, and a note of what the database holds as soon as it has committed."""
    transaction = Database.transaction

    @asynccontextmanager
    async def noted(database: Database, *, beside: bool = False) -> AsyncIterator[Transaction]:
        async with transaction(database, beside=beside) as tx:
            yield tx
        last, done = record.commits[-1], len(record.operations)
        record.commits.append(last if last.after == done else Commit(done, contents(database.path)))

    return noted
