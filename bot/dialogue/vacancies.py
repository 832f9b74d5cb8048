"""Vacancies in the talk: what is open for somebody, page by page; being told of new ones; and the news itself."""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.choices import label
from bot.dialogue.turn import Turn
from bot.knowledge import market, vacancies
from bot.model.content import said
from bot.model.conversation import Sought
from bot.model.effects.people import Subscribe, Unsubscribe
from bot.model.messages import NEWS_WHEN_THEY_WRITE, Button, Reply
from bot.model.step import Step
from bot.model.work import Vacancy

MOST, MOST_WISHES, _LABEL, _OFFERED = 4, 5, 24, 7
_CHECK = "topic:migration/check-agency"


def listen(turn: Turn) -> Step | None:
    """A button of the list, or the word that shows what somebody wants to be told."""
    kind, what = turn.button
    if kind in _BUTTONS:
        return _BUTTONS[kind](turn, what)
    return _wishes(turn) if turn.says("subscriptions") else None


def bring(turn: Turn) -> Step:
    """The clock brings new vacancies (`text` holds their ids) to somebody who wanted to hear of them.

    What ends today is left out: the news may lie until the morning.
    """
    talk, today = turn.conversation, turn.incoming.at.date()
    if talk.quiet or turn.incoming.address.channel in NEWS_WHEN_THEY_WRITE:
        return turn.step()
    ids = turn.incoming.text.split()
    new = [one for one in vacancies.open_now(turn.release.content, today) if one.id in ids and one.expires > today]
    if not new:
        return turn.step()
    facts = {"vacancies": _ids(new[:MOST]), "count": len(new), "today": today}
    buttons = (label("vacancies/all", "vacancies:all"), _check(), label("subscriptions/end", "unsubscribe:yes"))
    return turn.step(Reply("vacancies/new", facts, buttons))


def heard(turn: Turn, country: str, sector: str) -> Sought:
    """What somebody seeks by now: the place as asked, and of themselves what they said last."""
    before, seeker = turn.conversation.sought, turn.heard.seeker
    return Sought(
        country,
        sector,
        seeker.age or before.age,
        seeker.education or before.education,
        seeker.languages or before.languages,
    )


def listed(turn: Turn, sought: Sought, start: int = 0) -> Reply:
    """What is open for this, from the `start`th on; or honestly that nothing is."""
    today = turn.incoming.at.date()
    found = vacancies.suiting(turn.release.content, sought, today)
    if not found:
        facts = {"sought": sought, "told": _can_be_told(turn)}
        return Reply("vacancies/none", facts, (*_after_none(turn, sought), *_tell_me(turn, sought)))
    start = start if start < len(found) else 0
    page = _ids(found[start : start + MOST])
    some = {"vacancies": page, "sought": sought, "first": start + 1, "count": len(found), "today": today}
    return Reply("vacancies/some", some, (*_after_some(found, sought, start + MOST), *_tell_me(turn, sought)))


def _after_some(found: list[Vacancy], sought: Sought, then: int) -> tuple[Button, ...]:
    """Before all: whether the company is a lawful one. Then on, narrower, or back to everything."""
    places, work = vacancies.countries_of(found), vacancies.sectors_of(found)
    narrower = "country" if len(places) > 1 else "sector" if len(work) > 1 else ""
    everything = (label("vacancies/all", "vacancies:all"),) if sought != Sought() else ()
    return (
        _check(),
        *((label("vacancies/next", f"vacancies:{then}"),) if then < len(found) else ()),
        *((label(f"vacancies/by-{narrower}", f"narrow:{narrower}"),) if narrower else everything),
    )


def _after_none(turn: Turn, sought: Sought) -> tuple[Button, ...]:
    """Whatever else is open: there whoever one is, else anywhere."""
    content, today = turn.release.content, turn.incoming.at.date()
    wider = vacancies.wider(sought)
    if wider != sought and vacancies.suiting(content, wider, today):
        return (label("vacancies/wider", "vacancies:wider"),)
    return (label("vacancies/all", "vacancies:all"),) if vacancies.open_now(content, today) else ()


def _tell_me(turn: Turn, sought: Sought) -> tuple[Button, ...]:
    """Nobody is promised news where we may not write first."""
    wish = f"subscribe:{sought.country}:{sought.sector}"
    return (label("vacancies/tell-me", wish),) if _can_be_told(turn) else ()


def _can_be_told(turn: Turn) -> bool:
    return turn.incoming.address.channel not in NEWS_WHEN_THEY_WRITE


def _check() -> Button:
    return label("vacancies/check", _CHECK)


def _ids(found: list[Vacancy]) -> tuple[str, ...]:
    return tuple(one.id for one in found)


def _page(turn: Turn, what: str) -> Step:
    """The list again: from a number on, for whoever one is (`wider`), or of everything (`all`)."""
    kept = turn.conversation.sought
    sought = {"wider": vacancies.wider(kept), "all": Sought()}.get(what, kept)
    start = int(what) if what.isascii() and what.isdigit() and len(what) < 6 else 0
    return turn.step(listed(turn, sought, start), sought=sought, misses=0)


def _narrow(turn: Turn, what: str) -> Step:
    """Which countries, or which kinds of work, have something open."""
    found = vacancies.suiting(turn.release.content, turn.conversation.sought, turn.incoming.at.date())
    by_country = what == "country"
    ids = vacancies.countries_of(found) if by_country else vacancies.sectors_of(found)
    buttons = tuple(Button(f"seek-{what}:{id}", label=name_on_button(turn, id)) for id in ids[:_OFFERED])
    if not buttons or what not in ("country", "sector"):
        return _page(turn, "all")
    return turn.step(Reply(f"vacancies/by-{what}", buttons=(*buttons, label("vacancies/all", "vacancies:all"))))


def _seek_country(turn: Turn, what: str) -> Step:
    sought = replace(turn.conversation.sought, country=what if what in turn.release.content.countries else "")
    return turn.step(listed(turn, sought), sought=sought)


def _seek_sector(turn: Turn, what: str) -> Step:
    sought = replace(turn.conversation.sought, sector=what if what in turn.release.content.sectors else "")
    return turn.step(listed(turn, sought), sought=sought)


def name_on_button(turn: Turn, id: str) -> str:
    """A country or a sector as it fits on a button: a long name gives way to its topic's short one."""
    content = turn.release.content
    named = content.countries.get(id) or content.sectors[id]
    name = said(named.name, turn.language)
    short = name if len(name) <= _LABEL else turn.release.title(named.topic, turn.language)
    return short[:1].upper() + short[1:]


def _subscribe(turn: Turn, what: str) -> Step:
    """Note a wish, up to five; who has asked for quiet and wants news again is written to again."""
    wish, kept = _wish(turn, what), turn.conversation.known.wishes
    if not _can_be_told(turn):
        return turn.step(Reply("subscriptions/not-here", buttons=(label("menu", "do:menu"),)))
    if wish not in kept and len(kept) >= MOST_WISHES:
        return turn.step(_list(turn, "subscriptions/full"))
    facts = {"sought": wish}
    buttons = (label("subscriptions/mine", "do:subscriptions"), label("menu", "do:menu"))
    new = (Subscribe(wish.country, wish.sector),)
    return turn.step(Reply("subscriptions/begun", facts, buttons), effects=new, quiet=False, misses=0)


def _wish(turn: Turn, what: str) -> Sought:
    """What a button subscribes to; of several countries, any: a wish names one or none."""
    country, _, sector = what.partition(":")
    content = turn.release.content
    one = market.named(country)[:2]
    return Sought(
        one[0] if len(one) == 1 and one[0] in content.countries else "", sector if sector in content.sectors else ""
    )


def _wishes(turn: Turn) -> Step:
    if turn.conversation.known.wishes:
        return turn.step(_list(turn, "subscriptions/list"), misses=0)
    return turn.step(Reply("subscriptions/none", buttons=(label("vacancies/all", "vacancies:all"),)), misses=0)


def _list(turn: Turn, phrase: str) -> Reply:
    buttons = (label("subscriptions/end", "unsubscribe:yes"), label("vacancies/all", "vacancies:all"))
    return Reply(phrase, {"wishes": turn.conversation.known.wishes}, buttons)


def _unsubscribe(turn: Turn, what: str) -> Step:
    return turn.step(Reply("subscriptions/ended", buttons=(label("menu", "do:menu"),)), effects=(Unsubscribe(),))


_BUTTONS: dict[str, Callable[[Turn, str], Step]] = {
    "vacancies": _page,
    "narrow": _narrow,
    "seek-country": _seek_country,
    "seek-sector": _seek_sector,
    "subscribe": _subscribe,
    "unsubscribe": _unsubscribe,
}
