"""A database on a PostgreSQL server, as DATABASE_URL names it; said aloud without its password."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_UNPREPARED, _TARGET = "statement_cache_size", "target_session_attrs"


@dataclass(frozen=True, slots=True)
class Server:
    """`url` is whole, with the password: only who connects reads it."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user = f"{parts.username}@" if parts.username else ""
        hosts = parts.netloc.rpartition("@")[2] or self._options.get("host", "")
        return f"postgresql://{user}{hosts}{parts.path}"

    @property
    def name(self) -> str:
        """The database's own name."""
        return urlsplit(self.url).path.lstrip("/")

    @property
    def pooled(self) -> bool:
        """Whether a pooler stands before it that gives each transaction another connection: then no statement is prepared for
        longer, and nothing is set for a connection (`?statement_cache_size=0`)."""
        return self._options.get(_UNPREPARED) == "0"

    @property
    def each(self) -> "tuple[Server, ...]":
        """The same database at each of the hosts that are named (`a:5432,b:5432`, or `host=/a,/b`): one of them writes."""
        parts = urlsplit(self.url)
        account, at, hosts = parts.netloc.rpartition("@")
        if "," in hosts:
            return tuple(Server(urlunsplit(parts._replace(netloc=f"{account}{at}{one}"))) for one in hosts.split(","))
        named, ports = (self._options.get(one, "").split(",") for one in ("host", "port"))
        if len(named) == 1:
            return (self,)
        ports = ports if len(ports) == len(named) else ports * len(named)
        apart = ({"host": host, "port": port} for host, port in zip(named, ports, strict=False))
        options = ({**self._options, **{name: one for name, one in each.items() if one}} for each in apart)
        return tuple(Server(urlunsplit(parts._replace(query=urlencode(one)))) for one in options)

    @property
    def _options(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.url).query))

    @property
    def dsn(self) -> str:
        """The address as PostgreSQL's own programs know it: without what is ours."""
        parts = urlsplit(self.url)
        options = {name: value for name, value in parse_qsl(parts.query) if name != _UNPREPARED}
        if len(self.each) > 1:
            options.setdefault(_TARGET, "primary")
        return urlunsplit(parts._replace(query=urlencode(options)))


def read_server(url: str) -> Server:
    """The server an address names. Raises ValueError, without the address: a password may stand anywhere in one that is wrong."""
    try:
        parts = urlsplit(url)
        whole = bool(parts.path.strip("/")) and all(_right(one.url) for one in Server(url).each)
    except ValueError:
        whole = False
    if not whole or "/" in parts.path.strip("/"):
        raise ValueError(
            "must look like postgresql://user:password@host/name; signs like @ : / in a password are written %40 %3A %2F"
        )
    return Server(url)


def _right(url: str) -> bool:
    """Whether its port can be one; an empty one is none. Raises ValueError when it is no number."""
    port = urlsplit(url).port
    return port is None or port > 0
