"""Amounts of money as people write them: "25jt", "Rp 2.500.000", "NT 20.000", "1,5 juta", "dua juta", "sak yuto"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from bot.model.content import Named
from bot.model.particulars import ParticularWords, Period
from bot.understanding.entities import Names, read_names
from bot.understanding.normalise import Normaliser

HOME, DOLLAR = "IDR", "$"
_LEAST_COUNTED = 1_000  # "200" counts anything, "200 ribu" money
_GROUPED = re.compile(r"(\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?")
_PLAIN = re.compile(r"(\d{1,12})(?:[.,](\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Amount:
    """So much money; `per` is for how long, "" where that was not said."""

    value: float
    currency: str
    per: Period = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers in digits or words."""

    words: Mapping[str, float]
    tens: frozenset[str]
    teens: frozenset[str]

    def read(self, pieces: Sequence[str], at: int) -> tuple[float, int]:
        """The number that begins here and where it ends; it ends where it begins when there is none."""
        written = numeral(pieces[at]) if at < len(pieces) else None
        return (written, at + 1) if written is not None else self._spelt(pieces, at)

    def _spelt(self, pieces: Sequence[str], at: int) -> tuple[float, int]:
        total, end = 0.0, at
        while end < len(pieces):
            piece = pieces[end]
            if piece in self.words and (end == at or pieces[end - 1] in self.tens):
                total += self.words[piece]
            elif piece in self.tens and end > at:
                total *= 10
            elif piece in self.teens and end > at:
                total += 10
            else:
                break
            end += 1
        return total, end


@dataclass(frozen=True, slots=True)
class MoneyEar:
    """The words by which money is known."""

    numbers: Numbers
    currencies: Names
    marks: Mapping[str, str]
    dollars: frozenset[str]
    times: Mapping[str, float]
    once: Mapping[str, float]
    per: Names

    def hear(self, pieces: Sequence[str], dollar: str = "") -> tuple[Amount, ...]:
        """All amounts in order; `dollar` is the currency a dollar is where the message speaks of."""
        found: list[Amount] = []
        periods = {one.start: one for one in self.per.in_text(pieces)}
        ends = {one.end: one for one in periods.values()}
        at = 0
        while at < len(pieces):
            begun = at
            amount, at = self._at(pieces, at, dollar)
            if amount is None:
                at = begun + 1
                continue
            period = periods.get(at) or ends.get(begun)
            found.append(Amount(amount.value, amount.currency, cast("Period", period.id) if period else ""))
        return tuple(found)

    def _at(self, pieces: Sequence[str], at: int, dollar: str) -> tuple[Amount | None, int]:
        before, at = self._currency(pieces, at, dollar)
        value, counted, end = self._counted(pieces, at)
        if end == at:
            return None, at
        behind, after = self._currency(pieces, end, dollar) if not before else ("", end)
        currency = before or behind or (HOME if counted >= _LEAST_COUNTED else "")
        return (Amount(value, currency) if currency and value else None), after

    def _counted(self, pieces: Sequence[str], at: int) -> tuple[float, float, int]:
        """A number with what it counts: "25 juta", "dua ratus ribu", "1 juta 500 ribu"; how much one is; where it ends."""
        if at < len(pieces) and pieces[at] in self.once:
            once = self.once[pieces[at]]
            return once, once, at + 1
        value, end = self.numbers.read(pieces, at)
        one = 1.0
        while end > at and end < len(pieces) and pieces[end] in self.times:
            one *= self.times[pieces[end]]
            end += 1
        if one >= _LEAST_COUNTED:
            more, smaller, then = self._counted(pieces, end)
            if _LEAST_COUNTED <= smaller < one:
                return value * one + more, one, then
        return value * one, one, end

    def _currency(self, pieces: Sequence[str], at: int, dollar: str) -> tuple[str, int]:
        """The currency named here, and where the name ends."""
        first, second = (*pieces[at : at + 2], "", "")[:2]
        if second == DOLLAR and first in self.marks:
            return self.marks[first], at + 2
        named = next((one for one in self.currencies.in_text(pieces[at : at + 3]) if one.start == 0), None)
        if named:
            end = at + named.end
            return named.id, end + (pieces[end : end + 1] == [DOLLAR])
        return (dollar, at + 1) if dollar and (first == DOLLAR or first in self.dollars) else ("", at)


def numeral(piece: str) -> float | None:
    """A number in digits: points and commas before three digits part thousands, before one or two decimals."""
    first = re.split("[-/]", piece)[0]
    found = _GROUPED.fullmatch(first) or _PLAIN.fullmatch(first)
    return float(f"{re.sub('[.,]', '', found[1])}.{found[2] or 0}") if found else None


def listen_for_money(words: ParticularWords, numbers: Mapping[str, float], normaliser: Normaliser) -> MoneyEar:
    """The words ready to be heard; `numbers` are those known from elsewhere."""
    return MoneyEar(
        Numbers({**numbers, **words.numbers}, frozenset(words.tens), frozenset(words.teens)),
        read_names([Named(one.id, {}, one.words) for one in words.currencies], normaliser),
        {mark: one.id for one in words.currencies for mark in (*one.words, *one.marks)},
        frozenset(words.dollars),
        words.times,
        words.once,
        read_names([Named(id, {}, said) for id, said in words.per.items()], normaliser),
    )
