"""Questions: words or a button lead to an answer, to candidates, or to an honest "I did not understand"."""

import re
from dataclasses import replace

from bot.dialogue.choices import label, topic_buttons
from bot.dialogue.menu import answered_in, menu_reply
from bot.dialogue.turn import Turn
from bot.model.content import Topic, said
from bot.model.conversation import Subject
from bot.model.messages import Button, Reply
from bot.model.step import Answered, Rated, Step, Unanswered

_DIGITS = re.compile(r"\d")
_MOST_KEPT = 200
_OFFERED_COUNTRIES = 7
_ENOUGH = 3


def listen(turn: Turn) -> Step | None:
    """A topic's button, a word on an answer, or a question in people's own words."""
    kind, what = turn.button
    if kind == "topic":
        return _pressed(turn, what)
    if kind == "country":
        return _with_country(turn, what)
    if kind in ("helped", "not-helped"):
        return _rated(turn, what, helped=kind == "helped")
    if turn.says("repeat"):
        return _repeated(turn)
    if turn.incoming.button or not (turn.typed or turn.incoming.text.strip()):
        return None
    media = turn.incoming.attachment
    return _offer_language(turn, _captioned(turn, media.kind) if media else _asked(turn))


def answer(turn: Turn, topic: Topic, country: str, sector: str) -> Step:
    """The answer with its source, "did this help?", what is near it, and the registration that fits."""
    spoken = turn.release.answer(topic, turn.language)[1]
    facts = {"topic": topic.id, "country": country, "sector": sector, "today": turn.incoming.at.date()}
    subject = Subject(topic.id, country, sector)
    logged = Answered(topic.id, spoken, topic.version)
    return turn.step(Reply("answer", facts, _after(turn, topic, country)), effects=(logged,), subject=subject, misses=0)


def _offer_language(turn: Turn, step: Step) -> Step:
    """Somebody who writes in another language we answer in is asked once whether to go on in it.

    Not somebody whose language we do not answer in yet: they get Indonesian anyway, and mix the two.
    """
    heard = next((one for one in turn.release.content.languages if one.id == turn.heard.language), None)
    if heard is None or heard.id in (turn.language, turn.conversation.offered) or len(turn.heard.tokens) < _ENOUGH:
        return step
    if not (answered_in(turn.release, heard.id) and answered_in(turn.release, turn.language)):
        return step
    name = said(heard.name, heard.id)
    offer = Reply("language/offer", {"language": name}, (Button(f"language:{heard.id}", label=name),))
    return replace(step, conversation=step.conversation.but(offered=heard.id), replies=(*step.replies, offer))


def _captioned(turn: Turn, kind: str) -> Step:
    """A picture with words: the words are answered, and that we cannot read pictures is said first."""
    asked = _asked(turn)
    return replace(asked, replies=(Reply(f"media/{kind}"), *asked.replies))


def _asked(turn: Turn) -> Step:
    heard, before = turn.heard, turn.conversation.subject
    if not any(token.isalpha() for token in heard.tokens):
        return _not_understood(turn)
    followed = _follow_up(turn)
    if followed:
        return answer(turn, followed, heard.country or before.country, heard.sector or before.sector)
    found = turn.release.find(heard.terms)
    topic = turn.release.topic(found.topic)
    if topic:
        return answer(turn, topic, heard.country, heard.sector)
    if found.candidates:
        return _candidates(turn, tuple(one.topic for one in found.candidates))
    return _not_understood(turn)


def _follow_up(turn: Turn) -> Topic | None:
    """ "Kalau Jepang?": nothing but a country or a kind of work, while we were speaking of something."""
    heard, subject = turn.heard, turn.conversation.subject
    if not (heard.country or heard.sector) or not subject.topic:
        return None
    if any(token not in turn.release.content.small_words.follow for token in heard.rest):
        return None
    return turn.release.topic(_elsewhere(turn, subject.topic, heard.country))


def _elsewhere(turn: Turn, topic: str, country: str) -> str:
    """The same topic of another country: where a topic is about one country only, that of the other one."""
    countries = turn.release.content.countries
    of_one_country = any(one.topic == topic for one in countries.values())
    return countries[country].topic if of_one_country and country in countries else topic


def _pressed(turn: Turn, what: str) -> Step:
    topic = turn.release.topic(what)
    if topic is None:
        return turn.step(Reply("old-button"), menu_reply(turn.release, turn.language))
    return answer(turn, topic, turn.conversation.subject.country, "")


def _repeated(turn: Turn) -> Step:
    topic = turn.conversation.subject.topic
    return (
        _pressed(turn, topic) if topic else turn.step(Reply("repeat/nothing"), menu_reply(turn.release, turn.language))
    )


def _with_country(turn: Turn, what: str) -> Step:
    topic = turn.release.topic(turn.conversation.subject.topic)
    if topic is None or what not in turn.release.content.countries:
        return turn.step(Reply("old-button"), menu_reply(turn.release, turn.language))
    return answer(turn, topic, what, turn.conversation.subject.sector)


def _after(turn: Turn, topic: Topic, country: str) -> tuple[Button, ...]:
    rating = (label("helped", f"helped:{topic.id}"), label("not-helped", f"not-helped:{topic.id}"))
    countries = _countries(turn) if topic.ask == "country" and not country else ()
    form = turn.release.form(topic.form)
    register = (Button(f"form:{form.id}", label=said(form.title, turn.language)),) if form else ()
    near = () if countries else topic_buttons(topic.related[:3], turn.language, turn.release)
    return (*rating, *countries, *near, *register)


def _countries(turn: Turn) -> tuple[Button, ...]:
    """The countries with a topic of their own, as many as fit."""
    listed = [one for one in turn.release.content.countries.values() if one.topic][:_OFFERED_COUNTRIES]
    return tuple(Button(f"country:{one.id}", label=said(one.name, turn.language)) for one in listed)


def _rated(turn: Turn, what: str, *, helped: bool) -> Step:
    if turn.release.topic(what) is None:
        return turn.step(Reply("old-button"), menu_reply(turn.release, turn.language))
    rated = Rated(what, helped)
    if helped:
        return turn.step(Reply("helped", buttons=(label("menu", "do:menu"),)), effects=(rated,))
    buttons = (label("ask-officer", "form:ask-officer"), label("menu", "do:menu"))
    return turn.step(Reply("not-helped", buttons=buttons), effects=(rated,))


def _candidates(turn: Turn, topics: tuple[str, ...]) -> Step:
    """Two or three to choose from; the second time in a row, the officer too."""
    misses = turn.conversation.misses + 1
    more = label("ask-officer", "form:ask-officer") if misses > 1 else label("none-of-these", "do:menu")
    reply = Reply("candidates", buttons=(*topic_buttons(topics, turn.language, turn.release), more))
    subject = Subject(country=turn.heard.country, sector=turn.heard.sector)
    return turn.step(reply, effects=(_for_editors(turn),), misses=misses, subject=subject)


def _not_understood(turn: Turn) -> Step:
    """First another try, the second time the officer: never a loop."""
    misses = turn.conversation.misses + 1
    effects = (_for_editors(turn),) if turn.heard.tokens else ()
    if misses > 1:
        buttons = (label("ask-officer", "form:ask-officer"), label("menu", "do:menu"))
        return turn.step(Reply("not-understood-again", buttons=buttons), effects=effects, misses=misses)
    return turn.step(menu_reply(turn.release, turn.language, "not-understood"), effects=effects, misses=misses)


def _for_editors(turn: Turn) -> Unanswered:
    """The question without digits and without capitalised words inside: what could name somebody."""
    words = turn.incoming.text.split()
    plain = [word for at, word in enumerate(words) if at == 0 or not word[:1].isupper() or word.isupper()]
    return Unanswered(_DIGITS.sub("#", " ".join(plain))[:_MOST_KEPT], turn.heard.language)
