"""The command `desmigratif` as a real process, in a folder and an environment of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cache import CACHE

HOUSE = Path(__file__).parents[1]
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """What it printed, as JSON, line by line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(slots=True)
class Command:
    """Runs commands in a folder, on a database there."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The file the commands work on."""
        return self.folder / "house.db"

    def environment(self, **settings: str) -> dict[str, str]:
        """Nothing of the machine's own settings."""
        machine = {name: os.environ[name] for name in _KEPT if name in os.environ}
        own = {"DATABASE_URL": f"sqlite:///{self.database}", "PYTHONPATH": str(HOUSE), "PYTHONUTF8": "1"}
        own |= {"CACHE_DIR": str(CACHE)}
        return {**machine, **own, **self.settings, **settings}

    def __call__(self, *words: str | Path, stdin: str = "", **settings: str) -> Ended:
        """Run to the end."""
        ended = subprocess.run(
            [sys.executable, "-m", "bot", *map(str, words)],
            cwd=self.folder,
            env=self.environment(**settings),
            input=stdin.encode("utf-8", "surrogateescape"),
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def talk(self, *said: str, **more: Any) -> list[Any]:
        """Play lines as one person on the database; the turns."""
        script = "".join(json.dumps({"type": "text", "user": one}) + "\n" for one in said)
        ended = self("talk", "--script", "-", "--database", self.database, stdin=script, **more)
        assert ended.code == 0, ended.err
        return ended.lines
