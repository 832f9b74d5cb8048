"""People, where they are reached, and those of them who are officers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from benchmarks.land.ground import FIRST, LANGUAGES, Ground, address_of
from bot.model.conversation import Conversation, Flood, JustSaid, Subject
from bot.model.messages import NEWS_WHEN_THEY_WRITE
from bot.store.seal import Seal
from bot.store.times import kept

PERSON = ("id", "created_at", "seen_at", "language", "talk_sealed", "drafted_at")
ADDRESS = ("id", "person_id", "channel", "account", "chat", "reachable", "heard_at")
OFFICER = ("id", "person_id", "name", "role", "unit", "created_at")
NAMES = ("Siti", "Sri", "Dewi", "Nur", "Rina", "Ani", "Budi", "Agus", "Joko", "Slamet", "Made", "Wayan")
_REMEMBERED = timedelta(days=7)
_SHOWN = ("topic:migration/steps", "topic:migration/costs", "form:ask-officer", "menu:main", "rate:yes", "rate:no")
_REGENCY, _DISTRICT, _VILLAGE = 5, 8, 13
_WITH_OFFICER = 0.7
_GONE = 0.05


def persons(ground: Ground, seal: Seal) -> Iterator[tuple[object, ...]]:
    """Each with their talk, which only its own person's can be read for."""
    chance = ground.chance("persons")
    for person in range(ground.people):
        language = chance.choice(LANGUAGES)
        seen = ground.at(ground.share_of(ground.last_words[person]))
        talk = replace(_talk(language), person=FIRST + person, flood=Flood(1.0, seen))
        drafted = seen if seen > ground.now - _REMEMBERED and chance.random() < 0.2 else None
        if drafted:
            talk = talk.but(just_said=JustSaid(country="my", story="Gaji saya belum dibayar.", touched=drafted))
        sealed = seal.close(Conversation, talk, leave_out=frozenset({"known"}))
        met = ground.kept_at((person + 0.25) / ground.people)
        yield FIRST + person, met, kept(seen), language, sealed, kept(drafted) if drafted else None


def _talk(language: str) -> Conversation:
    subject = Subject("migration/steps", "my", "domestic")
    return Conversation(0, language, greeted=True, subject=subject, shown=_SHOWN)


def addresses(ground: Ground) -> Iterator[tuple[object, ...]]:
    """One of each."""
    chance = ground.chance("addresses").random
    for person in range(ground.people):
        at, place = ground.kept_at(ground.share_of(ground.last_words[person])), address_of(person)
        heard = at if place.channel in NEWS_WHEN_THEY_WRITE else None
        yield FIRST + person, FIRST + person, place.channel, place.account, place.chat, int(chance() > _GONE), heard


def units(ground: Ground) -> Mapping[str, int]:
    """Where officers sit, and which of the people each is: the ministry, every regency and district, most villages."""
    chance = ground.chance("units").random
    above = sorted({code[:length] for code in ground.villages for length in (_REGENCY, _DISTRICT)})
    staffed = [code for code in ground.villages if chance() < _WITH_OFFICER]
    return {unit: person for person, unit in enumerate(("", *above, *staffed))}


def officers(ground: Ground, units: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    """Each in office from the beginning."""
    began = ground.kept_at(0.0)
    for unit, person in units.items():
        role = "ministry" if not unit else "officer" if len(unit) == _VILLAGE else "coordinator"
        yield FIRST + person, FIRST + person, NAMES[person % len(NAMES)], role, unit, began


def officer_over(village: str, units: Mapping[str, int]) -> int:
    """Which of the people looks after a village: its own officer, else its district's."""
    return units.get(village, units[village[:_DISTRICT]])
