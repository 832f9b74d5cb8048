"""Releases of the content as they were published: each file kept once, so that every one of them can be had again."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.store.database import Reads, Row, Transaction
from bot.store.times import kept, moment

Because = Literal["published", "rolled-back"]
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Published:
    """A release and since when it is, or was, in use."""

    digest: str
    version: str
    dated: str
    since: datetime
    because: Because


async def current(reads: Reads) -> Published | None:
    """The release in use; None before the first was published."""
    row = await reads.row("current_release")
    return _published(row) if row else None


async def history(reads: Reads) -> list[Published]:
    """What has been in use, the newest first."""
    return [_published(row) for row in await reads.rows("releases")]


async def previous(reads: Reads) -> str:
    """The digest of what was in use before; "" when there was nothing else."""
    row = await reads.row("previous_release")
    return str(row["digest"]) if row else ""


async def like(reads: Reads, name: str) -> str:
    """The digest of the release of this version, or whose digest begins so; "" when there is none."""
    row = await reads.row("release_like", {"name": name})
    return str(row["digest"]) if row else ""


async def files(reads: Reads, digest: str) -> dict[str, bytes]:
    """A release's files by path; empty when it was never published here."""
    row = await reads.row("release_files", {"digest": digest})
    listed: dict[str, str] = json.loads(row["files"]) if row else {}
    bodies = await reads.rows("content_files", {"digests": json.dumps(sorted(set(listed.values())))})
    by_digest = {one["digest"]: zlib.decompress(one["body"]) for one in bodies}
    return {path: by_digest[file] for path, file in listed.items()}


async def keep(tx: Transaction, digest: str, version: str, dated: str, contents: Files, at: datetime) -> None:
    """Keep a release's files; those we have from earlier ones are not kept again."""
    listed = {path: hashlib.sha256(body).hexdigest() for path, body in contents.items()}
    rows = await tx.rows("known_files", {"digests": json.dumps(sorted(listed.values()))})
    known = {row["digest"] for row in rows}
    fresh = {listed[path]: body for path, body in contents.items() if listed[path] not in known}
    await tx.many("keep_file", [{"digest": file, "body": zlib.compress(body)} for file, body in fresh.items()])
    row = {
        "digest": digest,
        "version": version,
        "dated": dated,
        "at": kept(at),
        "files": json.dumps(listed, sort_keys=True),
    }
    await tx.run("keep_release", row)


async def use(tx: Transaction, digest: str, because: Because, at: datetime) -> None:
    """From now on this one is in use."""
    await tx.run("use_release", {"digest": digest, "at": kept(at), "because": because})


def _published(row: Row) -> Published:
    return Published(row["digest"], row["version"], row["dated"], moment(row["at"]), row["because"])
