"""Sealing: what is personal lies encrypted in the database, the key outside of it.

The first key seals, every key opens: a new key is put in front, and the old one stays until all is sealed anew.

What must be found again without being read has marks beside it: hashes that only whoever has a key can make.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from pydantic import TypeAdapter

Shape = TypeVar("Shape")


class WrongKey(Exception):
    """Sealed with a key we do not have."""


class Seal:
    """Seals our frozen values as JSON, with the first of the keys (Fernet keys: 32 bytes in URL-safe base64)."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._marking = [_mark(base64.urlsafe_b64decode(key), "marks") for key in keys]

    def close(self, shape: Any, value: object, *, leave_out: frozenset[str] = frozenset()) -> bytes:
        """The value (of that shape), sealed; without the fields to leave out."""
        return self._fernet.encrypt(_adapter(shape).dump_json(value, exclude=set(leave_out) or None))

    def open(self, shape: type[Shape], sealed: bytes) -> Shape:
        """What was sealed. Raises `WrongKey`; a damaged value raises too, and never becomes an empty one."""
        found: Shape = _adapter(shape).validate_json(self.unwrap(sealed))  # type: ignore[arg-type]
        return found

    def wrap(self, content: bytes) -> bytes:
        """The content of a file, sealed; a third longer."""
        return self._fernet.encrypt(content)

    def unwrap(self, sealed: bytes) -> bytes:
        """What was wrapped. Raises `WrongKey`."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken as error:
            raise WrongKey("sealed with another key: add the old key to SECRET_KEYS") from error

    def marks(self, what: str, text: str) -> list[str]:
        """One mark by each of our keys: two texts of a kind (`what`) are the same when any of their marks is.

        So what was marked before a new key came is found by what is marked after it, as long as the old key stays.
        """
        return [_mark(key, f"{what}:{text}").hex() for key in self._marking]


def _mark(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), hashlib.sha256)


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)
