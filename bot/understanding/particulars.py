"""What a message tells besides the place and the work: about whom, how much money, since when, which papers."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.model.content import Named
from bot.model.particulars import About, ParticularWords
from bot.understanding.entities import Mention, Names, read_names
from bot.understanding.money import Amount, MoneyEar, listen_for_money
from bot.understanding.normalise import Normaliser, plain
from bot.understanding.relations import RelationsEar, listen_for_people
from bot.understanding.times import TimesEar, When, listen_for_times

_PIECE = re.compile(r"\d+(?:[.,/-]\d+)*|[a-z]+|\$")
_LONGEST = 1_000  # letters: who writes more has said it by then


@dataclass(frozen=True, slots=True)
class Particulars:
    """What was told. `relation` is who it is about ("husband", "me"), `about` what forms ask: me, family or other."""

    relation: str = ""
    about: About = ""
    amounts: tuple[Amount, ...] = ()
    since: When | None = None
    papers: tuple[str, ...] = ()


NOTHING_TOLD = Particulars()


@dataclass(frozen=True, slots=True)
class ParticularsEar:
    """The words by which all this is known; `dollars` is what money is in each country."""

    people: RelationsEar
    money: MoneyEar
    times: TimesEar
    papers: Names
    unwanted: Names
    dollars: Mapping[str, str]
    normaliser: Normaliser

    def hear(self, text: str, tokens: Sequence[str], taken: Collection[int], country: str) -> Particulars:
        """All that is told; `taken` are tokens that name a kind of work."""
        pieces = self._pieces(text)
        whom = self.people.hear(tokens[:_LONGEST], taken)
        return Particulars(
            whom.relation,
            whom.about,
            self.money.hear(pieces, self.dollars.get(country, "")),
            self.times.hear(pieces),
            tuple(dict.fromkeys(one.id for one in self.papers.in_text(tokens))),
        )

    def wanted(self, mentions: Sequence[Mention], tokens: Sequence[str]) -> list[Mention]:
        """What is named and meant: "bukan taiwan, korea" means Korea; "bukan taiwan" alone is still about Taiwan."""
        ruled_out = {one.end for one in self.unwanted.in_text(tokens)}
        return [one for one in mentions if one.start not in ruled_out] or list(mentions)

    def _pieces(self, text: str) -> list[str]:
        """The words spelt out, and numbers as they were written: a point or a comma tells thousands from decimals."""
        words = self.normaliser.words
        found = _PIECE.findall(plain(text[:_LONGEST]))
        return [spelt for piece in found for spelt in words.get(piece, (piece,))]


def listen_for_particulars(
    words: ParticularWords, numbers: Mapping[str, float], dollars: Mapping[str, str], normaliser: Normaliser
) -> ParticularsEar:
    """The ear for these words; `numbers` and `dollars` (by country) are known from elsewhere."""
    money = listen_for_money(words, numbers, normaliser)
    return ParticularsEar(
        listen_for_people(words, normaliser),
        money,
        listen_for_times(words, money.numbers, normaliser),
        read_names([Named(one.id, {}, one.words) for one in words.papers], normaliser),
        read_names([Named("unwanted", {}, words.unwanted)], normaliser),
        dollars,
        normaliser,
    )
