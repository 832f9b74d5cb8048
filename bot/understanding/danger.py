"""Is somebody in danger? Heard in every message before anything else, from what editors wrote, with no network asked."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.model.content import Danger
from bot.understanding.search import Example
from bot.understanding.signs import Signs, first_of

if TYPE_CHECKING:
    from bot.understanding.cries import Cries

STRETCH, STEP = 20, 10  # words


@dataclass(frozen=True, eq=False)
class DangerEar:
    """Listens by the rules' signs, and by what their examples teach; it asks for these at the first message."""

    rules: Mapping[str, Danger]
    signs: tuple[Signs, ...]
    terms: Callable[[Sequence[str]], tuple[str, ...]]
    examples: Callable[[], Sequence[Example]]

    def hear(self, tokens: Sequence[str], sentences: Sequence[Sequence[str]]) -> Danger | None:
        """The danger a message tells of. An editor's example or near miss is known word for word."""
        if not self.cries:
            return first_of(self.signs, sentences)
        whole = self.terms(tokens)
        told = self.cries.told(whole)
        if told is not None:
            return self.rules.get(told)
        parts = map(self.terms, stretches(tokens))
        return first_of(self.signs, sentences) or self.rules.get(self.cries.heard((whole, *parts)))

    @cached_property
    def cries(self) -> "Cries | None":
        """How danger sounds; None when too few examples tell."""
        from bot.understanding.cries import learn_cries  # noqa: PLC0415  brings numpy

        return learn_cries(self.examples())

    def recall(self, cries: "Cries | None") -> None:
        """Take in what the same examples taught before."""
        vars(self)["cries"] = cries


def stretches(tokens: Sequence[str]) -> Iterator[Sequence[str]]:
    """A long message's words part by part, each reaching into the next."""
    if len(tokens) > STRETCH:
        yield from (tokens[at : at + STRETCH] for at in range(0, len(tokens) - STEP, STEP))
