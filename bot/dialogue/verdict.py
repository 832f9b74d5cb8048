"""What the check of an offer says: how grave it looks, why, what the list says of the company, and whom to ask.

The answers are kept on only while they can become a report; a verdict without a sign leaves nothing behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.dialogue.choices import label, topic_buttons
from bot.dialogue.turn import Turn
from bot.knowledge.agencies import Finding
from bot.knowledge.dates import day
from bot.knowledge.offers import Judgement, judge, name_of
from bot.model.content import said
from bot.model.conversation import Filling
from bot.model.forms import Form, Sign
from bot.model.messages import Button, Reply
from bot.model.step import Step

MOST_LINES = 4
MOST_STORY = 450
_READ_ON: Mapping[str, tuple[str, ...]] = {
    "stop": ("protection/how-to-complain", "migration/brokers", "migration/check-agency"),
    "warn": ("protection/how-to-complain", "migration/brokers", "migration/check-agency"),
    "ask": ("migration/check-agency", "migration/work-contract", "migration/brokers"),
}


def begin(turn: Turn, form: Form) -> Reply:
    """What comes, and that nothing of it is kept."""
    return Reply("verdict/begin", {"title": said(form.title, turn.language), "count": len(form.fields)})


def verdict(turn: Turn, filling: Filling, form: Form) -> Step:
    """The verdict instead of a summary."""
    judged = judge(form, filling.answers, turn.release.content.agencies)
    done = replace(filling, asking="summary", field="", editing=False, touched=turn.incoming.at)
    kept = (done,) if _reportable(judged, form) else ()
    others = tuple(one for one in turn.conversation.paused if one.form != form.id)
    return turn.step(*_replies(turn, form, filling, judged), filling=None, paused=(*kept, *others), misses=0)


def retold(turn: Turn, form: Form, answers: Mapping[str, str]) -> str:
    """The answers and the signs in the person's words, as the story of a report; as many signs as it can hold."""
    judged = judge(form, answers, turn.release.content.agencies)
    told = "; ".join(
        f"{said(field.label or field.ask, turn.language)}: {turn.release.say(field, answers[field.id], turn.language)}"
        for field in form.fields
        if answers.get(field.id)
    )
    text = f"{said(form.title, turn.language)}. {told}."
    for reason in (said(one.reason, turn.language) for one in judged.signs if one.level != "ask"):
        text = f"{text} {reason}" if len(text) + len(reason) < MOST_STORY else text
    return text


def _reportable(judged: Judgement, form: Form) -> bool:
    return bool(form.reports_as) and judged.level != "ask"


def _replies(turn: Turn, form: Form, filling: Filling, judged: Judgement) -> Sequence[Reply]:
    """Two messages, or three when there are many signs."""
    lines = [_line(turn, sign) for sign in judged.signs]
    first, more = lines[:MOST_LINES], lines[MOST_LINES : 2 * MOST_LINES]
    last = {"level": judged.level, "country": "", **_found(name_of(form, filling.answers), judged.finding)}
    return (
        Reply(f"verdict/{judged.level}", {"lines": first}),
        *((Reply("verdict/more", {"lines": more}),) if more else ()),
        Reply("verdict/then", last, _buttons(turn, form, judged)),
    )


def _line(turn: Turn, sign: Sign) -> dict[str, object]:
    return {"reason": said(sign.reason, turn.language), "source": sign.source.title}


def _found(name: str, finding: Finding) -> dict[str, object]:
    """What the list says, for the phrase that says it."""
    return {
        "says": finding.says,
        "name": finding.agency.name if finding.agency else name,
        "source": finding.agency.source.title if finding.agency else "",
        "as_of": day(finding.agency.as_of if finding.agency else finding.as_of),
        "similar": [{"name": one.name, "status": one.status} for one in finding.similar],
    }


def _buttons(turn: Turn, form: Form, judged: Judgement) -> tuple[Button, ...]:
    report = (label("report-offer", f"report:{form.id}"),) if _reportable(judged, form) else ()
    topics = topic_buttons(_READ_ON[judged.level], turn.language, turn.release)
    return (*report, *topics, label("ask-officer", "form:ask-officer"), label("check-another", f"form:{form.id}"))
