"""A database on a PostgreSQL server, as DATABASE_URL names it; said aloud without its password."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_UNPREPARED = "statement_cache_size"


@dataclass(frozen=True, slots=True)
class Server:
    """`url` is whole, with the password: only who connects reads it."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user = f"{parts.username}@" if parts.username else ""
        options = dict(parse_qsl(parts.query))
        port = f":{parts.port}" if parts.port else ""
        return f"postgresql://{user}{parts.hostname or options.get('host', '')}{port}{parts.path}"

    @property
    def name(self) -> str:
        """The database's own name."""
        return urlsplit(self.url).path.lstrip("/")

    @property
    def pooled(self) -> bool:
        """Whether a pooler stands before it that gives each transaction another connection: then no statement is prepared for
        longer, and nothing is set for a connection (`?statement_cache_size=0`)."""
        return dict(parse_qsl(urlsplit(self.url).query)).get(_UNPREPARED) == "0"

    @property
    def dsn(self) -> str:
        """The address as PostgreSQL's own programs know it: without what is ours."""
        parts = urlsplit(self.url)
        options = [(name, value) for name, value in parse_qsl(parts.query) if name != _UNPREPARED]
        return urlunsplit(parts._replace(query=urlencode(options)))


def read_server(url: str) -> Server:
    """The server an address names. Raises ValueError, without the address: a password may stand anywhere in one that is wrong."""
    try:
        parts = urlsplit(url)
        whole = bool(parts.path.strip("/")) and (parts.port is None or parts.port > 0)
    except ValueError:
        whole = False
    if not whole or "/" in parts.path.strip("/"):
        raise ValueError(
            "must look like postgresql://user:password@host/name; signs like @ : / in a password are written %40 %3A %2F"
        )
    return Server(url)
