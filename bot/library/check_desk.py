"""What may be wrong with the officers' desk: short words that mean something else, and replies written beforehand."""

from collections.abc import Iterator

from bot.library.by_hand import by_hand
from bot.library.check_topics import unfilled
from bot.library.faults import Fault
from bot.model.desk import ALONE, CannedReply
from bot.understanding.release import Release
from bot.wording import Wording

_MUST = ("id", "en")
_MOST_LABEL, _MOST_LETTERS, _MOST_BUTTON = 24, 700, 64
_RULES = "rules/desk.yaml"
_QUEUE = "queue"  # an officers' command already, and the same
_HELP = "emergency"


def desk(release: Release) -> Iterator[Fault]:
    """Everything wrong with the desk's words and replies."""
    for act, spoken in release.content.desk.orders.items():
        for word in (one for words in spoken.values() for one in words):
            yield from _order(release, act, word)
    kinds = {form.kind for form in release.content.forms.values()}
    for reply in release.content.replies.values():
        yield from _reply(release, reply, kinds)


def _order(release: Release, act: str, word: str) -> Iterator[Fault]:
    """A word of danger must not become an officer's order, nor one of everybody's where no case's number follows it."""
    near = f"{act}: ... {word}"
    taken = release.command(word) not in ("", _QUEUE) and act in ALONE
    if taken or release.hear(word).danger or release.command(word) == _HELP:
        yield Fault(_RULES, 1, f"{word!r} means something to everybody", "Take another word", near)
    others = [
        name for name, spoken in release.content.desk.orders.items() if any(word in one for one in spoken.values())
    ]
    if others != [act]:
        yield Fault(_RULES, 1, f"{word!r} stands under {' and '.join(others)}", "Keep it once", near)


def _reply(release: Release, reply: CannedReply, kinds: set[str]) -> Iterator[Fault]:
    file = f"replies/{reply.id}.yaml"
    for name, text in (("title", reply.title), ("text", reply.text)):
        missing = [language for language in _MUST if not text.get(language)]
        if missing:
            yield Fault(file, 1, f"{name} is missing in {', '.join(missing)}", "Write it", near=f"{name}:")
    for words in reply.title.values():
        if len(words) > _MOST_LABEL:
            yield Fault(file, 1, f"{words!r} is longer than {_MOST_LABEL} letters", "It stands on a button", near=words)
    for kind in sorted(set(reply.kinds) - kinds):
        yield Fault(file, 1, f"kinds: there is no kind of case {kind}", "Correct it", near=f"kinds: ... {kind}")
    if len(f"canned-send:1000000000:{reply.id}") > _MOST_BUTTON:
        yield Fault(file, 1, "the id is too long for a button", "Shorten it", near=f"id: {reply.id}")
    for language, words in reply.text.items():
        if found := by_hand(words):
            mend = "Put it into data/ and write {{ figure(...) }} or {{ contact(...) }}"
            yield Fault(file, 1, f"a number by hand: {found.group()!r}", mend, near=found.group())
        yield from _filled(release, reply, file, language)


def _filled(release: Release, reply: CannedReply, file: str, language: str) -> Iterator[Fault]:
    try:
        said = Wording(release).canned(reply.id, language, release.content.date)
    except Exception as error:  # a template of an editor can fail in any way; the fault is the file's
        why, near = unfilled(error)
        yield Fault(file, 1, f"the text cannot be filled in: {why}", "Correct what stands in {{ }} or {% %}", near)
        return
    if len(said) > _MOST_LETTERS:
        yield Fault(file, 1, f"{language}: {len(said)} letters", f"At most {_MOST_LETTERS}", near=f"{language}:")
