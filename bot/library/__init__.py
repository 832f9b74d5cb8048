"""The library: `content/` read into a release, whole or not at all, every fault said with file and line."""

from bot.library.faults import Fault, Faulty
from bot.library.load import load, read, read_villages

__all__ = ["Fault", "Faulty", "load", "read", "read_villages"]
