"""A database on a PostgreSQL server, as DATABASE_URL names it; said aloud without its password."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_UNPREPARED, _DIRECT, _TARGET = "statement_cache_size", "direct", "target_session_attrs"


@dataclass(frozen=True, slots=True)
class Server:
    """`url` is whole, with the password: only who connects reads it."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user = f"{parts.username}@" if parts.username else ""
        places = parts.netloc.rpartition("@")[2] or dict(parse_qsl(parts.query)).get("host", "")
        return f"postgresql://{user}{places}{parts.path}"

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
    def direct(self) -> "Server":
        """Past the pooler, when `&direct=host:port` names the server's own place: for what needs a connection that stays its."""
        parts = urlsplit(self.url)
        options = dict(parse_qsl(parts.query))
        if not (place := options.pop(_DIRECT, "")):
            return self
        kept = {name: value for name, value in options.items() if name not in (_UNPREPARED, "host", "port")}
        user, at, _ = parts.netloc.rpartition("@")
        return Server(
            urlunsplit(parts._replace(netloc=f"{user}{at}{quote(place, safe=':,[]')}", query=urlencode(kept)))
        )

    @property
    def dsn(self) -> str:
        """The address as PostgreSQL's own programs know it: without what is ours."""
        parts = urlsplit(self.url)
        options = {name: value for name, value in parse_qsl(parts.query) if name not in (_UNPREPARED, _DIRECT)}
        if len(self.places) > 1:
            options.setdefault(_TARGET, "primary")
        return urlunsplit(parts._replace(query=urlencode(options)))

    @property
    def places(self) -> Sequence["Server"]:
        """The same at each place that is named, when there are several (`host1,host2:5433`): one of them writes."""
        parts = urlsplit(self.url)
        user, at, hosts = parts.netloc.rpartition("@")
        return [Server(urlunsplit(parts._replace(netloc=f"{user}{at}{one}"))) for one in hosts.split(",")]


def read_server(url: str) -> Server:
    """The server an address names. Raises ValueError, without the address: a password may stand anywhere in one that is wrong."""
    if not _is_whole(url):
        raise ValueError(
            "must look like postgresql://user:password@host/name; signs like @ : / in a password are written %40 %3A %2F"
        )
    return Server(url)


def _is_whole(url: str) -> bool:
    try:
        named = urlsplit(url).path.strip("/")
        ports = [urlsplit(one.url).port for one in Server(url).places]
    except ValueError:
        return False
    return bool(named) and "/" not in named and 0 not in ports
