"""What a disk holds after the power was cut: what was synced for certain, of the rest anything.

A write, a shortening, a name made or taken away is durable once its file (or the folder) is synced. Until then each of them,
independently of the others, may have reached the disk, may not have, or (a write) may have reached it in part: a disk
writes sectors of 512 bytes, and a piece longer than that can be torn between two. So later writes may be there without
the earlier ones, as disks and file systems reorder what nobody asked them to keep in order.

As on ext4, to sync a file makes its own name durable. All else about names is durable with a sync of the folder only,
though on ext4 the sync of any file would do: the harsher rule is the safer one to pass.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

SECTOR = 512


class File(NamedTuple):
    """One file; one that is made anew under an old name is another (`turn`, from 0 for what was there to begin with)."""

    name: str
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put at a place of a file."""

    file: File
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Shorten:
    """A file cut (or stretched) to a size."""

    file: File
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """Everything done to a file, and its name, is on the disk; with its `folder`, all names are."""

    file: File
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Make:
    """A new, empty file."""

    file: File

    @property
    def name(self) -> str:
        """As in `Remove`."""
        return self.file.name


@dataclass(frozen=True, slots=True)
class Remove:
    """A name taken away, and with `folder` all names brought to the disk."""

    name: str
    folder: bool


Change = Write | Shorten
Naming = Make | Remove
Operation = Change | Naming | Sync


@dataclass(slots=True)
class Kept:
    """One file's bytes that are safe, and what was done since."""

    safe: bytearray = field(default_factory=bytearray)
    unsafe: list[Change] = field(default_factory=list)


class Disk:
    """A folder on a disk, beginning with these files (all of them safe)."""

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        begun = files or {}
        self._files = {File(name): Kept(bytearray(data)) for name, data in begun.items()}
        self._names = {name: File(name) for name in begun}
        self._namings: list[Naming] = []

    def do(self, operation: Operation) -> None:
        """One thing happens."""
        match operation:
            case Write(file) | Shorten(file):
                self._files[file].unsafe.append(operation)
            case Sync(file, folder):
                self._sync(file)
                self._sync_names(folder)
            case Make(file):
                self._files[file] = Kept()
                self._namings.append(operation)
            case Remove(_, folder):
                self._namings.append(operation)
                self._sync_names(folder)

    def after_a_cut(self, chance: Random) -> dict[str, bytes]:
        """What is found when the power is back, by name. The disk itself goes on as if nothing had been.

        How much survives of what was not synced is drawn anew each time: nothing, all, or something between.
        """
        share = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        names = _named(self._names, [one for one in self._namings if chance.random() < share])
        return {name: bytes(_surviving(self._files[file], share, chance)) for name, file in sorted(names.items())}

    def _sync(self, file: File) -> None:
        kept = self._files[file]
        for change in kept.unsafe:
            _apply(kept.safe, change)
        kept.unsafe = []
        if (made := Make(file)) in self._namings:
            before = self._namings.index(made)
            self._names[file.name] = file
            self._namings = [one for at, one in enumerate(self._namings) if at > before or one.name != file.name]

    def _sync_names(self, folder: bool) -> None:
        if folder:
            self._names, self._namings = _named(self._names, self._namings), []


def _named(names: Mapping[str, File], namings: Iterable[Naming]) -> dict[str, File]:
    """The folder after these were done."""
    found = dict(names)
    for one in namings:
        if isinstance(one, Make):
            found[one.name] = one.file
        else:
            found.pop(one.name, None)
    return found


def _surviving(kept: Kept, share: float, chance: Random) -> bytearray:
    found = bytearray(kept.safe)
    for change in kept.unsafe:
        if chance.random() < share:
            _apply(found, change)
        elif isinstance(change, Write) and chance.random() < 0.5:
            _apply(found, _torn(change, chance))
    return found


def _torn(whole: Write, chance: Random) -> Write:
    """The part before, or the part behind, the border of a sector; of a write within one sector, nothing."""
    borders = range((whole.at // SECTOR + 1) * SECTOR, whole.at + len(whole.data), SECTOR)
    if not borders:
        return Write(whole.file, 0, b"")
    border = chance.choice(borders)
    if chance.random() < 0.5:
        return Write(whole.file, whole.at, whole.data[: border - whole.at])
    return Write(whole.file, border, whole.data[border - whole.at :])


def _apply(content: bytearray, change: Change) -> None:
    """What was never written between two pieces reads as zeros."""
    end = change.size if isinstance(change, Shorten) else change.at + len(change.data)
    content.extend(bytes(max(0, end - len(content))))
    if isinstance(change, Shorten):
        del content[end:]
    else:
        content[change.at : end] = change.data
