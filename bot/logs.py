"""Logging: lines for people or JSON for machines, with no token and nothing a person wrote.

Libraries that log addresses (httpx, aiohttp, telegram) may hold a bot token in a URL: they are kept to warnings, and every
line goes through a filter that cuts what looks like a token, a telephone number or WhatsApp's name for a person.
"""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_SECRETS = re.compile(
    r"\d{6,}:[A-Za-z0-9_-]{20,}|EAA[A-Za-z0-9]{16,}"  # tokens of Telegram's and Meta's
    r"|wamid\.[A-Za-z0-9+/=_-]+|\b[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{12,}"  # in the one stands a number, the other is a person
    r"|\+?\d[\d -]{8,}\d|/login/[A-Za-z0-9_-]{16,}"
)
_LOUD = ("httpx", "httpcore", "telegram", "aiohttp", "asyncio", "uvicorn", "aiosqlite", "asyncpg")


class Redact(logging.Filter):
    """Cuts secrets out of a finished message."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line through, without what must not be in it."""
        said = record.getMessage()
        if record.name == "asyncio":  # its later lines show the error itself, text and all
            said = said.partition("\n")[0]
        record.msg, record.args = _SECRETS.sub("[cut]", said), ()
        return True


class Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, place and message; an error with its kind and frames, never its text."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "where": record.name,
            "message": record.getMessage(),
            **({"error": _where(record.exc_info)} if record.exc_info else {}),
        }
        return json.dumps(line, ensure_ascii=False)


class Text(logging.Formatter):
    """A line for people. A traceback shows where, never the error's text, which may hold what a person wrote."""

    def formatException(self, ei: Any) -> str:
        """Kind and place of the error."""
        return _where(ei)


def _where(ei: Any) -> str:
    kind, _, frames = ei
    where = [f"{Path(one.filename).name}:{one.lineno}" for one in traceback.extract_tb(frames)]
    return f"{kind.__name__ if kind else 'no error'} at {' > '.join(where[-4:])}"


def set_up(*, json: bool) -> None:
    """Log to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Json() if json else Text("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redact())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
