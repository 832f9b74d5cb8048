"""The command `desmigratif`, which kills itself (SIGKILL) at a named point: `python -m tests.chaos.crashing POINT NTH serve`.

A point is a function of the house, wrapped from outside when the process starts: in service there is nothing of it. NTH is
at which passing it dies; the point `-` never. A point that has gone from the code stops the start: mend this table.
"""

import importlib
import inspect
import itertools
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, wraps
from pathlib import Path
from typing import Any, Literal

from bot import clock
from bot.cli import main as desmigratif
from bot.library import digest_of
from bot.releases import warm
from bot.store.migrations import Migration
from bot.store.queries import queries
from bot.understanding.release import Release

NOWHERE = "-"
UPGRADES = "CHAOS_UPGRADES"
AHEAD, HURRIES = "CHAOS_AHEAD", "CHAOS_HURRIES"
Kind = Literal["work", "publish", "sweep", "clock", "stop", "upgrade"]


@dataclass(frozen=True, slots=True)
class Point:
    """Where a process dies: `module:function` or `module:Class.function`, before it, after it, or amid what it returns.

    `query` narrows it to the calls with that named query. `kind` is what must happen for the point to be passed: ordinary
    work, another release in the folder, a sweep, cases whose time has come, SIGTERM, or a schema that is behind.
    """

    where: str
    when: Literal["before", "after", "amid"] = "after"
    query: str = ""
    kind: Kind = "work"


_RUN, _MANY = "bot.store.database:Transaction.run", "bot.store.database:Transaction.many"
POINTS: Mapping[str, Point] = {
    "before-begin": Point("bot.reception:Reception._store", "before"),
    "begun": Point("bot.store.inbox:unseen", "before"),
    "people-met": Point("bot.store.people:meet"),
    "one-decided": Point("bot.handling:Handling._decide"),
    "inbox-written": Point(_MANY, query="keep_incoming"),
    "said-written": Point(_MANY, query="keep_said"),
    "talks-written": Point(_MANY, query="save_talk"),
    "letters-written": Point(_MANY, query="send"),
    "consent-written": Point(_RUN, query="add_consent"),
    "case-written": Point(_RUN, query="open_case"),
    "event-written": Point(_RUN, query="add_event"),
    "before-commit": Point("bot.handling:Handling.handle"),
    "at-any-commit": Point("aiosqlite:Connection.commit", "before"),
    "after-any-commit": Point("aiosqlite:Connection.commit"),
    "replies-leased": Point("bot.store.post:take_new"),
    "before-the-hand-over": Point("bot.delivery:Delivery.take", "before"),
    "after-commit": Point("bot.reception:Reception._store"),
    "before-acknowledgement": Point("bot.channels.telegram_intake:Intake._store"),
    "before-asking-for-more": Point("bot.channels.telegram_intake:Intake._updates", "before"),
    "before-200": Point("bot.channels.telegram:Telegram.take"),
    "before-303": Point("bot.web.chat:Chat.take"),
    "leases-written": Point(_MANY, query="lease"),
    "after-leasing": Point("bot.store.post:take_due"),
    "before-the-network": Point("bot.channels.telegram:Telegram._post", "before"),
    "after-the-network": Point("bot.channels.telegram:Telegram._post"),
    "before-settling": Point("bot.store.post:settle", "before"),
    "after-settling": Point("bot.settling:Settling.settle"),
    "before-reclaiming": Point("bot.store.post:reclaim", "before"),
    "after-reclaiming": Point("bot.store.post:reclaim"),
    "files-of-a-release-written": Point(_MANY, query="keep_file", kind="publish"),
    "release-written": Point(_RUN, query="use_release", kind="publish"),
    "release-published": Point("bot.releases:publish", kind="publish"),
    "before-the-sweep": Point("bot.store.retention:tidy", "before", kind="sweep"),
    "amid-the-sweep": Point(_RUN, query="tidy_logins", kind="sweep"),
    "after-the-sweep": Point("bot.store.retention:tidy", kind="sweep"),
    "kept-back": Point(_MANY, query="keep_back"),
    "shown-what-was-kept": Point(_RUN, query="forget_kept_back"),
    "marked-to-be-cleared": Point(_RUN, query="clear_chat"),
    "before-taking-away": Point("bot.channels.telegram:Telegram.take_away", "before"),
    "taken-away": Point("bot.channels.telegram:Telegram.take_away"),
    "taken-away-written": Point("bot.store.clearing:taken_away"),
    "export-written": Point(_RUN, query="add_export"),
    "before-the-page-of-exports": Point("bot.web.exports:Exports.make"),
    "before-the-case-clock": Point("bot.case_clock:look", "before", kind="clock"),
    "told-how-many": Point("bot.case_clock:_tell_how_many", kind="clock"),
    "officers-told": Point("bot.telling:_tell_these", kind="clock"),
    "case-clock-looked": Point("bot.case_clock:look", kind="clock"),
    "digest-put-together": Point("bot.digests:_digest", kind="clock"),
    "digests-brought": Point("bot.digests:Mornings.bring", kind="clock"),
    "broadcast-received": Point(_RUN, query="broadcast_brought", kind="clock"),
    "broadcast-brought": Point("bot.broadcasting:_bring", kind="clock"),
    "told-to-stop": Point("bot.app:_leave", "before", kind="stop"),
    "before-the-workers-stop": Point("bot.app:_stop", "before", kind="stop"),
    "workers-stopped": Point("bot.app:_stop", kind="stop"),
    "before-closing": Point("bot.store.database:Database.close", "before", kind="stop"),
    "closed": Point("bot.store.database:Database.close", kind="stop"),
    "before-a-migration": Point("bot.store.migrations:_run", "before", kind="upgrade"),
    "amid-a-migration": Point("bot.store.migrations:_statements", "amid", kind="upgrade"),
    "after-a-migration": Point("bot.store.migrations:_run", kind="upgrade"),
}
ON_WHATSAPP: Mapping[str, Point] = {
    "before-200-to-meta": Point("bot.channels.whatsapp:WhatsApp.take"),
    "before-meta": Point("bot.channels.whatsapp:WhatsApp._post", "before"),
    "after-meta": Point("bot.channels.whatsapp:WhatsApp._post"),
    "pieces-written": Point("bot.store.arrivals:sent"),
    "arrivals-written": Point("bot.store.arrivals:take"),
}
ON_A_SERVER: Mapping[str, Point] = {
    "chats-held": Point("bot.store.database:Transaction.hold"),
    "before-the-servers-commit": Point("bot.store.postgresql:PostgresConnection.commit", "before"),
    "after-the-servers-commit": Point("bot.store.postgresql:PostgresConnection.commit"),
    "places-in-line-taken": Point("bot.store.paces:places"),
    "leased-beside-others": Point("bot.store.post:_leased"),
    "duty-taken": Point("bot.store.lock:_wait_for_duty"),
    "on-duty": Point("bot.duty:_until", "before"),
}
_UPGRADE = """
create table rebuilt (id integer primary key, external_id text not null) strict;
insert into rebuilt select id, external_id from inbox;
create index rebuilt_by_name on rebuilt (external_id);
drop table rebuilt;
"""


def arm(name: str, nth: int) -> None:
    """From now on this process dies at the nth passing of this point. Raises `LookupError` when the point is none."""
    point, passings = (POINTS | ON_WHATSAPP | ON_A_SERVER)[name], itertools.count(1)
    if point.query and point.query not in queries():
        raise LookupError(f"{name}: there is no query {point.query} any more")
    holder, attribute = _found(point.where)

    def passed() -> None:
        if next(passings) >= nth:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(holder, attribute, _wrapped(getattr(holder, attribute), point, passed))


def _found(where: str) -> tuple[Any, str]:
    module, _, path = where.partition(":")
    *outer, attribute = path.split(".")
    holder: Any = importlib.import_module(module)
    for one in outer:
        holder = vars(holder)[one]
    if attribute not in vars(holder):
        raise LookupError(f"{where} is there no more")
    return holder, attribute


def _wrapped(function: Callable[..., Any], point: Point, passed: Callable[[], None]) -> Callable[..., Any]:
    def meant(given: Sequence[Any]) -> bool:
        return not point.query or point.query in given[1:2]

    @wraps(function)
    async def waited_for(*given: Any, **named: Any) -> Any:
        if point.when == "before" and meant(given):
            passed()
        result = await function(*given, **named)
        if point.when == "after" and meant(given):
            passed()
        return result

    @wraps(function)
    def called(*given: Any, **named: Any) -> Any:
        if point.when == "before":
            passed()
        result = function(*given, **named)
        if point.when == "after":
            passed()
        return _counted(result, passed) if point.when == "amid" else result

    return waited_for if inspect.iscoroutinefunction(function) else called


def _counted(pieces: Iterable[Any], passed: Callable[[], None]) -> Iterator[Any]:
    for one in pieces:
        passed()
        yield one


def hurry() -> None:
    """Sweep and look at the content folder many times a second, and take what is found there for faultless."""

    async def faultless(*_: Any) -> int:
        return 0

    _set(
        ("bot.clock:SWEEP", 0.2),
        ("bot.clock:LOOK", 0.1),
        ("bot.releases:LOOK", 0.1),
        ("bot.releases:_checked", faultless),
    )


def by_day() -> None:
    """It is so many seconds later than it is, offices open in that hour, and officers have files made all day."""
    true, ahead = clock.now, timedelta(seconds=float(os.environ.get(AHEAD, "0")))
    _set(
        ("bot.clock:now", lambda: true() + ahead),
        ("bot.digests:_begins", lambda *_: True),
        ("bot.web.exports:MOST_A_DAY", sys.maxsize),
    )


def _set(*values: tuple[str, Any]) -> None:
    for where, value in values:
        holder, attribute = _found(where)
        setattr(holder, attribute, value)


def upgrade(times: int) -> None:
    """Have so many more migrations than there are: each writes a table anew and drops it."""
    holder, attribute = _found("bot.store.migrations:migrations")
    real = getattr(holder, attribute)
    more = [Migration(9000 + one, f"{9000 + one}_rebuilt", _UPGRADE) for one in range(times)]
    setattr(holder, attribute, lambda *given: [*real(*given), *more])


def prepare(cache: str, *folders: str) -> None:
    """Read and learn these contents once, for all the processes that are forked off this one."""
    library, package = sys.modules["bot.library.load"], sys.modules["bot.library"]
    load: Callable[[Path], Release] = library.load
    known = {digest_of(Path(folder)): load(Path(folder)) for folder in folders}
    for release in known.values():
        warm(release, Path(cache))
    for holder in (library, package):
        holder.load = partial(_load, known, load)  # type: ignore[attr-defined]


def _load(known: Mapping[str, Release], load: Callable[[Path], Release], folder: Path) -> Release:
    return known.get(digest_of(folder)) or load(folder)


def main(words: Sequence[str]) -> None:
    """POINT NTH and a command of `desmigratif`."""
    name, nth, *command = words
    upgrade(int(os.environ.get(UPGRADES, "0")))
    if AHEAD in os.environ:
        by_day()
    if name != NOWHERE:
        arm(name, int(nth))
    if HURRIES in os.environ or (name in POINTS and POINTS[name].kind in ("publish", "sweep", "clock")):
        hurry()
    desmigratif(command, prog_name="desmigratif")


if __name__ == "__main__":
    main(sys.argv[1:])
