"""What a release teaches: everything editors wrote of what people say, and where it leads."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from bot.model.knowledge import Content
from bot.understanding.search import Example, Kind

_CALM = 3  # every third of what is asked in peace teaches as much as all of it
Terms = Callable[[str], tuple[str, ...]]


def of_topics(content: Content, terms: Terms) -> list[Example]:
    """What is asked of topics, what must not lead to one, and what is none of ours."""
    return [Example(topic, terms(text), kind, text) for topic, kind, text in _asked(content)]


def of_danger(content: Content, terms: Terms) -> Sequence[Example]:
    """What people say in danger and what only sounds like it; and, as calm, what is asked of topics no danger leads to."""
    urgent = {one.topic for one in content.dangers}
    told = [Example(one.id, terms(text), "question", text) for one in content.dangers for text in one.examples]
    told += [Example("", terms(text), "question", text) for one in content.dangers for text in one.near_misses]
    known = {one.terms for one in told}
    calm = [text for topic, kind, text in _asked(content) if kind == "question" and topic not in urgent][::_CALM]
    return told + [one for text in calm if (one := Example("", terms(text), "keyword", text)).terms not in known]


def _asked(content: Content) -> Iterator[tuple[str, Kind, str]]:
    """The topic asked for or not to be led to ("" is none of ours), how, and the words."""
    for topic in content.topics.values():
        for answer in topic.answers.values():
            yield from ((topic.id, "question", text) for text in (answer.title, *answer.questions))
            yield from ((topic.id, "keyword", text) for text in answer.keywords)
            yield from ((topic.id, "away", text) for text in answer.must_not)
        yield from ((topic.id, "question", text) for text in chain(*topic.questions.values()))
    yield from (("", "question", text) for text in chain(*content.out_of_scope.values()))
