"""Signs of danger: patterns of words that can hardly mean anything else, and what takes them back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.content import Danger
from bot.understanding.normalise import Normaliser
from bot.understanding.phrases import PatternBook, bind, read_pattern


@dataclass(frozen=True, slots=True)
class Signs:
    """A rule's signs, ready to be looked for."""

    rule: Danger
    says: PatternBook
    unless: PatternBook

    def stand_in(self, sentences: Sequence[Sequence[str]]) -> bool:
        """Whether some sentence says it and nothing in that sentence takes it back."""
        return any(
            self.says.first_in(tokens) is not None and self.unless.first_in(tokens) is None for tokens in sentences
        )


def read_signs(rules: Iterable[Danger], normaliser: Normaliser) -> tuple[Signs, ...]:
    """The signs of these rules, emergencies first."""
    ordered = sorted(rules, key=lambda rule: (rule.severity != "emergency", rule.id))
    return tuple(
        Signs(
            rule,
            bind(read_pattern(one, normaliser) for one in rule.phrases),
            bind(read_pattern(one, normaliser) for one in rule.unless),
        )
        for rule in ordered
    )


def first_of(signs: Iterable[Signs], sentences: Sequence[Sequence[str]]) -> Danger | None:
    """The gravest danger whose signs stand in these sentences."""
    return next((one.rule for one in signs if one.stand_in(sentences)), None)
