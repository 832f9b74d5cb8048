"""Requests to the pages as no browser sends them: the form of the web chat, its headers and its cookie, spoilt."""

from collections.abc import Mapping
from random import Random
from urllib.parse import quote_from_bytes

from tests.chaos.mutations import spoilt_bytes

_ODD = (
    b"",
    b"halo",
    b"menu",
    b"\0",
    b"a\0b",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\\ud800",
    b"%00",
    b"<script>alert(1)</script>",
    "\u202egnp.exe ꦱꦸ 😀".encode(),
    b"{{ 7*7 }}",
    b"9" * 18,
    b"9" * 19,
    b"9" * 5_000,
    "٣".encode(),
    "²".encode(),
    b"-1",
    b"x" * 65,
    b"x" * 10_001,
    b"\\ud800" * 2_500,
    b"x" * 70_000,
)
_FIELDS = (b"nonce", b"text", b"text", b"button", b"start", b"after", b"language", b"label", b"token", b"", b"x\0")
_BUTTONS = (b"menu:go", b"form:ask-officer", b"case:1000017", b"claim:1000017", b":", b"topic:")
_CHARSETS = (
    b"utf-8",
    b"utf-16",
    b"utf-7",
    b"unicode_escape",
    b"raw_unicode_escape",
    b"idna",
    b"undefined",
    b"hex",
    b"no\0ne",
    b"",
)
_PATHS = (
    b"/chat",
    b"/chat?lang=en",
    b"/chat?lang=%ff%00",
    b"/leave",
    b"/officers/login/x",
    b"/officers/cases/1000017",
    b"/officers",
    b"/%2e%2e/%ff",
    b"//chat",
    b"/chat/",
    b"*",
)
_SEEN = (
    b"/",
    b"/?start=%00",
    b"/?desa=52.02.12.2001",
    b"/?lang=%ed%a0%80",
    b"/chat/live?after=9",
    b"/darurat",
    b"/away",
    b"/static/%00",
)
_ORIGINS = (
    b"http://desa.test",
    b"http://[",
    b"http://[::1",
    b"null",
    b"",
    b"\xff",
    b"http://desa.test:99999",
    b"x" * 9_000,
)
_METHODS = (b"PUT", b"DELETE", b"OPTIONS", b"HEAD", b"TRACE", b"CONNECT", b"\xff", b"post")
_BOUNDARY = b"----batas"


def spoilt_form(chance: Random) -> bytes:
    """A whole request. One in four has its bytes spoilt on top of all."""
    sees = chance.random() < 0.2
    kind, body = (b"", b"") if sees else chance.choice((_urlencoded, _urlencoded, _multipart))(chance)
    method = chance.choice(_METHODS) if chance.random() < 0.05 else b"GET" if sees else b"POST"
    path = chance.choice(_SEEN) if sees else b"/chat" if chance.random() < 0.8 else chance.choice(_PATHS)
    headers = {**_headers(chance, kind), b"Content-Length": b"%d" % len(body)}
    if chance.random() < 0.04:
        headers[b"Content-Length"] = chance.choice((b"0", b"-1", b"9" * 30, b"9" * 5_000, b"70000", b"x", b""))
    if chance.random() < 0.02:
        headers[b"Transfer-Encoding"] = chance.choice((b"chunked", b"gzip", b"identity, chunked"))
    request = _written(b"%b %b HTTP/1.1" % (method, path), headers) + body
    return spoilt_bytes(chance, request) if chance.random() < 0.25 else request


def _written(line: bytes, headers: Mapping[bytes, bytes]) -> bytes:
    return b"\r\n".join((line, *(b"%b: %b" % one for one in headers.items()), b"", b""))


def _headers(chance: Random, kind: bytes) -> dict[bytes, bytes]:
    """As a browser's, but for some of them."""
    usual = {
        b"Host": b"desa.test",
        b"Connection": b"close",
        b"Origin": b"http://desa.test",
        b"Content-Type": kind,
        b"Cookie": b"desmigratif=" + b"a" * 32,
    }
    odd = {
        b"Host": chance.choice((b"", b"[", b"desa.test:x", b"\xff", b"a@b")),
        b"Origin": chance.choice(_ORIGINS),
        b"Sec-Fetch-Site": chance.choice((b"same-origin", b"none", b"cross-site", b"\xff")),
        b"Content-Type": chance.choice(
            (b"", b"text/plain", b"multipart/form-data", b"\xff/\xff", b"a" * 3_000, b"multipart/form-data; boundary=")
        ),
        b"Cookie": b"desmigratif=" + chance.choice(_ODD)[:9_000].replace(b"\0", b""),
        b"Accept-Language": chance.choice((b"en", b"id;q=x", b",,,", b"jv" * 4_000, b"\xff", b"*")),
        b"Last-Event-ID": chance.choice(_ODD)[:9_000].replace(b"\0", b""),
        b"X-Forwarded-For": b"\xff, 1.2.3.4",
    }
    return usual | {name: value for name, value in odd.items() if chance.random() < 0.12}


def _fields(chance: Random) -> list[tuple[bytes, bytes]]:
    many = chance.choice((0, 1, 3, 3, 6, 25))
    return [(chance.choice(_FIELDS), chance.choice((*_ODD, *_BUTTONS))) for _ in range(many)]


def _urlencoded(chance: Random) -> tuple[bytes, bytes]:
    quoted = chance.random() < 0.8
    fields = ((name, quote_from_bytes(value).encode() if quoted else value) for name, value in _fields(chance))
    return b"application/x-www-form-urlencoded", b"&".join(b"%b=%b" % one for one in fields)


def _multipart(chance: Random) -> tuple[bytes, bytes]:
    file = b'; filename="x.bin"' if chance.random() < 0.05 else b""
    parts = (
        b'--%b\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n' % (_BOUNDARY, name, file, value)
        for name, value in _fields(chance)
    )
    charset = b"; charset=" + chance.choice(_CHARSETS) if chance.random() < 0.6 else b""
    return b"multipart/form-data; boundary=" + _BOUNDARY + charset, b"".join(parts) + b"--" + _BOUNDARY + b"--\r\n"
