"""What a message leaves out because it was just spoken of: the country, the work, and whom it is about.

A message goes on with what was said before (an ellipsis) when it names no country of its own and is short: at most three
words that say something and name no kind of work, or at most seven of which one points back ("biayanya?", "kalau cewek?",
"kalau pabrik gajinya?"). A question of its own takes nothing from before; nor does a short one that does not point back
and whose topic lies in another area.
"""

from bot.dialogue.turn import Turn
from bot.model.content import Topic
from bot.model.conversation import Subject
from bot.understanding.features import NAMED
from bot.understanding.relations import ME, THEY
from bot.understanding.search import Found

_FEW_WORDS, _SHORT = 3, 7
_NEAR = 0.5  # of the best chance: as good, when it is what we were speaking of
_LIKELY, _STILL = 0.2, 0.1  # what its own words may mean, and may still mean of what we speak of


def places(turn: Turn) -> str:
    """All countries named, with commas between: who compares names several."""
    return ",".join(turn.heard.countries) or turn.heard.country


def goes_on(turn: Turn) -> bool:
    """Whether the message is an ellipsis, and there is something it can go on with."""
    heard, small = turn.heard, turn.release.content.small_words
    if not turn.conversation.subject.topic or heard.country or not heard.tokens:
        return False
    if heard.sector and not points_back(turn):
        return False
    said = sum(token not in small.follow and token not in small.fillers for token in heard.tokens)
    return said <= _FEW_WORDS or (len(heard.tokens) <= _SHORT and points_back(turn))


def points_back(turn: Turn) -> bool:
    """ "Terus kontraknya ...": whether the words themselves say that they go on."""
    return turn.release.follow_ups.points_back(turn.heard.tokens)


def asked_of(turn: Turn, topic: Topic) -> tuple[str, str]:
    """The country and the sector a topic is asked for: as named, else as spoken of."""
    subject = turn.conversation.subject
    if not (goes_on(turn) and (points_back(turn) or _near(turn, topic))):
        return places(turn) or (_paid_there(turn) if topic.shows == "wages" else ""), turn.heard.sector
    return subject.country, turn.heard.sector or subject.sector


def _paid_there(turn: Turn) -> str:
    """The only country whose money somebody names: "gaji 1500 ringgit" is of Malaysia."""
    named = {one.currency for one in turn.heard.told.amounts}
    paid = {job.country for job in turn.release.content.jobs if job.wage and job.wage.currency in named}
    return paid.pop() if len(paid) == 1 else ""


def _near(turn: Turn, topic: Topic) -> bool:
    """Whether a topic lies in the area of what we speak of, or in one that this leads to."""
    spoken_of = turn.release.topic(turn.conversation.subject.topic)
    return spoken_of is not None and _area(topic.id) in {_area(one) for one in (spoken_of.id, *spoken_of.related)}


def _area(topic: str) -> str:
    return topic.partition("/")[0]


def relation(turn: Turn) -> str:
    """Whom the talk is about after this message, if not the one who writes."""
    told = turn.heard.told
    if told.about:
        return "" if told.relation == ME else told.relation
    kept = not turn.typed or told.relation == THEY or goes_on(turn)
    return turn.conversation.subject.relation if kept else ""


def about(turn: Turn) -> str:
    """Whom a message is about, as forms ask it: as it says, or, if it says "dia", as was said before."""
    told, before = turn.heard.told, turn.conversation.subject.relation
    spoken_of = before if told.relation == THEY else ""
    relations = turn.release.content.particulars.relations
    return told.about or next((one.about for one in relations if one.id == spoken_of), "")


def in_context(turn: Turn, alone: Found) -> Found:
    """What an ellipsis asks that its own words do not tell: first among what these may mean, then together with the subject.

    Where its words alone mean nothing to us and are no words one may ask of anything, what we spoke of may only be offered:
    "cuacanya gimana" is no question of ours.
    """
    ear, tokens = turn.release.follow_ups, turn.heard.tokens
    if not (points_back(turn) or ear.asks(turn.incoming.text, tokens)):
        return alone
    subject = turn.conversation.subject
    close = _close(turn, subject)
    best = alone.candidates[0].score if alone.candidates else 0.0
    fitting = next((one for one in alone.candidates if one.topic in close and one.score >= best * _NEAR), None)
    if fitting:
        return Found(fitting.topic, alone.candidates)
    together = turn.release.find((*turn.heard.terms, *_terms(turn, subject)))
    if not alone.candidates and not ear.asks_of_anything(tokens):
        return Found("", together.candidates) if points_back(turn) else alone
    meant = {*close, *(one.topic for one in alone.candidates)}
    topic = together.topic
    if topic in ("", subject.topic):
        topic = _other(subject.topic, alone, together) or topic
    return Found(topic, together.candidates) if topic in meant else alone


def _other(just_read: str, alone: Found, together: Found) -> str:
    """What the words mean besides the answer that has just been read: "biayanya?" after a country is about costs."""
    still = {one.topic: one.score for one in together.candidates if one.score >= _STILL}
    likely = (one for one in alone.candidates if one.score >= _LIKELY and one.topic in still)
    others = [one for one in likely if one.topic != just_read]
    return max(others, key=lambda one: one.score * still[one.topic]).topic if others else ""


def _close(turn: Turn, subject: Subject) -> tuple[str, ...]:
    """The topics we speak of: the last one, those it leads to, and the country's and the sector's own."""
    content, spoken_of = turn.release.content, turn.release.topic(subject.topic)
    named = (content.countries.get(subject.country), content.sectors.get(subject.sector))
    return (
        subject.topic,
        *(spoken_of.related if spoken_of else ()),
        *(one.topic for one in named if one and one.topic),
    )


def _terms(turn: Turn, subject: Subject) -> tuple[str, ...]:
    """What we speak of, as words of a question: the country and the work, else the topic by its name."""
    country = subject.country.partition(",")[0]
    named = [(kind, id) for kind, id in (("country", country), ("sector", subject.sector)) if id]
    if not named:
        spoken_of = turn.release.topic(subject.topic)
        return turn.release.asks(turn.release.title(spoken_of.id, "id")) if spoken_of else ()
    return tuple(f"{NAMED}{term}" for pair in named for term in pair)
