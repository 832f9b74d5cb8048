"""Is somebody in danger? Deterministic, from the editors' rules, over a message of any length, with nothing else asked first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model.content import Danger
from bot.understanding.normalise import Normaliser
from bot.understanding.phrases import PatternBook, bind, read_pattern


@dataclass(frozen=True, slots=True)
class Alarm:
    """A rule ready to listen."""

    rule: Danger
    says: PatternBook
    unless: PatternBook

    def rings(self, sentences: Sequence[Sequence[str]]) -> bool:
        """Whether some sentence says it and nothing in that sentence takes it back."""
        return any(
            self.says.first_in(tokens) is not None and self.unless.first_in(tokens) is None for tokens in sentences
        )


def listen_for(rules: Iterable[Danger], normaliser: Normaliser) -> tuple[Alarm, ...]:
    """The alarms, emergencies first."""
    ordered = sorted(rules, key=lambda rule: (rule.severity != "emergency", rule.id))
    return tuple(
        Alarm(
            rule,
            bind(read_pattern(one, normaliser) for one in rule.phrases),
            bind(read_pattern(one, normaliser) for one in rule.unless),
        )
        for rule in ordered
    )


def heard(alarms: Iterable[Alarm], sentences: Sequence[Sequence[str]]) -> Danger | None:
    """The gravest danger these sentences speak of."""
    return next((alarm.rule for alarm in alarms if alarm.rings(sentences)), None)
