"""How long a start takes after a kill: the first, which learns, the second, and one with so many people in the database.

From the command to an open door behind which a row can be committed, best of three but for the first; in seconds, and in
seconds of the processor, which depend less on what else the machine does. The people are those of `benchmarks.land`; some
letters were being sent when the process was killed.

    python -m benchmarks.starting 1000000
"""

import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from cryptography.fernet import Fernet

from benchmarks.data import HOUSE
from benchmarks.generate import land
from benchmarks.land.rows import tables
from benchmarks.land.sqlite_file import pour
from bot.store.seal import Seal

PATIENCE = 120.0
_AT_WORK = 120  # letters that were being sent


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
    """Put a land of so many people into the database, some letters of which were being sent."""
    ground = land(people, datetime.now(UTC))
    pour(installation.database, tables(ground, Seal([installation.key]), _AT_WORK))


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
