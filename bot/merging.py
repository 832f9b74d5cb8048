"""What waits for one chat goes as one message where it fits, for every message is counted."""

from collections.abc import Sequence
from dataclasses import replace

from bot.model.messages import Message
from bot.store.post import Due

LONGEST = 3800
"""Letters of a whole: below what any channel takes, with room for its marks."""


def groups(rows: Sequence[Due], *, merge: bool) -> list[list[Due]]:
    """The rows of one chat in their order, neighbours that may go together in one group; unless merged, each alone."""
    found: list[list[Due]] = []
    for one in rows:
        if merge and found and _fits(found[-1], one):
            found[-1].append(one)
        else:
            found.append([one])
    return found


def whole(group: Sequence[Due]) -> Due:
    """What goes for a group: under the number of its first row, all that it says."""
    first = group[0]
    if len(group) == 1:
        return first
    message = replace(first.outgoing.message, text="\n\n".join(one.outgoing.message.text for one in group))
    doubted = any(one.doubted for one in group)
    return replace(first, outgoing=replace(first.outgoing, message=message), doubted=doubted)


def _fits(group: Sequence[Due], one: Due) -> bool:
    before, after = group[-1].outgoing.message, one.outgoing.message
    if not (_bare(before) and _bare(after)) or before.quiet != after.quiet:
        return False
    length = sum(len(row.outgoing.message.text) + 2 for row in group)
    return length + len(after.text) <= LONGEST


def _bare(message: Message) -> bool:
    """Words and nothing else: neither buttons nor a file, nor anything that goes away again."""
    return not (message.choices or message.anchors or message.attachment or message.passing or message.template)
