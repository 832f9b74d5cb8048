"""Whatever comes in, in whatever state: one step, no exception, and words for all of it."""

from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogue.desk.entry import ACTS
from bot.dialogue.step import step
from bot.dialogue.wants import wants
from bot.markdown import plain
from bot.model.conversation import Conversation, Filling, Known
from bot.model.day import Day
from bot.model.messages import Address, Attachment, Incoming
from bot.understanding.release import Release
from bot.wording import Wording
from tests.dialogue.talk import LANTAN, MONDAY, NUMBER, PERSON, PHOTO, case_of, officer

KINDS = ("text", "button", "start", "photo", "voice", "file", "sticker", "location", "contact")
MEDIA = ("photo", "voice", "file")
BUTTON_KINDS = (
    *ACTS,
    "do",
    "menu",
    "topic",
    "country",
    "helped",
    "not-helped",
    "form",
    "continue",
    "restart",
    "drop",
    "report",
    "agree",
    "decline",
    "field",
    "village",
    "skip",
    "send",
    "edit",
    "edit-line",
    "mine",
    "write",
    "withdraw",
    "withdraw-yes",
    "withdraw-no",
    "solved",
    "unsolved",
    "language",
    "delete",
    "danger",
    "sector",
    "vacancies",
    "narrow",
    "seek-country",
    "seek-sector",
    "subscribe",
    "unsubscribe",
    "nonsense",
)
WHATS = (
    "",
    "yes",
    "no",
    NUMBER,
    f"{NUMBER}:solved",
    f"{NUMBER}:proof",
    "help",
    "complaint",
    "ask-officer",
    "offer-check",
    "jobs/taiwan",
    "taiwan",
    "menu",
    "cancel",
    "skip",
    "send",
    "queue",
    "web",
    "repeat",
    "back",
    LANTAN,
    "who:me",
    "about:officer",
    "phone",
    "en",
    "mad",
    "jobs",
    "__class__",
    "{{ 7 }}",
    "%s",
    "' or 1=1 --",
    "\x00",
    "a" * 500,
    ":",
    "::",
    "../../etc/passwd",
)
TEXTS = (
    "",
    "ya",
    "tidak",
    "lewati",
    "kirim",
    "menu",
    "kembali",
    "2",
    "dua",
    "0812 3456 7890",
    "31-12-2026",
    "Lantan, Batukliang Utara",
    "saya dipukul majikan",
    "kerja di taiwan?",
    "kalau jepang?",
    NUMBER,
    "antrean",
    "web",
    "<b>*_`[x](y)</b>",
    "{{ 7*7 }}{% for %}",
    "%(number)s %s %d",
    "\u202egnorw\u2066",
    "\x00\x07\ud83d",
    "a" * 20_000,
    "٣",
    "🙏" * 300,
    "=cmd|'/c'!A1",
    "tolong " * 500,
)

texts = st.one_of(st.sampled_from(TEXTS), st.text(max_size=60))
buttons = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(BUTTON_KINDS), st.one_of(st.sampled_from(WHATS), st.text(max_size=20))),
    st.text(max_size=30),
)


def incoming(kind: str, text: str, button: str) -> Incoming:
    """Something of this kind, with what such a thing carries."""
    return Incoming(
        Address("telegram", "bot", "siti"),
        "m",
        kind,  # type: ignore[arg-type]
        MONDAY,
        text=text if kind in ("text", "start", "button", *MEDIA) else "",
        button=button if kind == "button" else "",
        attachment=Attachment(kind, "x", "telegram") if kind in MEDIA else None,  # type: ignore[arg-type]
    )


incomings = st.builds(incoming, st.sampled_from(KINDS), texts, buttons)


def fillings(release: Release) -> Iterator[Filling | None]:
    """Every place of every form, one whose question is gone, one that is gone, and none."""
    for form in release.content.forms.values():
        yield Filling(form.id)
        yield from (Filling(form.id, "field", field.id, touched=MONDAY) for field in form.fields)
        yield Filling(form.id, "summary", answers={"village": LANTAN}, media={"proof": PHOTO}, consented=MONDAY)
        yield Filling(form.id, "edit")
        yield Filling(form.id, "field", "gone")
    yield Filling("gone", "field", "gone")
    yield None


def known(state: str, holder: int, person: int, *, as_officer: bool, pages: str) -> Known:
    """What might have been read beforehand; without a state, no case."""
    case = case_of(state=state, officer=holder, person=person, media={"proof": PHOTO}, closed=MONDAY) if state else None
    own = (case,) if case and person == PERSON else ()
    day = Day({"working": 1}, (("working", case),)) if case else Day()
    return Known(officer() if as_officer else None, case, cases=own, day=day, token="s", pages=pages)


knowns = st.builds(
    known,
    st.sampled_from(["", "new", "working", "waiting", "closed", "withdrawn"]),
    st.sampled_from([0, 1, 2]),
    st.sampled_from([PERSON, PERSON + 1]),
    as_officer=st.booleans(),
    pages=st.sampled_from(["", "https://desa.test"]),
)
conversations = st.builds(
    Conversation,
    st.just(PERSON),
    language=st.sampled_from(["id", "en", "jv", "mad"]),
    greeted=st.booleans(),
    paused=st.sampled_from([(), (Filling("help", "field", "gone"), Filling("gone"))]),
    shown=st.sampled_from([(), ("form:help", "danger:no"), ("nonsense", "topic:gone", f"unsolved:{NUMBER}")]),
    talking=st.sampled_from(["", NUMBER]),
    desk=st.sampled_from(["", "code:", f"reply:{NUMBER}", f"note:{NUMBER}", f"outcome:{NUMBER}:solved", "reply:"]),
    known=knowns,
)
places = st.integers(0, 10_000)
often = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def somewhere(release: Release, conversation: Conversation, place: int) -> Conversation:
    """The talk at one of the places of a form, or at none."""
    found = list(fillings(release))
    return conversation.but(filling=found[place % len(found)])


@settings(often, max_examples=400)
@given(conversation=conversations, incoming=incomings, place=places)
def test_whatever_comes_in_gets_a_reply_in_words(
    release: Release, wording: Wording, conversation: Conversation, incoming: Incoming, place: int
) -> None:
    talk = somewhere(release, conversation, place)
    wants(talk, incoming, release)
    said = step(talk, incoming, release)
    assert said.replies
    for reply in said.replies:
        for message in wording.write(reply, said.conversation.language):
            assert plain(message.text).strip()
            assert all(choice.label.strip() and choice.id for choice in (*message.choices, *message.anchors))


@settings(often, max_examples=25)
@given(turns=st.lists(incomings, min_size=2, max_size=12))
def test_a_talk_of_nonsense_never_ends_in_an_exception(release: Release, turns: list[Incoming]) -> None:
    conversation = Conversation(PERSON)
    for incoming in turns:
        conversation = step(conversation, incoming, release).conversation


@settings(often, max_examples=100)
@given(conversation=conversations, incoming=incomings, place=places)
def test_a_step_gives_the_same_twice_and_changes_nothing_it_was_given(
    release: Release, conversation: Conversation, incoming: Incoming, place: int
) -> None:
    talk = somewhere(release, conversation, place)
    before = repr(talk)
    assert step(talk, incoming, release) == step(talk, incoming, release)
    assert repr(talk) == before
