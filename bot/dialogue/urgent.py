"""Danger is heard first, in every message at every step: the hotline, one question, then back to where we were."""

from bot.dialogue import cases, codes, forms, receipts
from bot.dialogue.choices import label, topic_buttons
from bot.dialogue.desk import entry as desk
from bot.dialogue.turn import Turn
from bot.model.content import Danger
from bot.model.messages import Button, Reply
from bot.model.step import Step

_OPEN_TO_DANGER = ("", "emergency")
"""What a message may be to tell of danger: "step back" is a word that works everywhere, whatever "step" means."""


def listen(turn: Turn) -> Step | None:
    """Words of danger somebody wrote (a press brings no words of theirs), or the answer to our one question about it."""
    if turn.button == ("danger", "no"):
        return turn.step(Reply("danger/not-now"))
    if turn.heard.danger is None or turn.incoming.button or turn.heard.command not in _OPEN_TO_DANGER:
        return None
    if forms.chooses(turn) or codes.is_one(turn.incoming):
        return None
    return _with_what_else_it_was(turn, _first_aid(turn, turn.heard.danger))


def _first_aid(turn: Turn, danger: Danger) -> tuple[Reply, ...]:
    buttons = (
        label("call-for-help", "form:help"),
        label("read-more", f"topic:{danger.topic}"),
        *_what_else_was_asked(turn, danger),
        label("not-now", "danger:no"),
    )
    facts = {"country": turn.heard.country, "call": danger.call}
    return Reply(f"danger/{danger.severity}", facts), Reply("danger/ask", buttons=buttons)


def _what_else_was_asked(turn: Turn, danger: Danger) -> tuple[Button, ...]:
    """A cry often stands beside a question ("dipukul majikan, bisa pindah kerja?"): its answer waits behind a button."""
    topic = turn.release.find(turn.heard.terms).topic
    return topic_buttons((topic,), turn.language, turn.release) if topic not in ("", danger.topic) else ()


def _with_what_else_it_was(turn: Turn, aid: tuple[Reply, ...]) -> Step:
    """What was written as an answer, to the officer or by one is kept as such too: help comes first, but no word is lost."""
    other = desk.act(turn) or forms.story(turn) or cases.relay(turn) or receipts.listen(turn)
    if other is None:
        return turn.step(*aid)
    return Step(other.conversation, (*aid, *other.replies), other.effects)
