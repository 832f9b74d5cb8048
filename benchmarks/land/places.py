"""Where a land of so many people stands, as a file in a folder or as a database on a server, and who works on it there."""

from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from bot.model.server import Server
from bot.store.database import Database, Store
from bot.store.postgresql import open_plain

Place = Path | Server
"""A folder, or any database of a server on which more may be made."""
_MAKE = "create database {name} template template0 encoding 'UTF8'"
_AT_WORK = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"


async def at(place: Place, people: int) -> Store:
    """The file, whether it is there or not; the database, made if it is not."""
    name = f"land_{people}"
    if isinstance(place, Path):
        return place / f"{name}.db"
    connection = await open_plain(place)
    try:
        if not await connection.fetchval("select exists (select 1 from pg_database where datname = $1)", name):
            await connection.execute(_MAKE.format(name=name))
    finally:
        await connection.close()
    return Server(urlunsplit(urlsplit(place.url)._replace(path=f"/{name}")))


async def processes(database: Database) -> list[int]:
    """The numbers of the server's processes that work for it; none for a file."""
    if not isinstance(database.store, Server):
        return []
    connection = await open_plain(database.store)
    try:
        return [row["pid"] for row in await connection.fetch(f"{_AT_WORK} and backend_type = 'client backend'")]
    finally:
        await connection.close()
