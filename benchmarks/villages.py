"""How often the right village is among the first five when one or two letters of what was typed are wrong.

Over a sample of the official list, or over all of it (0; a quarter of an hour). A bare name is found when a village of this
name is: equal names are told apart by the person.

    python -m benchmarks.villages 2000
"""

import random
import string
import sys
import time
from collections.abc import Callable, Sequence

from benchmarks.data import load_release
from bot.model.villages import Village
from bot.understanding.village_names import letters
from bot.understanding.villages import Villages

Write = Callable[[Village, random.Random], str]


def corrupt(text: str, chance: random.Random) -> str:
    """A text with one or two slips: a letter too many, too few, a wrong one, or two swapped."""
    for _ in range(chance.choice((1, 2))):
        at = chance.randrange(len(text))
        letter = chance.choice(string.ascii_lowercase)
        text = chance.choice(
            (
                text[:at] + letter + text[at:],
                text[:at] + text[at + 1 :] if len(text) > 2 else text,
                text[:at] + letter + text[at + 1 :],
                text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
            )
        )
    return text


def bare(village: Village, chance: random.Random) -> str:
    """The village's name alone."""
    return corrupt(village.village.lower(), chance)


def with_district(village: Village, chance: random.Random) -> str:
    """Slips in the village's name or in its district's."""
    return corrupt(f"{village.village} {village.district}".lower(), chance)


def district_first(village: Village, chance: random.Random) -> str:
    """The same the other way round."""
    return corrupt(f"{village.district} {village.village}".lower(), chance)


def with_regency(village: Village, chance: random.Random) -> str:
    """Slips in the village's name only."""
    return f"{bare(village, chance)} {village.regency}"


def in_an_address(village: Village, chance: random.Random) -> str:
    """As on a letter, with slips in both names."""
    return f"ds {bare(village, chance)} kec {corrupt(village.district.lower(), chance)} {village.regency}"


WAYS: tuple[Write, ...] = (with_district, district_first, with_regency, in_an_address, bare)


def found(villages: Villages, village: Village, typed: str, way: Write) -> bool:
    """Whether the village is among the first five."""
    matches = villages.find(typed).matches
    if way is with_regency:
        place = (letters(village.village), village.regency)
        return place in {(letters(one.village), one.regency) for one in matches}
    return village in matches or (way is bare and letters(village.village) in {letters(one.village) for one in matches})


def measure(villages: Villages, sample: Sequence[Village], way: Write) -> tuple[float, float]:
    """The share found, and the milliseconds one search takes."""
    chance = random.Random(1)
    typed = [way(village, chance) for village in sample]
    began = time.perf_counter()
    right = sum(found(villages, *pair, way) for pair in zip(sample, typed, strict=True))
    return right / len(sample), 1000 * (time.perf_counter() - began) / len(sample)


def main(most: int) -> None:
    """Print a row for each way of writing."""
    villages = load_release().villages
    everywhere = villages.under("")
    sample = random.Random(35).sample(everywhere, most) if most else everywhere
    print(f"{len(sample)} of {len(everywhere)} villages, one or two slips: among the first five, milliseconds")
    for way in WAYS:
        share, took = measure(villages, sample, way)
        print(f"{way.__name__.replace('_', ' '):16} {share:7.2%} {took:6.1f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 2000)
