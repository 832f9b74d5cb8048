"""What an officer's morning begins with: how much waits, and what has waited longest. Numbers, no names."""

from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.model.messages import Reply
from bot.model.step import Step

MANY = "many"
"""Not the morning, but more at once than anybody should be told one by one."""


def bring(turn: Turn) -> Step:
    """Nothing when nothing is open, or for somebody who is no officer any more."""
    known = turn.conversation.known
    counts = {part: many for part, many in known.day.counts.items() if many and part != "practice"}
    if known.officer is None or known.digest is None or not counts:
        return turn.step()
    many = turn.incoming.text == MANY
    villages = [(turn.release.place(one.village), one.open, one.late) for one in known.digest.villages]
    facts = {
        "counts": counts,
        "oldest": known.digest.oldest,
        "villages": [] if many else villages,
        "head": "" if many else known.head,
        "many": many,
    }
    return turn.step(Reply("desk/digest", facts, (label("queue", "do:queue"),)))
