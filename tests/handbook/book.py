"""The officers' handbook as a text: the pictures, talks, buttons and words it names."""

import re
from collections.abc import Mapping
from pathlib import Path

PATH = Path(__file__).parents[2] / "docs" / "officers.md"
_PICTURE = re.compile(r"!\[[^\]]+\]\(pictures/([\w-]+)\.png\)")
_TALK = re.compile(r"(<!-- talk: ([\w-]+) -->\n```text\n)(.*?)(\n```\n)", re.DOTALL)
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_CODE = re.compile(r"`([^`\n]+)`")


def words() -> str:
    """The handbook without its talks, which are not written by hand."""
    return _TALK.sub("", PATH.read_text("utf-8"))


def pictures() -> list[str]:
    """The pictures it shows, each with words for whoever cannot see it."""
    return _PICTURE.findall(PATH.read_text("utf-8"))


def talks() -> dict[str, str]:
    """The talks it holds, by name."""
    return {name: body for _, name, body, _ in _TALK.findall(PATH.read_text("utf-8"))}


def buttons() -> list[str]:
    """What stands in bold: the name of a button, a link or a heading, as it stands on the screen."""
    return [" ".join(one.split()) for one in _BOLD.findall(words())]


def orders() -> list[str]:
    """What is to be typed."""
    return _CODE.findall(words())


def write_talks(drawn: Mapping[str, str]) -> None:
    """Put the talks as they go today in the place of those that stand there."""
    text = PATH.read_text("utf-8")
    PATH.write_text(_TALK.sub(lambda found: f"{found[1]}{drawn[found[2]]}{found[4]}", text), "utf-8")
