"""An answer and what stands under it: the content states it, or says honestly that its time is over."""

from dataclasses import replace

from bot.dialogue import context
from bot.dialogue.choices import label, topic_buttons
from bot.dialogue.turn import Turn
from bot.dialogue.vacancies import heard, listed, name_on_button
from bot.knowledge import comparison
from bot.knowledge.dates import over
from bot.model.content import Topic, said
from bot.model.conversation import Subject
from bot.model.editions import Edition
from bot.model.effects.people import Answered, Withheld
from bot.model.messages import Button, Reply
from bot.model.step import Step

_OFFERED_COUNTRIES = 7
_MOST, _OTHER_WORK = 8, 2


def answer(turn: Turn, topic: Topic, country: str, sector: str) -> Step:
    """The answer with its source, "did this help?", what is near it, and the registration that fits.

    Only what the job market shows is answered for several countries at once; anything else for the first named.
    """
    country = country if topic.shows else country.partition(",")[0]
    edition = turn.release.edition(topic, country, sector)
    subject = Subject(topic.id, edition.country or country, edition.sector or sector, context.relation(turn))
    if over(topic, turn.incoming.at.date()):
        said = withheld(turn, topic, country)
        return turn.step(said, effects=(Withheld(topic.id, topic.version),), subject=subject, misses=0)
    spoken = turn.release.answer(topic, turn.language)[1]
    logged = Answered(topic.id, spoken, topic.version, edition)
    said = stated(turn, edition, _after(turn, topic, edition))
    step = turn.step(said, effects=(logged,), subject=subject, misses=0)
    return _with_vacancies(turn, step) if topic.shows == "vacancies" else step


def search(turn: Turn, topic: Topic, country: str, sector: str) -> Step:
    """The same search for somebody else or somewhere else: the list alone, for what is always said has just been said."""
    sought = heard(turn, country, sector)
    subject = Subject(topic.id, country, sector, context.relation(turn))
    return turn.step(listed(turn, sought), sought=sought, subject=subject, misses=0)


def _with_vacancies(turn: Turn, step: Step) -> Step:
    """And what is open at this moment, which is no part of the answer: it has no code and ends by itself."""
    subject = step.conversation.subject
    sought = heard(turn, subject.country, subject.sector)
    talk = step.conversation.but(sought=sought)
    return replace(step, conversation=talk, replies=(*step.replies, listed(turn, sought)))


def stated(turn: Turn, edition: Edition, buttons: tuple[Button, ...] = ()) -> Reply:
    """An edition in words, as of today, for whoever it is said to."""
    facts = {
        "topic": edition.topic,
        "country": edition.country,
        "sector": edition.sector,
        "code": edition.code,
        "today": turn.incoming.at.date(),
        "village": turn.conversation.remembered.get("village", ""),
    }
    return Reply("answer", facts, buttons)


def withheld(turn: Turn, topic: Topic, country: str) -> Reply:
    """Not stated any more: what is uncertain, and whom to ask."""
    title = turn.release.answer(topic, turn.language)[0].title
    return Reply(
        "answer/expired", {"title": title, "until": topic.valid_until, "country": country}, _helpers(turn, topic)
    )


def _after(turn: Turn, topic: Topic, edition: Edition) -> tuple[Button, ...]:
    rating = (label("helped", f"helped:{topic.id}"), label("not-helped", f"not-helped:{topic.id}"))
    countries = _countries(turn) if topic.ask == "country" and not edition.country else ()
    fitting = (*checklist_of(turn, topic), *forms_of(turn, topic))
    near = () if countries else topic_buttons(topic.related[:3], turn.language, turn.release)
    near = (*_other_work(turn, topic, edition), *near) if topic.shows != "vacancies" else ()
    return (*rating, *countries, *near[: _MOST - len(rating) - len(fitting)], *fitting)


def _other_work(turn: Turn, topic: Topic, edition: Edition) -> tuple[Button, ...]:
    """Where countries are held against each other in one kind of work: two others in which they can be."""
    if topic.shows != "wages" or not comparison.asked(edition.country):
        return ()
    found = comparison.compare(turn.release.content, edition.country, edition.sector, turn.incoming.at.date())
    return tuple(Button(f"sector:{one}", label=name_on_button(turn, one)) for one in found.others[:_OTHER_WORK])


def forms_of(turn: Turn, topic: Topic) -> tuple[Button, ...]:
    """The check and the registration that fit a topic."""
    forms = [form for form in map(turn.release.form, (topic.check, topic.form)) if form]
    return tuple(Button(f"form:{form.id}", label=said(form.title, turn.language)) for form in forms)


def checklist_of(turn: Turn, topic: Topic) -> tuple[Button, ...]:
    """Where to tick off what the answer is about: back to the list that is being worked on, or to the topic's own."""
    checklists = turn.release.content.checklists
    begun = (checklists[id] for id in reversed(tuple(turn.conversation.ticked)) if id in checklists)
    own = checklists.get(topic.checklist)
    found = next((one for one in begun if any(item.topic == topic.id for item in one.items)), own)
    return (Button(f"checklist:{found.id}", label=said(found.title, turn.language)),) if found else ()


def _helpers(turn: Turn, topic: Topic) -> tuple[Button, ...]:
    return (label("ask-officer", "form:ask-officer"), *topic_buttons(topic.related[:3], turn.language, turn.release))


def _countries(turn: Turn) -> tuple[Button, ...]:
    """The countries with a topic of their own, as many as fit."""
    listed = [one for one in turn.release.content.countries.values() if one.topic][:_OFFERED_COUNTRIES]
    return tuple(Button(f"country:{one.id}", label=said(one.name, turn.language)) for one in listed)
