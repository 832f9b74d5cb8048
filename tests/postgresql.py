"""A PostgreSQL server of the tests' own: in a folder of its own, on a socket in it, stopped at the end.

The programs are those of $PG_BIN, else the newest Debian installs. A server refuses to run as root: then it runs as nobody.
Nothing in it has to outlive the tests, so it waits for no disk.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from bot.model.server import Server
from bot.store.migrations import migrate_server
from tests.by_hand import ByHand, Found

NOBODY = 65534
USER = "desmigratif"
_SETTINGS = ("fsync=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=64MB", "max_connections=60")
_SCHEMA = """
select md5(string_agg(concat_ws(' ', c.relname, a.attname, t.tgname), ',' order by c.relname, a.attname, t.tgname))
from pg_class c left join pg_attribute a on a.attrelid = c.oid left join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
where c.relnamespace = 'public'::regnamespace"""
_TABLES = "select tablename from pg_tables where schemaname = 'public' and tablename <> 'migration'"
_NUMBERS_ANEW = "select setval(oid::regclass, 1, false) from pg_class where relkind = 'S'"
_names = count(1)


def programs() -> Path:
    """The folder of the server's programs."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    found = [one.parent for one in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if not found:
        raise LookupError("the tests need PostgreSQL: apt-get install postgresql, or name its programs by PG_BIN")
    return max(found, key=lambda folder: float(folder.parent.name))


def _as_nobody() -> dict[str, object]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


@dataclass(slots=True)
class Postgres:
    """A server in a folder. `start` and `stop` may follow each other; who is connected when it stops is cut off."""

    folder: Path
    settings: Sequence[str] = ()
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _template: str = field(default="", init=False)
    _given: Server = field(init=False)
    _inside: ByHand | None = field(default=None, init=False)
    _schema: Found | None = field(default=None, init=False)

    def make(self) -> None:
        """A new server, with nothing in it. It trusts everybody but `guest`, who needs a password."""
        self._run("initdb", "-D", str(self.data), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", "--no-locale")
        rules = self.data / "pg_hba.conf"
        rules.write_text(f"local all guest scram-sha-256\n{rules.read_text('utf-8')}", "utf-8")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def server(self, name: str = "postgres") -> Server:
        """One of its databases, as DATABASE_URL would name it."""
        return Server(f"postgresql://{USER}@/{name}?host={self.folder}")

    def start(self) -> None:
        """Start it; returns when it answers."""
        options = [part for one in (*_SETTINGS, *self.settings) for part in ("-c", one)]
        command = [programs() / "postgres", "-D", self.data, "-k", self.folder, *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **_as_nobody())  # type: ignore[call-overload]
        self._run("pg_isready", "-h", str(self.folder), "-U", USER, "-t", "20", patient=True)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: cut everybody off, and write down what is to be; SIGQUIT: as if it had crashed."""
        self.forget()
        if self._process:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def freeze(self) -> None:
        """All its processes stand still, as those of a machine do that hangs: who is connected hears nothing."""
        for pid in self._processes():
            os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """They go on."""
        for pid in self._processes():
            os.kill(pid, signal.SIGCONT)

    def _processes(self) -> list[int]:
        """The first of them makes the others."""
        assert self._process
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text("ascii").split()
        return [first, *map(int, children)]

    def follow(self, other: "Postgres") -> None:
        """Become a copy of a server that runs, which reads only, and goes on following it."""
        self._run(
            "pg_basebackup", "-D", str(self.data), "-h", str(other.folder), "-U", USER, "-R", "-c", "fast", "--no-sync"
        )
        self.start()

    def promote(self) -> None:
        """It follows nobody any more; returns when it writes."""
        self._run("pg_ctl", "promote", "-D", str(self.data), "-w")

    def new_database(self, template: str = "template0") -> Server:
        """A database of its own; a copy of a template, when one is named."""
        name = f"test_{next(_names)}"
        self.sql(f"create database {name} template {template} strategy file_copy")
        return self.server(name)

    def migrated(self) -> Server:
        """A database with our schema and nothing in it: the one given before, emptied, unless a test has changed its schema.

        A test has one at a time: to make one for each takes the server a good part of a second.
        """
        if self._inside is None or self._inside.execute(_SCHEMA) != self._schema:
            self.forget()
            if not self._template:
                made = self.new_database()
                in_a_thread(migrate_server(made))
                self._template = made.name
            self._given = self.new_database(self._template)
            self._inside = ByHand(self._given)
            self._schema = self._inside.execute(_SCHEMA)
        tables = [name for (name,) in self._inside.execute(_TABLES)]
        self._inside.script(
            "set session_replication_role = replica", *(f'delete from "{one}"' for one in tables), _NUMBERS_ANEW
        )
        return self._given

    def forget(self) -> None:
        """The database given before is not given again."""
        if self._inside:
            self._inside.close()
            self._inside = None

    def sql(self, *statements: str, database: str = "postgres") -> str:
        """Run statements from outside; what they print."""
        commands = [part for one in statements for part in ("-c", one)]
        return self._run(
            "psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-U", USER, "-d", database, *commands
        )

    def _run(self, program: str, *arguments: str, patient: bool = False) -> str:
        command = [str(programs() / program), *arguments]
        while True:
            done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, check=False, **_as_nobody())  # type: ignore[call-overload]
            if done.returncode == 0:
                return str(done.stdout)
            if not patient or (self._process and self._process.poll() is not None):
                raise RuntimeError(f"{program}: {done.stderr}{self._log()}")

    def _log(self) -> str:
        log = self.folder / "log"
        return log.read_text("utf-8", "replace")[-2000:] if log.exists() else ""


@contextmanager
def new_server(*settings: str) -> Iterator[Postgres]:
    """A running server; it and its folder are gone afterwards."""
    with new_folder(*settings) as postgres:
        postgres.make()
        postgres.start()
        yield postgres


@contextmanager
def new_folder(*settings: str) -> Iterator[Postgres]:
    """Where a server may be made; it and its folder are gone afterwards."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=memory if os.access(memory, os.W_OK) else None))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    postgres = Postgres(folder, settings)
    try:
        yield postgres
    finally:
        try:
            postgres.stop()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def in_a_thread(work: Coroutine[Any, Any, Any]) -> Any:
    """What must wait for the server from within a loop that must not turn meanwhile."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
