"""Our own style sheets and script, read once at the start, named by what they hold so that a browser keeps them."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FOLDER = Path(__file__).parent / "static"
_KINDS = {".css": "text/css", ".js": "text/javascript"}
_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class File:
    """A file as served: plain, packed, and the tag that changes with its content."""

    body: bytes
    packed: bytes
    kind: str
    tag: str


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """The files by name."""

    files: Mapping[str, File]

    def url(self, name: str) -> str:
        """Where a page finds a file; a new content is a new address."""
        return f"/static/{name}?v={self.files[name].tag}"

    async def serve(self, request: Request) -> Response:
        """Answer for one of the files, packed for whoever can unpack."""
        file = self.files.get(request.path_params["name"])
        if file is None:
            return PlainTextResponse("not found", 404)
        headers = {"Vary": "Accept-Encoding", "Cache-Control": _A_YEAR}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(file.body, media_type=file.kind, headers=headers)
        return Response(file.packed, media_type=file.kind, headers={**headers, "Content-Encoding": "gzip"})


def read_static(folder: Path = FOLDER) -> StaticFiles:
    """All style sheets and scripts of the folder."""
    return StaticFiles({path.name: _file(path) for path in sorted(folder.iterdir()) if path.suffix in _KINDS})


def _file(path: Path) -> File:
    body = path.read_bytes()
    tag = hashlib.sha256(body).hexdigest()[:10]
    return File(body, gzip.compress(body, mtime=0), _KINDS[path.suffix], tag)
