"""How a message goes on with what was just said: it asks what comes next, says it was not clear, or points back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.model.content import SmallWords
from bot.model.particulars import FollowWords
from bot.understanding.normalise import Normaliser

Follow = Literal["", "further", "unclear"]
_SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class FollowEar:
    """The words of data/follow-ups.yaml; `fillers` and `small` words say nothing of their own."""

    whole: Mapping[tuple[str, ...], Follow]
    opening: frozenset[tuple[str, ...]]
    asking: frozenset[str]
    telling: frozenset[str]
    of_anything: frozenset[str]
    endings: tuple[str, ...]
    complete: frozenset[str]
    fillers: frozenset[str]
    small: frozenset[str]

    def hear(self, tokens: Sequence[str]) -> Follow:
        """Whether the message is nothing but "what next?" or "I do not understand"."""
        left = tuple(token for token in tokens if token not in self.fillers)
        return self.whole.get(tuple(tokens)) or self.whole.get(left) or ""

    def points_back(self, tokens: Sequence[str]) -> bool:
        """Whether it opens with a word that goes on, or holds one that ends in -nya, -ne, -na."""
        opens = any(tuple(tokens[: len(words)]) == words for words in self.opening)
        return opens or any(self._ends_so(token) for token in tokens)

    def asks(self, text: str, tokens: Sequence[str]) -> bool:
        """Whether it is shaped like a question. "Aman" alone tells how somebody is, though "aman ga" asks."""
        tells = all(token in self.telling or token in self.fillers for token in tokens)
        return "?" in text or not (tells or self.asking.isdisjoint(tokens))

    def asks_of_anything(self, tokens: Sequence[str]) -> bool:
        """Whether all it says may be asked of whatever was spoken of: "berapa lama"."""
        said = [token for token in tokens if token not in self.asking and token not in self.small]
        return all(token in self.of_anything or self._bare(token) in self.of_anything for token in said)

    def _bare(self, token: str) -> str:
        return next((token.removesuffix(one) for one in self.endings if token.endswith(one)), token)

    def _ends_so(self, token: str) -> bool:
        return token.endswith(self.endings) and len(token) > _SHORTEST_WORD and token not in self.complete


def listen_for_follow_ups(words: FollowWords, small: SmallWords, normaliser: Normaliser) -> FollowEar:
    """The words ready to be heard."""
    whole: dict[tuple[str, ...], Follow] = {}
    for listed, follow in ((words.further, "further"), (words.unclear, "unclear")):
        for said in listed:
            whole.setdefault(tuple(normaliser.tokens(said)), follow)  # type: ignore[arg-type]
    return FollowEar(
        {said: follow for said, follow in whole.items() if said},
        frozenset(tuple(normaliser.tokens(said)) for said in words.opening),
        frozenset(token for said in words.asking for token in normaliser.tokens(said)),
        frozenset(token for said in words.telling for token in normaliser.tokens(said)),
        frozenset(token for said in words.of_anything for token in normaliser.tokens(said)),
        words.endings,
        frozenset(words.complete),
        frozenset(small.fillers),
        frozenset((*small.follow, *small.fillers)),
    )
