"""What somebody who seeks work says of themselves: age, schooling, languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model.work import SeekerWords
from bot.understanding.entities import Mention, Names

_BETWEEN = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of an age, a school and languages, and which tokens said it."""

    age: int = 0
    education: str = ""
    languages: tuple[str, ...] = ()
    taken: frozenset[int] = frozenset()
    spoken: tuple[Mention, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.age or self.education or self.languages)


NOTHING = Said()


@dataclass(frozen=True, slots=True)
class SeekersEar:
    """The words by which these are known."""

    schools: Names
    languages: Names
    ages: SeekerWords

    def hear(self, tokens: Sequence[str]) -> Said:
        """All that is said; of several ages and schools the first."""
        schools, languages = self.schools.in_text(tokens), self.languages.in_text(tokens)
        years = self._age(tokens)
        named = (at for one in (*schools, *languages, *years) for at in range(one.start, one.end))
        return Said(
            int(years[0].id) if years else 0,
            schools[0].id if schools else "",
            tuple(dict.fromkeys(one.id for one in languages)),
            frozenset(named),
            tuple(languages),
        )

    def _age(self, tokens: Sequence[str]) -> list[Mention]:
        """The first number that is an age, with the word that makes it one."""
        for at, token in enumerate(tokens):
            if token.isdigit() and len(token) == 2 and self.ages.low <= int(token) <= self.ages.high:
                before = [n for n in range(max(0, at - 1 - _BETWEEN), at) if tokens[n] in self.ages.before]
                after = tokens[at + 1 : at + 2] and tokens[at + 1] in self.ages.after
                if before or after:
                    return [Mention(token, before[0] if before else at, at + (2 if after else 1))]
        return []


def apart(mentions: Sequence[Mention], spoken: Sequence[Mention]) -> list[Mention]:
    """The mentions that are no part of a language's name: "bahasa jepang" names no country."""
    return [one for one in mentions if not any(two.start <= one.start < two.end for two in spoken)]
