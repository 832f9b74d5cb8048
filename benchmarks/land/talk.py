"""What came in, what went out, how far it came, and what was asked: in the order of time, as it is numbered."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from benchmarks.land.ground import FIRST, LANGUAGES, SPAN, Ground, address_of
from bot.casework.numbers import FIRST as FIRST_CASE
from bot.casework.numbers import numbered
from bot.model.messages import Choice, Message
from bot.store import post
from bot.store.seal import Seal
from bot.store.times import kept

INBOX = ("id", "channel", "account", "external_id", "arrived_at", "address_id")
SAID = ("inbox_id", "address_id", "text_sealed", "at")
OUTGOING = ("id", "cause", "step", "n", "address_id", "message_sealed", "state", "priority", "attempts", "due_at")
OUTGOING += ("lease_until", "external_id", "created_at", "sent_at", "error", "brief", "case_number")
PIECE = ("external_id", "outgoing_id")
ARRIVAL = ("external_id", "state", "category", "billing", "month", "parked", "at")
EDITION = ("code", "topic", "country", "sector", "changes", "first_at", "ended_at", "spread_at")
ANSWERED = ("person_id", "topic", "language", "version", "at", "edition")
RATING = ("topic", "helped", "at", "language", "version")
UNANSWERED = ("text", "language", "at", "offered")
ANSWERED_OF, RATED_OF, UNANSWERED_OF = 0.6, 0.03, 0.04
"""Of the messages that came in: how many were answered, said to have helped or not, and not understood."""
TOPICS = (
    "migration/steps",
    "migration/costs",
    "protection/unpaid-wages",
    "finance/remittance",
    "return/coming-home",
    "cooperative/join",
)
_SAID_IS_KEPT, _LETTERS_ARE_KEPT, _LATELY = timedelta(days=1), timedelta(days=30), timedelta(minutes=20)
_VERSION, _WORDS = (
    "1",
    "Syarat, biaya dan waktu tunggu berbeda di setiap negara tujuan. Periksa dulu sebelum membayar. ",
)
_FATES = ("sent",) * 960 + ("cancelled",) * 35 + ("dead",) * 3 + ("uncertain",) * 2
_STAGES = ("read",) * 6 + ("delivered",) * 3 + ("failed",)
_ERRORS = {"cancelled": "until they write", "dead": "refused", "uncertain": "restored"}


def received(ground: Ground) -> Iterator[tuple[object, ...]]:
    """Every message that came in, by its number."""
    for message, person in enumerate(ground.writers):
        place, at = address_of(person), ground.kept_at(ground.share_of(message))
        yield FIRST + message, place.channel, place.account, f"m{FIRST + message}", at, FIRST + person


def said(ground: Ground, seal: Seal) -> Iterator[tuple[object, ...]]:
    """What people wrote in the web chat of late: what is older is not shown any more."""
    text = seal.close(str, "Berapa biaya ke Malaysia?")
    for message in range(int(ground.messages * (1 - _SAID_IS_KEPT / SPAN)), ground.messages):
        person = ground.writers[message]
        if address_of(person).channel == "web":
            yield FIRST + message, FIRST + person, text, ground.kept_at(ground.share_of(message))


def letters(ground: Ground, seal: Seal, at_work: int = 0) -> Iterator[tuple[object, ...]]:
    """A reply to each message and a second letter to each person, about their case if they have one."""
    chance, sealed, many = ground.chance("letters"), _letters(seal), ground.messages + ground.people
    for id, (message, n) in enumerate(_turns(ground)):
        person, share = ground.writers[message], ground.share_of(message)
        case = ground.case_of(person) if n else None
        state = "sending" if id >= many - at_work else chance.choice(_FATES)
        waits = state == "sent" and ground.at(share) > ground.now - _LATELY and chance.random() < 0.5
        created, sent = ground.kept_at(share, 1.0), ground.kept_at(share, 2.0)
        yield (
            *(FIRST + id, FIRST + message, 0, n, FIRST + person, sealed[id % len(sealed)]),
            *("waiting" if waits else state, post.NOTICE if case is not None else post.REPLY, int(not waits), created),
            *(
                kept(ground.now) if state == "sending" else None,
                _external(id) if state == "sent" and not waits else None,
            ),
            *(created, sent if state == "sent" and not waits else None, _ERRORS.get(state)),
            *(int(address_of(person).channel == "web"), numbered(FIRST_CASE + case) if case is not None else None),
        )


def _turns(ground: Ground) -> Iterator[tuple[int, int]]:
    """Which message each letter follows, and as which of its letters: those who write for the first time get two."""
    for message in range(ground.messages):
        yield message, 0
        if message % 2 == 0:
            yield message, 1


def _letters(seal: Seal) -> Sequence[bytes]:
    """Some letters as they are stored, short and long: it is the length that counts here, and nobody reads them."""
    choices = (Choice("rate:yes", "Ya, membantu"), Choice("rate:no", "Tidak"), Choice("menu:main", "Menu"))
    return [seal.close(Message, Message(_WORDS * (1 + number % 8), choices, language="id")) for number in range(64)]


def _external(id: int) -> str:
    return f"s{FIRST + id}"


def _lately_by_whatsapp(ground: Ground) -> Iterator[tuple[int, str]]:
    """The letters of the last month that went out on the channel which says how far they came, with when."""
    for id, (message, _) in enumerate(_turns(ground)):
        share = ground.share_of(message)
        if share > 1 - _LETTERS_ARE_KEPT / SPAN and address_of(ground.writers[message]).channel == "whatsapp":
            yield id, ground.kept_at(share, 3.0)


def pieces(ground: Ground) -> Iterator[tuple[object, ...]]:
    """Each letter in one piece."""
    return ((_external(id), FIRST + id) for id, _ in _lately_by_whatsapp(ground))


def arrivals(ground: Ground) -> Iterator[tuple[object, ...]]:
    """How far they came."""
    chance = ground.chance("arrivals")
    for id, at in _lately_by_whatsapp(ground):
        yield _external(id), chance.choice(_STAGES), "service", "free_customer_service", at[:7], 0, at


def editions(ground: Ground) -> Iterator[tuple[object, ...]]:
    """What was once said of each topic, and is not any more; everybody was told."""
    began, ended = ground.kept_at(0.0), ground.kept_at(0.5)
    return ((_edition(topic), topic, "", "", 1, began, ended, ended) for topic in TOPICS)


def _edition(topic: str) -> str:
    return f"LAND{TOPICS.index(topic):02d}"


def answered(ground: Ground) -> Iterator[tuple[object, ...]]:
    """Questions that were answered."""
    chance = ground.chance("answered")
    for message, person in enumerate(ground.writers):
        if chance.random() < ANSWERED_OF:
            share, topic = ground.share_of(message), chance.choice(TOPICS)
            edition = _edition(topic) if share < 0.5 else ""
            yield FIRST + person, topic, chance.choice(LANGUAGES), _VERSION, ground.kept_at(share), edition


def rated(ground: Ground) -> Iterator[tuple[object, ...]]:
    """Answers somebody said yes or no to."""
    chance = ground.chance("rated")
    for message in range(ground.messages):
        if chance.random() < RATED_OF:
            at = ground.kept_at(ground.share_of(message))
            yield chance.choice(TOPICS), int(chance.random() < 0.8), at, chance.choice(LANGUAGES), _VERSION


def unanswered(ground: Ground) -> Iterator[tuple[object, ...]]:
    """Questions nobody could answer, many of them alike."""
    chance = ground.chance("unanswered")
    for message in range(ground.messages):
        if chance.random() < UNANSWERED_OF:
            at, text = ground.kept_at(ground.share_of(message)), f"pertanyaan {int(chance.paretovariate(1.2))}"
            yield text, chance.choice(LANGUAGES), at, ",".join(chance.sample(TOPICS, 2))
