"""Spoils an update of a platform's: its tree of JSON first, then, one time in four, its bytes."""

import copy
import json
import math
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

Mutation = Callable[[Random, Any], None]
_DEEP, _LONG_NUMBER, _TWICE = "\x01deep", "\x01long", "\x01twice"
_LONG = "نور" * 11_000
_ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    7,
    1.5,
    -0.0,
    2**31,
    2**53 - 1,
    2**53,
    2**63,
    2**70,
    -(2**70),
    math.nan,
    math.inf,
    1e308,
    "",
    "0",
    "private",
    "halo",
    "\ud83d",
    "a\udc00b",
    "\0",
    "a\0b",
    "\u202egnp.exe\u202c",
    "\u200b\u2066x\ufeff",
    "😀" * 40,
    "ꦱꦸꦒꦼꦁ",
    "你好吗",
    "สวัสดี",
    "x" * 513,
    "y" * 16_385,
    _LONG,
    "{{ 7*7 }} <b>&amp; %s \\",
    "' or 1=1 --",
    [],
    [1],
    {},
    {"id": 1},
    _DEEP,
    _LONG_NUMBER,
)
_DATA = (
    "topic:",
    ":",
    "form:" + "x" * 60,
    "case:10000179",
    "claim:" + "9" * 40,
    "agree:ask-officer\0",
    "send:",
    "do:../..",
    "é" * 64,
)
_BYTES = (
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b"\\u",
    b",",
    b"1e999",
    b"\xef\xbb\xbf",
    b"NaN",
)


def spoilt(chance: Random, update: Mapping[str, Any], *, keep_number: bool = False) -> bytes:
    """The update, spoilt in one to four places. With `keep_number` its `update_id` stays as it is and comes first.

    Telegram counts its updates itself: that number is the one thing in a page nobody else can spoil.
    """
    number = update["update_id"]
    tree = {name: value for name, value in update.items() if name != "update_id"} if keep_number else dict(update)
    body = spoilt_tree(chance, tree)
    if chance.random() < (0.05 if keep_number else 0.25):
        body = spoilt_bytes(chance, body)
    if not keep_number:
        return body
    return b'{"update_id":%d' % number + (b"}" if body == b"{}" else b"," + body.removeprefix(b"{"))


def spoilt_tree(chance: Random, tree: dict[str, Any]) -> bytes:
    """The tree as JSON, spoilt in one to four places; the tree itself is spoilt, too."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 4))):
        _spoil_tree(chance, tree)
    return _written(chance, tree)


def spoilt_bytes(chance: Random, body: bytes) -> bytes:
    """Some bytes flipped, cut out, put in or swapped; now and then another encoding, or a body of millions of bytes."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        body = chance.choice(_BYTE_MUTATIONS)(chance, body)
    return huge(chance, body) if chance.random() < 0.0005 else body


def huge(chance: Random, body: bytes) -> bytes:
    """The body with so much white space or so long a text in it that it comes near to 3 MB, or over it."""
    size = chance.choice((1 << 20, 3 * 1024 * 1024 - len(body) - 8, 3 * 1024 * 1024 + 1))
    return chance.choice((b" " * size + body, body + b"\0" * size, b'{"x":"' + b"a" * size + b'",' + body.lstrip(b"{")))


def _spoil_tree(chance: Random, tree: Any) -> None:
    """Walk to a place of the tree, and spoil it there."""
    while True:
        inner = [
            one for one in (tree.values() if isinstance(tree, dict) else tree) if isinstance(one, dict | list) and one
        ]
        if not inner or chance.random() < 0.3:
            break
        tree = chance.choice(inner)
    if tree:
        chance.choice(_TREE_MUTATIONS)(chance, tree)


def _key(chance: Random, tree: Any) -> Any:
    return chance.choice(list(tree) if isinstance(tree, dict) else range(len(tree)))


def _odd(chance: Random) -> Any:
    """One of the odd values, not to be shared: the next mutation may change it."""
    return copy.copy(chance.choice(_ODD))


def _delete(chance: Random, tree: Any) -> None:
    del tree[_key(chance, tree)]


def _replace(chance: Random, tree: Any) -> None:
    tree[_key(chance, tree)] = _odd(chance)


def _swap(chance: Random, tree: Any) -> None:
    one, other = _key(chance, tree), _key(chance, tree)
    tree[one], tree[other] = tree[other], tree[one]


def _retype(chance: Random, tree: Any) -> None:
    """The same as a text, as a list, or as the only thing in an object."""
    key = _key(chance, tree)
    value = tree[key]
    tree[key] = chance.choice((str(value)[:200], [value], {"value": value}, bool(value)))


def _add(chance: Random, tree: Any) -> None:
    if isinstance(tree, dict):
        tree[chance.choice(("text", "chat", "data", "message", "photo", "voice", "x", ""))] = _odd(chance)
    else:
        tree.append(_odd(chance))


def _repeat(chance: Random, tree: Any) -> None:
    """A key that stands there twice: it is written so when the tree is."""
    if isinstance(tree, dict):
        key = _key(chance, tree)
        tree[f"{key}{_TWICE}"] = chance.choice((tree[key], _odd(chance)))
    else:
        tree.append(tree[0])


def _press(chance: Random, tree: Any) -> None:
    """Other data on a button, where there is one."""
    if isinstance(tree, dict) and isinstance(query := tree.get("callback_query", tree), dict) and "data" in query:
        data = str(query["data"])
        query["data"] = chance.choice((data[::-1], data.upper(), data + "x", data[:3], data * 9, chance.choice(_DATA)))
    else:
        _replace(chance, tree)


_TREE_MUTATIONS: tuple[Mutation, ...] = (_delete, _replace, _replace, _replace, _swap, _retype, _add, _repeat, _press)


def _written(chance: Random, tree: Any) -> bytes:
    """The tree as JSON, or nearly: with what no writer of JSON would write."""
    text = json.dumps(tree, ensure_ascii=chance.random() < 0.5)
    text = text.replace(json.dumps(_TWICE)[1:-1], "").replace(_TWICE, "")
    body = text.encode("utf-8", chance.choice(("surrogatepass", "replace")))
    if b"\\u0001" in body:
        depth, digits = chance.choice((60, 600, 1_000, 5_000, 100_000)), b"9" * chance.choice((20, 4_400))
        deep = chance.choice((b"[" * depth + b"]" * depth, b'{"a":' * depth + b"1" + b"}" * depth))
        body = body.replace(b'"\\u0001deep"', deep).replace(b'"\\u0001long"', digits)
    return body


def _flip(chance: Random, body: bytes) -> bytes:
    at = chance.randrange(len(body) or 1)
    return body[:at] + bytes((chance.randrange(256),)) + body[at + 1 :]


def _cut(chance: Random, body: bytes) -> bytes:
    start = chance.randrange(len(body) or 1)
    return body[:start] + body[start + chance.randrange(1, 40) :]


def _end(chance: Random, body: bytes) -> bytes:
    return body[: chance.randrange(len(body) or 1)]


def _insert(chance: Random, body: bytes) -> bytes:
    at = chance.randrange(len(body) or 1)
    return body[:at] + chance.choice(_BYTES) + body[at:]


def _double(chance: Random, body: bytes) -> bytes:
    start = chance.randrange(len(body) or 1)
    part = body[start : start + chance.randrange(1, 80)]
    return body[:start] + part + body[start:]


def _marked(_: Random, body: bytes) -> bytes:
    return b"\xef\xbb\xbf" + body


def _recoded(chance: Random, body: bytes) -> bytes:
    return body.decode("utf-8", "replace").encode(
        chance.choice(("utf-16", "utf-32", "latin-1", "utf-16-be")), "replace"
    )


_BYTE_MUTATIONS = (_flip, _flip, _cut, _end, _insert, _insert, _double, _marked, _recoded)
