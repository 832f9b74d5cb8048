"""How the words of an answer have changed: sentence by sentence, and whether something weighty came or went."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff

from bot.knowledge.ease import sentences
from bot.model.content import Answer

_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_WEIGHED = re.compile(r"\d+(?:[.,/:-]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BREAK = "--- (next message)"
_LISTS = ("keywords", "must_not", "states")


@dataclass(frozen=True, slots=True)
class Rewording:
    """One language of a topic. `lines` begin with "- " or "+ "; `weighty` are numbers and words that came or went."""

    language: str
    kind: str
    lines: tuple[str, ...] = ()
    questions_added: int = 0
    questions_gone: int = 0
    states_changed: bool = False
    weighty: tuple[str, ...] = ()


def rewordings(
    old: Mapping[str, Answer], new: Mapping[str, Answer], weights: Mapping[str, Sequence[str]]
) -> Iterator[Rewording]:
    """What became of each language's answer; nothing for those that are as they were."""
    for language in sorted({*old, *new}, key=lambda one: (one != "id", one)):
        if language not in old or language not in new:
            yield Rewording(language, "new" if language in new else "gone")
        elif old[language] != new[language]:
            words = frozenset({*weights.get("id", ()), *weights.get(language, ())})
            yield _reworded(language, old[language], new[language], words)


def _reworded(language: str, old: Answer, new: Answer, words: frozenset[str]) -> Rewording:
    return Rewording(
        language,
        "changed",
        (*_names(old, new), *_lists(old, new), *_body(old, new)),
        len(set(new.questions) - set(old.questions)),
        len(set(old.questions) - set(new.questions)),
        set(old.states) != set(new.states),
        tuple(_weighty(_told(old), _told(new), words)),
    )


def _names(old: Answer, new: Answer) -> Iterator[str]:
    for name, before, after in (("title", old.title, new.title), ("short", old.short, new.short)):
        if before != after:
            yield from (f"- {name}: {before}", f"+ {name}: {after}")


def _lists(old: Answer, new: Answer) -> Iterator[str]:
    for name in _LISTS:
        before, after = getattr(old, name), getattr(new, name)
        yield from (f"- {name}: {one}" for one in before if one not in after)
        yield from (f"+ {name}: {one}" for one in after if one not in before)


def _body(old: Answer, new: Answer) -> Iterator[str]:
    """The sentences that differ, without the ones around them."""
    for line in list(unified_diff(_sentences(old), _sentences(new), n=0, lineterm=""))[2:]:
        if not line.startswith("@@"):
            yield f"{line[0]} {line[1:]}"


def _sentences(answer: Answer) -> list[str]:
    found = [sentence for part in answer.parts for sentence in (*sentences(part), _BREAK)]
    return found[:-1]


def _told(answer: Answer) -> str:
    """All that is said, without the facts of the data: these are compared for themselves."""
    return _TEMPLATE.sub(" ", " ".join((answer.title, *answer.parts)))


def _weighty(old: str, new: str, words: frozenset[str]) -> Iterator[str]:
    """Numbers and words that carry the meaning and stand there more or less often than before."""
    before, after = (Counter(_weighed(text, words)) for text in (old, new))
    yield from (f"{one!r} went" for one in before - after)
    yield from (f"{one!r} came" for one in after - before)


def _weighed(text: str, words: frozenset[str]) -> list[str]:
    found = (one.replace("’", "'").lower() for one in _WEIGHED.findall(text))
    return [one for one in found if one[0].isdigit() or one in words]
