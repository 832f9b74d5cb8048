"""PostgreSQL's own programs, as a backup needs them: where they are, and how they are run, so that nobody sees a password."""

import asyncio
import os
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from bot.model.server import Server
from bot.store.connection import NotStored, Unusable


def program(name: str) -> str:
    """Where it is: in $PG_BIN, on the path, or where Debian has the newest. Raises `Unusable`."""
    folders = [Path(one) for one in (os.environ.get("PG_BIN"),) if one]
    debians = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: one.parent.name.zfill(4), reverse=True)
    for folder in (*folders, *debians):
        if (folder / name).exists():
            return str(folder / name)
    if found := shutil.which(name):
        return found
    raise Unusable(
        f"{name} is not on this machine: install PostgreSQL's client programs, or name their folder by PG_BIN"
    )


def reaching(server: Server) -> tuple[str, dict[str, str]]:
    """How a program reaches the server: the address without its password, and the environment, which others cannot read."""
    parts = urlsplit(server.direct.dsn)
    user, _, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    bare = urlunsplit(parts._replace(netloc=f"{name}@{host}" if name else host))
    return bare, {**os.environ, **({"PGPASSWORD": unquote(password)} if password else {})}


async def ran(server: Server | None, *command: str, takes: Path | None = None) -> None:
    """Run a program to its end, into a file; it is ended when we are cancelled. Raises `NotStored` with its first line."""
    environment = reaching(server)[1] if server else None
    with open(takes or os.devnull, "wb") as target:  # noqa: ASYNC230, PTH123
        process = await asyncio.create_subprocess_exec(
            *(program(command[0]), *command[1:]),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=target,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
        )
        try:
            _, said = await process.communicate()
        except BaseException:
            process.kill()
            await process.wait()
            raise
    if process.returncode:
        raise NotStored(said.decode(errors="replace").strip().partition("\n")[0] or f"{command[0]} failed")
