"""What the tests of the door in share: who writes, the words that break when told to, and a look at the file from outside."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field

from cryptography.fernet import Fernet

from bot.model.messages import Address, Incoming, Message, Reply
from bot.store import inbox, spoken
from bot.store.database import Database, Store, open_database
from bot.store.seal import Seal
from bot.wording import Wording
from tests.by_hand import ByHand, by_hand
from tests.fakes import FakeClock

SITI, BUDI, CITRA = (Address("telegram", "bot", one) for one in ("siti", "budi", "citra"))
NOW = FakeClock()()


class Torn(Exception):
    """A fault of ours."""


@dataclass
class Words:
    """The house's wording, which breaks on one phrase until it is mended, and how often delivery was woken."""

    wording: Wording
    breaks_on: str = ""
    wakes: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def release(self) -> object:
        return self.wording.release

    def write(self, reply: Reply, language: str) -> tuple[Message, ...]:
        self.asked.append(reply.phrase)
        if reply.phrase == self.breaks_on:
            raise Torn("what Siti wrote")
        return self.wording.write(reply, language)

    def wake(self) -> None:
        self.wakes += 1


@asynccontextmanager
async def new_database(store: Store) -> AsyncIterator[Database]:
    """Open an empty one."""
    opened = await open_database(store, Seal([Fernet.generate_key().decode()]))
    yield opened
    await opened.close()


def text(address: Address, said: str, id: str = "") -> Incoming:
    return Incoming(address, id or f"{address.chat}:{said}", "text", NOW, said)


def press(address: Address, button: str) -> Incoming:
    return Incoming(address, f"{address.chat}:{button}", "button", NOW, button=button)


def outside(database: Database) -> AbstractContextManager[sqlite3.Connection | ByHand]:
    """The database as another program sees it."""
    return by_hand(database.store)


def column(database: Database, query: str) -> list[object]:
    with outside(database) as file:
        return [row[0] for row in file.execute(query)]


def taken(database: Database) -> list[object]:
    """The ids of what was stored, in order."""
    return column(database, "select external_id from inbox order by id")


async def answers(database: Database, incoming: Incoming) -> list[Message]:
    return await spoken.replies_to(database, inbox.key(incoming))
