"""How long a start takes after a kill: the first, which learns, the second, and one with so many people in the database.

From the command to an open door behind which a row can be committed, best of three but for the first; in seconds, and in
seconds of the processor, which depend less on what else the machine does. Each person has an address, two messages that
came in and two that went out; some were being sent when the process was killed.

    python -m benchmarks.starting 1000000
"""

import itertools
import os
import random
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from cryptography.fernet import Fernet

from benchmarks.data import HOUSE
from bot.model.conversation import Conversation
from bot.model.messages import Message
from bot.store.seal import Seal
from bot.store.times import kept

PATIENCE = 120.0
_AT_WORK = 120  # letters that were being sent
_ACCOUNT = "7654321"
_INSERTS = {
    "person": "insert into person (id, created_at, seen_at, language, talk_sealed) values (?, ?, ?, ?, ?)",
    "address": "insert into address (id, person_id, channel, account, chat) values (?, ?, 'telegram', ?, ?)",
    "inbox": "insert into inbox (id, channel, account, external_id, arrived_at, address_id)"
    " values (?, 'telegram', ?, ?, ?, ?)",
    "outgoing": "insert into outgoing (cause, step, n, address_id, message_sealed, state, due_at, created_at, sent_at)"
    " values (?, 0, 0, ?, ?, ?, ?, ?, ?)",
    "answered": "insert into answered (person_id, topic, language, version, at) values (?, ?, ?, '', ?)",
}


@dataclass(frozen=True, slots=True, order=True)
class Took:
    """Seconds on the wall, and of the processor."""

    wall: float
    processor: float

    def beside(self, other: "Took") -> str:
        """As a ratio, by the processor."""
        return f"{self.wall:7.2f} {self.processor:10.2f} {self.processor / other.processor:8.2f}"


@dataclass(frozen=True, slots=True)
class Installation:
    """A folder with a database, the service's settings, and where it listens."""

    folder: Path
    key: str
    port: int

    @property
    def database(self) -> Path:
        """The file the service works on."""
        return self.folder / "house.db"

    def environment(self) -> Mapping[str, str]:
        """Nothing of the machine's own settings."""
        kept_ = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"DATABASE_URL": f"sqlite:///{self.database}", "PORT": str(self.port), "SECRET_KEYS": self.key}
        return {**kept_, **own, "PYTHONPATH": str(HOUSE)}

    def start(self) -> Took:
        """Start the service, wait until it is ready, kill it."""
        began = time.perf_counter()
        with (self.folder / "said.txt").open("ab") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=self.folder,
                env=self.environment(),
                stdout=said,
                stderr=said,
            )
        try:
            self._until_ready(process, began + PATIENCE)
            wall = time.perf_counter() - began
        finally:
            process.kill()
            _, process.returncode, used = os.wait4(process.pid, 0)
        return Took(wall, used.ru_utime + used.ru_stime)

    def _until_ready(self, process: subprocess.Popen[bytes], end: float) -> None:
        while process.poll() is None and time.perf_counter() < end:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/ready", timeout=PATIENCE) as answer:
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.01)
        raise SystemExit(f"it did not start: {(self.folder / 'said.txt').read_text('utf-8')[-2000:]}")


def install(folder: Path) -> Installation:
    """An installation without anything in it yet."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return Installation(folder, Fernet.generate_key().decode(), int(taken.getsockname()[1]))


def fill(installation: Installation, people: int) -> None:
    """Put so many people into the database, with what they wrote and were answered over a year; always the same."""
    database = sqlite3.connect(installation.database, isolation_level=None)
    database.execute("pragma synchronous=off")
    for table, rows in _rows(Seal([installation.key]), people).items():
        database.execute("begin immediate")
        database.executemany(_INSERTS[table], rows)
        database.execute("commit")
    database.execute("pragma wal_checkpoint(truncate)")
    database.close()


def _rows(seal: Seal, people: int) -> dict[str, Iterator[tuple[object, ...]]]:
    """The rows of each table, after those the service wrote itself. What is sealed is the same in all: nobody reads it here."""
    talk, letter = seal.close(Conversation, Conversation(1, "id")), seal.close(Message, Message("Selamat pagi."))
    first, chance = 1000, random.Random(15)
    listed = [(first + number, _moment(chance), chance.choice(("id", "jv", "su"))) for number in range(people)]
    written = [(2 * person + turn, person, at) for person, at, _ in listed for turn in (0, 1)]
    at_work = {id for id, *_ in written[-_AT_WORK:]}
    return {
        "person": ((person, at, at, language, talk) for person, at, language in listed),
        "address": ((person, person, _ACCOUNT, str(10_000_000 + 7 * person)) for person, *_ in listed),
        "inbox": ((id, _ACCOUNT, str(id), at, person) for id, person, at in written),
        "outgoing": (
            (id, person, letter, "sending" if id in at_work else "sent", at, at, None if id in at_work else at)
            for id, person, at in written
        ),
        "answered": ((person, "migration/steps", language, at) for person, at, language in listed),
    }


def _moment(chance: random.Random) -> str:
    return kept(datetime.now(UTC) - timedelta(days=chance.uniform(0.0, 365.0)))


def best(installation: Installation, starts: int = 3) -> Took:
    """The quickest of some starts."""
    return min(installation.start() for _ in itertools.repeat(None, starts))


def main(people: int) -> None:
    """Print a row for each start."""
    with TemporaryDirectory(prefix="desmigratif-") as folder:
        installation = install(Path(folder))
        print(f"{'a start after a kill':34} {'seconds':>7} {'processor':>10} {'ratio':>8}")
        first = installation.start()
        print(f"{'the first, which learns':34} {first.beside(first)}", flush=True)
        second = best(installation)
        print(f"{'the second':34} {second.beside(first)}", flush=True)
        fill(installation, people)
        size = installation.database.stat().st_size / 2**20
        what = f"the second, {people:,} people, {size:,.0f} MB"
        print(f"{what:34} {best(installation).beside(second)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
