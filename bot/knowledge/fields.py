"""Two values of the content held against each other, field by field, in the names the files have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from bot.model.content import Source, Way
from bot.model.work import Range, Wage


@dataclass(frozen=True, slots=True)
class Step:
    """A field that has changed; "" where there was or is nothing."""

    name: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.name}: {self.old or '(nothing)'} -> {self.new or '(nothing)'}"


def steps(old: Any, new: Any, name: str = "", without: Sequence[str] = ()) -> Iterator[Step]:
    """Every field that differs. A list is held against the other by what its items are called, not by their order."""
    if old == new:
        return
    if is_dataclass(old) and type(old) is type(new) and not isinstance(old, Source | Wage | Range):
        for one in fields(old):
            if one.name not in without:
                yield from steps(getattr(old, one.name), getattr(new, one.name), _under(name, one.name))
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _entries(old, new, name)
    elif _is_list(old) and _is_list(new):
        yield from _items(old, new, name)
    else:
        yield Step(name, shown(old), shown(new))


def _entries(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> Iterator[Step]:
    for key in dict.fromkeys((*old, *new)):
        yield from steps(old.get(key), new.get(key), _under(name, key))


def _items(old: Sequence[Any], new: Sequence[Any], name: str) -> Iterator[Step]:
    """What is gone, what has come, and what goes by the same name but is not the same."""
    before, after = ({called(one): one for one in listed} for listed in (old, new))
    if before == after:
        yield Step(name, "in this order", "in another order")
    yield from (Step(name, one, "") for one in before if one not in after)
    yield from (Step(name, "", one) for one in after if one not in before)
    for one in before:
        if one in after:
            yield from steps(before[one], after[one], _under(name, one))


def _under(name: str, part: str) -> str:
    return f"{name}.{part}" if name else part


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def called(item: Any) -> str:
    """What an item of a list goes by."""
    match item:
        case Way():
            return f"{item.kind} {item.value}"
        case Source():
            return item.title
        case _:
            return str(getattr(item, "id", "") or shown(item))


def shown(value: Any) -> str:
    """A value in a line, as it might stand in the file."""
    if is_dataclass(value):
        return _written(value)
    if isinstance(value, Mapping):
        return shown(value.get("id") or next(iter(value.values()), ""))
    if _is_list(value):
        return ", ".join(map(shown, value))
    return _plain(value)


def _written(value: Any) -> str:
    match value:
        case Source():
            return f"{value.title} ({', '.join(filter(None, (value.date, value.status)))})"
        case Wage():
            high = f" to {shown(value.high)}" if value.high else ""
            return f"{shown(value.amount)}{high} {value.currency} a {value.per} ({value.kind})"
        case Range():
            return f"{shown(value.low) or '...'} to {shown(value.high) or '...'}"
        case _:
            parts = (shown(getattr(value, one.name)) for one in fields(value))
            return ", ".join(part for part in parts if part)


def _plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.6f}".rstrip("0").rstrip(".")
        case _:
            return str(value)
