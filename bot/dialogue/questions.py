"""Questions: words or a button lead to an answer, to candidates, or to an honest "I did not understand"."""

from dataclasses import replace

from bot.dialogue.answers import answer, search
from bot.dialogue.choices import label, split, topic_buttons
from bot.dialogue.context import asked_of, goes_on, in_context, places, relation
from bot.dialogue.menu import answered_in, menu_reply
from bot.dialogue.named_pay import topic_of_pay, with_named_pay
from bot.dialogue.turn import Turn
from bot.model.content import Topic, said
from bot.model.conversation import Subject, Unsure
from bot.model.effects.people import Meant, Rated, Unanswered
from bot.model.messages import Button, Reply
from bot.model.step import Step


def listen(turn: Turn) -> Step | None:
    """A topic's button, a word on an answer, or a question in people's own words."""
    kind, what = turn.button
    if kind == "topic":
        return _noting_what_was_meant(turn, _pressed(turn, what))
    if kind in ("country", "sector"):
        return _narrowed(turn, kind, what)
    if kind in ("helped", "not-helped"):
        return _rated(turn, what, helped=kind == "helped")
    if turn.says("repeat"):
        return _repeated(turn)
    if turn.incoming.button or not (turn.typed or turn.incoming.text.strip()):
        return None
    media = turn.incoming.attachment
    return _offer_language(turn, _captioned(turn, media.kind) if media else _asked(turn))


def _offer_language(turn: Turn, step: Step) -> Step:
    """Somebody who writes in another language we answer in is asked once whether to go on in it.

    Not somebody whose language we do not answer in yet: they get Indonesian anyway, and mix the two.
    """
    heard = next((one for one in turn.release.content.languages if one.id == turn.heard.language), None)
    if heard is None or heard.id in (turn.language, turn.conversation.offered):
        return step
    if not (
        answered_in(turn.release, heard.id) and turn.release.speaks_apart(turn.incoming.text, heard.id, turn.language)
    ):
        return step
    name = said(heard.name, heard.id)
    offer = Reply("language/offer", {"language": name}, (Button(f"language:{heard.id}", label=name),))
    return replace(step, conversation=step.conversation.but(offered=heard.id), replies=(*step.replies, offer))


def _captioned(turn: Turn, kind: str) -> Step:
    """A picture with words: the words are answered, and that we cannot read pictures is said first."""
    asked = _asked(turn)
    return replace(asked, replies=(Reply(f"media/{kind}"), *asked.replies))


def _asked(turn: Turn) -> Step:
    heard = turn.heard
    if not any(token.isalpha() for token in heard.tokens):
        return _not_understood(turn)
    followed = _follow_up(turn)
    if followed:
        return _followed(turn, followed)
    found = turn.release.find(heard.terms)
    if not found.topic and goes_on(turn):
        found = in_context(turn, found)
    topic = turn.release.topic(found.topic) or topic_of_pay(turn)
    if topic:
        return with_named_pay(turn, topic, answer(turn, topic, *asked_of(turn, topic)))
    if found.candidates:
        return _candidates(turn, tuple(one.topic for one in found.candidates))
    return _not_understood(turn)


def _follow_up(turn: Turn) -> Topic | None:
    """ "Kalau Jepang?": nothing but a country or a kind of work, while we were speaking of something.

    While we were speaking of vacancies, "saya lulusan smp" or "umur 40" too.
    """
    heard, subject, content = turn.heard, turn.conversation.subject, turn.release.content
    topic = content.topics.get(subject.topic)
    seeks = topic is not None and topic.shows == "vacancies"
    if topic is None or not (heard.country or heard.sector or (seeks and heard.seeker)):
        return None
    around = (*content.small_words.follow, *(content.seeker_words.around if seeks else ()))
    if any(token not in around for token in heard.rest):
        return None
    return turn.release.topic(_elsewhere(turn, subject.topic, heard.country))


def _followed(turn: Turn, topic: Topic) -> Step:
    heard, talk = turn.heard, turn.conversation
    if topic.shows == "vacancies":
        return search(turn, topic, places(turn) or talk.sought.country, heard.sector or talk.sought.sector)
    return answer(turn, topic, places(turn) or talk.subject.country, heard.sector or talk.subject.sector)


def _elsewhere(turn: Turn, topic: str, country: str) -> str:
    """The same topic of another country: where a topic is about one country only, that of the other one."""
    countries = turn.release.content.countries
    of_one_country = any(one.topic == topic for one in countries.values())
    return countries[country].topic if of_one_country and country in countries else topic


def _pressed(turn: Turn, what: str) -> Step:
    topic = turn.release.topic(what)
    if topic is None:
        return turn.step(Reply("old-button"), menu_reply(turn.release, turn.language))
    subject = turn.conversation.subject
    return answer(turn, topic, subject.country, subject.sector)


def _noting_what_was_meant(turn: Turn, step: Step) -> Step:
    """While the topics we offered when unsure stand on the screen, the one pressed is the one that was meant."""
    unsure, (_, chosen) = turn.conversation.unsure, turn.button
    on_screen = tuple(what for kind, what in map(split, turn.conversation.shown) if kind == "topic")
    if chosen not in unsure.offered or on_screen != unsure.offered:
        return step
    meant = Meant(unsure.text, unsure.offered, chosen)
    return replace(step, conversation=step.conversation.but(unsure=Unsure()), effects=(*step.effects, meant))


def _repeated(turn: Turn) -> Step:
    topic = turn.conversation.subject.topic
    return (
        _pressed(turn, topic) if topic else turn.step(Reply("repeat/nothing"), menu_reply(turn.release, turn.language))
    )


def _narrowed(turn: Turn, kind: str, what: str) -> Step:
    """The same topic for the country or the kind of work on a button."""
    subject, content = turn.conversation.subject, turn.release.content
    topic = turn.release.topic(subject.topic)
    known = content.countries if kind == "country" else content.sectors
    if topic is None or what not in known:
        return turn.step(Reply("old-button"), menu_reply(turn.release, turn.language))
    if kind == "country":
        return answer(turn, topic, what, subject.sector)
    return answer(turn, topic, subject.country, what)


def _rated(turn: Turn, what: str, *, helped: bool) -> Step:
    topic = turn.release.topic(what)
    if topic is None:
        return turn.step(Reply("old-button"), menu_reply(turn.release, turn.language))
    rated = Rated(what, helped, turn.release.answer(topic, turn.language)[1], topic.version)
    if helped:
        return turn.step(Reply("helped", buttons=(label("menu", "do:menu"),)), effects=(rated,))
    buttons = (label("ask-officer", "form:ask-officer"), label("menu", "do:menu"))
    return turn.step(Reply("not-helped", buttons=buttons), effects=(rated,))


def _candidates(turn: Turn, topics: tuple[str, ...]) -> Step:
    """Two or three to choose from; the second time in a row, the officer too."""
    misses = turn.conversation.misses + 1
    more = label("ask-officer", "form:ask-officer") if misses > 1 else label("none-of-these", "do:menu")
    reply = Reply("candidates", buttons=(*topic_buttons(topics, turn.language, turn.release), more))
    anew = Subject("", places(turn), turn.heard.sector, relation(turn))
    subject = turn.conversation.subject if goes_on(turn) else anew
    kept = _for_editors(turn, topics)
    return turn.step(reply, effects=(kept,), misses=misses, subject=subject, unsure=Unsure(kept.text, topics))


def _not_understood(turn: Turn) -> Step:
    """First another try, the second time the officer: never a loop."""
    misses = turn.conversation.misses + 1
    effects = (_for_editors(turn),) if turn.heard.tokens else ()
    if misses > 1:
        buttons = (label("ask-officer", "form:ask-officer"), label("menu", "do:menu"))
        return turn.step(Reply("not-understood-again", buttons=buttons), effects=effects, misses=misses)
    return turn.step(menu_reply(turn.release, turn.language, "not-understood"), effects=effects, misses=misses)


def _for_editors(turn: Turn, offered: tuple[str, ...] = ()) -> Unanswered:
    """The question in words of our own only, so that nobody is named."""
    return Unanswered(turn.release.vocabulary().without_names(turn.incoming.text), turn.heard.language, offered)
