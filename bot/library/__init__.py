"""The library: `content/` read into a release, whole or not at all, every fault said with file and line."""

from bot.library.faults import Fault, Faulty
from bot.library.folder import digest_of, files_of, is_content, trace
from bot.library.load import load, load_files, read, read_villages

__all__ = [
    "Fault",
    "Faulty",
    "digest_of",
    "files_of",
    "is_content",
    "load",
    "load_files",
    "read",
    "read_villages",
    "trace",
]
