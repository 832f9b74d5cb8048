"""May a part of your case be shown to another office? The person's yes or no; a yes can be taken back. The officer hears it."""

from dataclasses import replace

from bot.casework.states import OPEN
from bot.dialogue.choices import label
from bot.dialogue.desk.referring import notice, notice_of_end
from bot.dialogue.turn import Turn
from bot.model.case import Case, Event
from bot.model.effects.cases import Refer
from bot.model.effects.telling import TellOfficers
from bot.model.messages import Reply
from bot.model.referral import Referral
from bot.model.step import Effect, Step

PRESSES = ("share-yes", "share-no")


def listen(turn: Turn) -> Step | None:
    """An answer to the question, once; and no after yes, as long as it is shown."""
    kind, id = turn.button
    if kind not in PRESSES:
        return None
    case, referral = turn.conversation.known.case, turn.conversation.known.referral
    if case is None or referral is None or str(referral.id) != id:
        return turn.step(Reply("cases/unknown"))
    taken_back = kind == "share-no" and referral.state in ("shared", "answered")
    if case.state not in OPEN or not (referral.state == "asked" or taken_back):
        return turn.step(Reply("told/share-over", {"number": case.number}, (label("menu", "do:menu"),)))
    return _answered(turn, case, referral, agreed=kind == "share-yes")


def _answered(turn: Turn, case: Case, referral: Referral, *, agreed: bool) -> Step:
    after = replace(referral, state="refused" if referral.state == "asked" else "ended")
    if agreed:
        after = replace(referral, state="shared", consent="chat")
    place = turn.release.place(referral.to)
    event = Event(
        case.number, "referred", turn.incoming.at, turn.conversation.person, "", f"{place}: {'✓' if agreed else '✗'}"
    )
    facts = {"number": case.number, "agreed": agreed}
    news = Reply("notice/share-answer", facts, (label("open-case", f"case:{case.number}"),))
    effects: tuple[Effect, ...] = (
        *(() if agreed else notice_of_end(case, referral)),
        Refer(after, referral.state, event),
        TellOfficers(case.unit, news, holder=case.officer),
        *(notice(case, referral) if agreed else ()),
    )
    back = (label("share-end", f"share-no:{referral.id}"),) if agreed else ()
    answer = Reply("told/share-answered", {**facts, "place": place}, (*back, label("menu", "do:menu")))
    return turn.step(answer, effects=effects)
