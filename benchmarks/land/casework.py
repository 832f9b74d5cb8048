"""Cases: the consent each rests on, where it stands, and the book of all that happened, in the order of time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from benchmarks.land.ground import FIRST, Ground, address_of
from benchmarks.land.people import NAMES, officer_over
from bot.casework.numbers import FIRST as FIRST_CASE
from bot.casework.numbers import numbered
from bot.model.case import Event, EventKind
from bot.store.cases import FIRST as BEGINNING
from bot.store.cases import Body, Content, page
from bot.store.seal import Seal
from bot.store.times import kept

CONSENT = ("id", "person_id", "form", "language", "channel", "words_hash", "given_at")
CASE = ("number", "seq", "form", "kind", "urgency", "unit", "village", "person_id", "consent_id", "opened_at", "due_at")
CASE += ("state", "officer_id", "outcome", "version", "closed_at", "answers_sealed", "clock", "warn_at", "left_minutes")
CASE += ("raised_to", "barred")
EVENT = (
    "id",
    "case_number",
    "kind",
    "at",
    "by_person",
    "by_name",
    "body_sealed",
    "body_digest",
    "previous_hash",
    "hash",
)
_FORMS = (
    (("ask-officer", "general"),) * 6 + (("prospective-worker", "general"),) * 5 + (("skills-training", "general"),) * 4
)
_FORMS += (("learning-house", "general"),) * 3 + (("complaint", "sensitive"),) * 3 + (("help", "emergency"),)
_OPEN_AFTER, _STILL_OPEN = timedelta(days=20), 0.03
_ABOUT_THE_VILLAGE, _RISEN = 0.2, 10
_DISTRICT = 8
_WORDS_HASH = "0" * 64
_WORDS: Mapping[str, Sequence[str]] = {
    "to-person": ("Berkas Anda sudah kami terima.", "Mohon datang ke kantor desa besok pagi dengan membawa KTP."),
    "from-person": ("Terima kasih, saya akan datang.", "Apakah bisa hari Kamis?"),
    "closed": ("Sudah selesai dibantu di kantor.",),
}


@dataclass(frozen=True, slots=True)
class Life:
    """A case with all that happened to it; the events' words come from elsewhere."""

    case: int
    form: str
    urgency: str
    unit: str
    village: str
    officer: int
    opened: datetime
    closed: datetime | None
    due: datetime
    events: tuple[tuple[datetime, EventKind, int], ...]

    @property
    def state(self) -> str:
        """Where it stands, by the last thing that happened."""
        last = self.events[-1][1]
        return "closed" if self.closed else {"opened": "new", "to-person": "waiting"}.get(last, "working")


def lives(ground: Ground, units: Mapping[str, int]) -> Iterator[Life]:
    """All cases in the order in which they were handed in; each time the same."""
    chance = ground.chance("cases")
    for case in range(ground.cases):
        person = ground.of_case(case)
        opened = ground.at((person + 0.25) / ground.people, 600.0)
        village = ground.villages[ground.homes[person]]
        form, urgency = chance.choice(_FORMS)
        barred = form == "complaint" and chance.random() < _ABOUT_THE_VILLAGE
        unit = village[:_DISTRICT] if barred else village
        officer = officer_over(unit if barred else village, units)
        stays = ground.now - opened < _OPEN_AFTER or chance.random() < _STILL_OPEN
        events = _events(chance, ground, opened, (person, officer), stays)
        closed = events[-1][0] if events[-1][1] == "closed" else None
        due = opened + timedelta(days=3) if closed else ground.now + timedelta(days=chance.uniform(-0.05, 5.0))
        yield Life(case, form, urgency, unit, village, officer, opened, closed, due, events)


def _events(
    chance: Random, ground: Ground, opened: datetime, who: tuple[int, int], stays: bool
) -> tuple[tuple[datetime, EventKind, int], ...]:
    """Handed in, taken on, looked at, spoken about, closed; the more of it the older it is, and up to now only."""
    person, officer = who
    happens: list[tuple[EventKind, int]] = [("claimed", officer), ("revealed", officer), ("to-person", officer)]
    if chance.random() < 0.6:
        happens.append(("from-person", person))
    found: list[tuple[datetime, EventKind, int]] = [(opened, "opened", person)]
    if not stays:
        happens.append(("closed", officer))
    elif chance.random() < 0.4:
        happens = happens[: chance.randrange(len(happens))]
    for kind, by in happens:
        at = found[-1][0] + timedelta(hours=chance.expovariate(1 / 30))
        if at >= ground.now:
            break
        found.append((at, kind, by))
    return tuple(found)


def consents(ground: Ground) -> Iterator[tuple[object, ...]]:
    """One below each case."""
    for case in range(ground.cases):
        person = ground.of_case(case)
        given, channel = ground.kept_at((person + 0.25) / ground.people, 500.0), address_of(person).channel
        yield FIRST + case, FIRST + person, "ask-officer", "id", channel, _WORDS_HASH, given


def cases(ground: Ground, seal: Seal, units: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    """Each as it stands now."""
    filled = [seal.close(Content, Content({"name": name, "question": _WORDS["to-person"][1]})) for name in NAMES]
    for life in lives(ground, units):
        taken = life.state != "new"
        clock = "stopped" if life.closed else "paused" if life.state == "waiting" else "running"
        late = clock == "running" and life.due < ground.now
        warn = kept(life.due - timedelta(hours=12)) if clock == "running" and not late else None
        risen = not life.closed and life.unit == life.village and life.case % _RISEN == 0
        yield (
            *(numbered(FIRST_CASE + life.case), FIRST_CASE + life.case, life.form, life.form, life.urgency, life.unit),
            *(life.village, FIRST + ground.of_case(life.case), FIRST + life.case, kept(life.opened), kept(life.due)),
            *(life.state, FIRST + life.officer if taken else None, "solved" if life.closed else "", len(life.events)),
            *(kept(life.closed) if life.closed else None, filled[life.case % len(filled)], clock, warn),
            *(720 if clock == "paused" else None, life.village[:_DISTRICT] if risen else None),
            life.village if life.unit != life.village else "",
        )


def book(ground: Ground, seal: Seal, units: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    """Every page, each with the hash of the one before."""
    happened = sorted((at, life.case, kind, by) for life in lives(ground, units) for at, kind, by in life.events)
    bodies, previous = _bodies(ground.chance("book"), seal), BEGINNING
    for id, (at, case, kind, by) in enumerate(happened, 1):
        body, sealed = bodies[kind][id % len(bodies[kind])]
        event = Event(numbered(FIRST_CASE + case), kind, at, FIRST + by, NAMES[by % len(NAMES)])
        one = page(event, body, id, previous)
        previous = str(one["hash"])
        yield tuple({**one, "body_sealed": sealed}[column] for column in EVENT)


def _bodies(chance: Random, seal: Seal) -> Mapping[EventKind, Sequence[tuple[Body, bytes]]]:
    """Some bodies of each kind, sealed once: a digest holds for the words, wherever they stand."""
    kinds: Sequence[EventKind] = ("opened", "claimed", "revealed", "to-person", "from-person", "closed")
    found: dict[EventKind, list[tuple[Body, bytes]]] = {}
    for kind in kinds:
        words = _WORDS.get(kind, ("",))
        made = [Body(f"{chance.getrandbits(128):032x}", words[n % len(words)]) for n in range(16)]
        found[kind] = [(body, seal.close(Body, body)) for body in made]
    return found
