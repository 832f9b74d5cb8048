"""What is read off a service that runs: its database, its memory, and how long things took."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from math import ceil
from pathlib import Path
from typing import Any

from tests.end_to_end.service import Service

PATIENCE = 900.0
_LOOK_AGAIN = 0.05
_LEFT = """
select count(*) from outgoing o join address a on a.id = o.address_id
where o.state in ('waiting', 'sending') and a.chat <> ?"""


def read(service: Service, query: str, *values: object) -> list[tuple[Any, ...]]:
    """What the service has written down."""
    with closing(sqlite3.connect(service.folder / "var" / "desmigratif.db", timeout=30)) as database:
        return database.execute(query, values).fetchall()


def left(service: Service, but_for: int = 0) -> int:
    """How many messages wait to be sent, but for one chat's."""
    return int(read(service, _LEFT, str(but_for))[0][0])


async def settled(service: Service, but_for: int = 0) -> None:
    """Until nothing waits to be sent, but for one chat: nobody tells, so we look."""
    async with asyncio.timeout(PATIENCE):
        while left(service, but_for):
            await asyncio.sleep(_LOOK_AGAIN)


def memory(service: Service) -> float:
    """What the process holds, in MB."""
    assert service.process
    status = Path(f"/proc/{service.process.pid}/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def p99(times: Sequence[float]) -> float:
    """The time that one in a hundred takes longer than, in seconds."""
    ordered = sorted(times)
    return ordered[ceil(len(ordered) * 0.99) - 1]
