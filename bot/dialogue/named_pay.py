"""Pay that somebody named in a question ("ditawari 25jt sebulan di taiwan, bener gak"): said before the answer where it lies.

It is no part of the answer: it has no code, and nobody is told when it changes.
"""

from dataclasses import replace

from bot.dialogue.turn import Turn
from bot.knowledge.named_pay import weigh
from bot.model.content import Topic
from bot.model.messages import Reply
from bot.model.step import Step
from bot.model.work import Wage


def topic_of_pay(turn: Turn) -> Topic | None:
    """Money for a month, named with a country, is pay, whatever else the words may mean."""
    if not (turn.heard.country and any(amount.per for amount in turn.heard.told.amounts)):
        return None
    return next((one for one in turn.release.content.topics.values() if one.shows == "wages"), None)


def with_named_pay(turn: Turn, topic: Topic, step: Step) -> Step:
    """An answer about wages, and first where the one amount named lies."""
    amounts, subject, today = turn.heard.told.amounts, step.conversation.subject, turn.incoming.at.date()
    if topic.shows != "wages" or len(amounts) != 1 or amounts[0].per not in ("", "month"):
        return step
    asked = Wage(amounts[0].value, amounts[0].currency, "month", "offered")
    found = weigh(turn.release.content, subject.country, subject.sector, asked, today)
    if found is None:
        return step
    facts = {"country": subject.country, "named": found, "today": today}
    return replace(step, replies=(Reply("named-pay", facts), *step.replies))
