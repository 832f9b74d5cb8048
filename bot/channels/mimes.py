"""What kind of content a file has: by the end of its name, and the name it gets when it goes on.

No name somebody gave to a file goes on with it: names of people stand in names of files.
"""

import re
from collections.abc import Mapping

_MIMES: Mapping[str, str] = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "amr": "audio/amr",
    "mp4": "video/mp4",
    "3gp": "video/3gpp",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_PLAIN = re.compile(r"[a-z]{1,20}/[a-z0-9][a-z0-9.+-]{0,90}")


def by_name(name: str) -> str:
    """What the end of a name says; "" when it says nothing we know."""
    return _MIMES.get(name.rpartition(".")[2].lower(), "")


def plain(mime: str) -> str:
    """`audio/ogg; codecs=opus` without its particulars; "" for what is none."""
    found = mime.partition(";")[0].strip().lower()
    return found if _PLAIN.fullmatch(found) else ""


def name_for(mime: str) -> str:
    """A name that says the kind and nothing else."""
    ending = next((end for end, known in _MIMES.items() if known == mime), "bin")
    return f"desmigratif.{ending}"
