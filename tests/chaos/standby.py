"""Two servers, one that writes and one that follows it: what is committed stands on both before anybody hears of it."""

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass

from bot.model.server import Server
from tests.postgresql import USER, Postgres, new_folder, new_server

_WAIT_FOR_IT = "alter system set synchronous_standby_names = '*'"
_WAIT_FOR_NOBODY = "alter system reset synchronous_standby_names"
_READ_AGAIN = "select pg_reload_conf()"
_FOLLOWED = "select count(*) from pg_stat_replication where sync_state = 'sync'"
_LOOK_AGAIN = 0.05
_SURELY = 60.0


@dataclass
class Pair:
    """`writes` is the one that does so now; `name` is our database. Its servers wait for no disk, but for each other."""

    writes: Postgres
    follows: Postgres
    name: str

    @property
    def store(self) -> Server:
        """As DATABASE_URL names both; which of them writes is for whoever connects to find out."""
        hosts = ",".join(sorted(str(one.folder) for one in (self.writes, self.follows)))
        return Server(f"postgresql://{USER}@/{self.name}?host={hosts}&target_session_attrs=read-write")

    def fail(self) -> None:
        """The one that writes is shot."""
        self.writes.stop(signal.SIGQUIT)

    def take_over(self) -> None:
        """The other writes from now on, and waits for nobody."""
        self.follows.promote()
        self.writes, self.follows = self.follows, self.writes

    async def mend(self) -> None:
        """In the place of the one that was shot there is another copy; when this returns it is waited for."""
        shutil.rmtree(self.follows.data, ignore_errors=True)
        await asyncio.to_thread(self.follows.follow, self.writes)
        await asyncio.to_thread(self.follows.sql, _WAIT_FOR_NOBODY, _READ_AGAIN)  # once it writes nobody follows it yet
        await asyncio.to_thread(self.writes.sql, _WAIT_FOR_IT, _READ_AGAIN)
        async with asyncio.timeout(_SURELY):
            while await asyncio.to_thread(self.writes.sql, _FOLLOWED) != "1\n":
                await asyncio.sleep(_LOOK_AGAIN)


@asynccontextmanager
async def pair_of_servers() -> AsyncIterator[Pair]:
    """Two that run; they and their folders are gone afterwards."""
    with ExitStack() as stack:
        first = stack.enter_context(new_server())
        pair = Pair(first, stack.enter_context(new_folder()), first.new_database().name)
        await pair.mend()
        yield pair
