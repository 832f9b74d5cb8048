"""About whom a message is: the one who writes, one of their family, or somebody else; "" where that is not plain.

Better unknown than wrong: help may be sent for whoever is heard here. So nobody counts who is named by the way ("kata
teman"), did it ("dipukul suami"), or is the employer's; and when the person and somebody of theirs are both in it, nobody.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.model.content import Named
from bot.model.particulars import About, ParticularWords, Relation
from bot.understanding.entities import Mention, Names, read_names
from bot.understanding.normalise import Normaliser

NOBODY, _OWNED, _PASSIVE, _SHORTEST_PASSIVE = "-", "?", "di", 5
ME, THEY = "me", "they"


@dataclass(frozen=True, slots=True)
class Whom:
    """The relation's id ("husband", "me", "they" for somebody spoken of before) and what forms ask: me, family or other."""

    relation: str = ""
    about: About = ""


@dataclass(frozen=True, slots=True)
class RelationsEar:
    """The words by which people are known."""

    people: Names
    about: dict[str, About]
    me: frozenset[str]
    writes: Names
    owners: frozenset[str]
    my: frozenset[str]
    they: frozenset[str]
    by_the_way: Names
    says: frozenset[str]

    def hear(self, tokens: Sequence[str], taken: Collection[int] = ()) -> Whom:
        """Whom a message is about; `taken` are tokens that name something else."""
        people = [one for one in self.people.in_text(tokens) if one.start not in taken]
        told = [one for one in people if self._told(one, tokens)]
        mine = [at for at, token in enumerate(tokens) if token in self.me and not self._owns(at, people, tokens)]
        others = bool(told) or not self.they.isdisjoint(tokens)
        if others and all(self._only_writes(at, tokens) for at in mine):
            return self._whom(told, tokens) if told else Whom(THEY)
        return Whom(ME, "me") if mine and not others and not self._doubtful(people, tokens) else Whom()

    def _told(self, one: Mention, tokens: Sequence[str]) -> bool:
        """Whether the message is about this one, who is somebody's, and not named by the way."""
        if one.id == NOBODY or (one.id.endswith(_OWNED) and not self._owned(one, tokens)):
            return False
        return not (self._named_by_the_way(one, tokens) or _does_it(one, tokens) or self._is_it(one, tokens))

    def _owned(self, one: Mention, tokens: Sequence[str]) -> bool:
        """ "ibu saya", "my mother"; not "ibu saya mau tanya", where one speaks to her."""
        if one.start and tokens[one.start - 1] in self.my:
            return True
        return self._owner(one.end, tokens) and not self._asks(one.end, tokens)

    def _owner(self, at: int, tokens: Sequence[str]) -> bool:
        return at < len(tokens) and tokens[at] in self.owners

    def _asks(self, at: int, tokens: Sequence[str]) -> bool:
        return at == 1 and self._only_writes(at, tokens)

    def _owns(self, at: int, people: Iterable[Mention], tokens: Sequence[str]) -> bool:
        """Whether this "saya" only says whose somebody is, or who one is oneself: "saya istri tki"."""
        return any(at in (one.end, one.start - 1) and one.id != NOBODY for one in people) and not self._asks(at, tokens)

    def _only_writes(self, at: int, tokens: Sequence[str]) -> bool:
        return any(one.start == 0 for one in self.writes.in_text(tokens[at + 1 : at + 4]))

    def _named_by_the_way(self, one: Mention, tokens: Sequence[str]) -> bool:
        before = self.by_the_way.in_text(tokens[max(0, one.start - 2) : one.start])
        behind = one.end + self._owner(one.end, tokens)
        said = behind < len(tokens) and tokens[behind] in self.says
        return said or any(max(0, one.start - 2) + found.end == one.start for found in before)

    def _is_it(self, one: Mention, tokens: Sequence[str]) -> bool:
        """ "saya istri tki": the person says who they are."""
        return one.start > 0 and tokens[one.start - 1] in self.me and not self._owner(one.end, tokens)

    def _doubtful(self, people: Sequence[Mention], tokens: Sequence[str]) -> bool:
        """Somebody stands right behind what was done: by them or to them, nobody can say."""
        return any(_does_it(one, tokens) and self._owner(one.end, tokens) for one in people)

    def _whom(self, told: Sequence[Mention], tokens: Sequence[str]) -> Whom:
        """The first; of several who stand side by side ("anak tetangga") the one who is nobody's family here."""
        beside = [told[0]]
        for one in told[1:]:
            if one.start != beside[-1].end:
                break
            beside.append(one)
        ids = [one.id.removesuffix(_OWNED) for one in beside]
        relation = next((id for id in ids if self.about[id] == "other"), ids[0])
        return Whom(relation, self.about[relation])


def _does_it(one: Mention, tokens: Sequence[str]) -> bool:
    """Behind a passive stands who did it: "dipukul suami"."""
    before = tokens[one.start - 1] if one.start else ""
    return before.startswith(_PASSIVE) and len(before) >= _SHORTEST_PASSIVE


def listen_for_people(words: ParticularWords, normaliser: Normaliser) -> RelationsEar:
    """The words ready to be heard, each also with the endings that make somebody one's own."""
    listed = [
        *(Named(one.id, {}, _with_endings(one, words.endings, normaliser)) for one in words.relations),
        *(Named(f"{one.id}{_OWNED * one.owned}", {}, one.words) for one in words.relations),
        Named(NOBODY, {}, words.nobody),
    ]
    return RelationsEar(
        read_names(listed, normaliser),
        {one.id: one.about for one in words.relations},
        frozenset(words.me),
        read_names((Named("writes", {}, words.writes),), normaliser),
        frozenset(words.owners),
        frozenset(words.my),
        frozenset(words.they),
        read_names((Named("by-the-way", {}, words.by_the_way),), normaliser),
        frozenset(words.says),
    )


def _with_endings(one: Relation, endings: Iterable[str], normaliser: Normaliser) -> tuple[str, ...]:
    """Those that are not spelt out otherwise: "adikku" is heard as "adik saya"."""
    tries = ((word, f"{word}{ending}") for word in one.words for ending in endings)
    return tuple(longer for word, longer in tries if normaliser.tokens(longer)[-1:] == [longer.split()[-1]])
