"""All that the page of a case shows, read by the right of whoever looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.casework.looks import OPEN_FOR, REASONS, opened_since
from bot.casework.masking import Line, masked, revealed
from bot.casework.no_phone import ACTS, WRITING, without_phone
from bot.casework.routing import above
from bot.casework.states import OPEN, OUTCOMES, acts
from bot.dialogue.contact import how_to_write, out_of_the_day
from bot.dialogue.desk.merging import maybe
from bot.model.case import Case, Event
from bot.model.content import said as content_said
from bot.model.messages import Choice, Message, Reply
from bot.model.referral import Referral
from bot.store import cases, contact, day, desk, people, referrals
from bot.web.act_forms import Typed, goes_on, homeless
from bot.web.desk_door import answered
from bot.web.forms import new_nonce
from bot.web.rooms import Rooms
from bot.web.sessions import Seat
from bot.web.timeline import timeline
from bot.web.today import Look

_NOTHING_TYPED = Typed()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to an act, and the buttons by which it goes on."""

    messages: tuple[Message, ...] = ()
    next: tuple[Choice, ...] = ()


async def answer_to(rooms: Rooms, seat: Seat, key: str, number: str = "") -> Answer:
    """What was answered to an act of this officer's; with the next steps for the case of this number."""
    messages = await answered(rooms, seat, key)
    steps = [choice for message in messages for choice in message.choices if goes_on(choice.id, number)]
    return Answer(tuple(messages), tuple(steps))


async def facts(
    rooms: Rooms, seat: Seat, case: Case, *, said: Answer, typed: Typed = _NOTHING_TYPED, covered: bool = False
) -> dict[str, object]:
    """What the template is filled with. Details stand open for a while after a reason was given, unless asked to be covered."""
    now, scope = rooms.now(), seat.officer.scope
    events = await cases.events(rooms.database, case.number, scope)
    sent = await day.deliveries(rooms.database, case.number, seat.officer)
    able = tuple(one for one in acts(case, seat.officer, now) if one not in _unread(case))
    opened = not covered and lately_opened(rooms, seat, events)
    return {
        "row": Look(rooms.release(), seat.officer, seat.language, now).row(case),
        "lines": _lines(rooms, seat, case, opened=opened),
        "entries": timeline(events, sent, opened=opened),
        "acts": able,
        "no_phone": without_phone(case),
        "homeless": homeless(typed, (*able, *(ACTS if without_phone(case) else ()))),
        "outcomes": OUTCOMES,
        "reasons": REASONS,
        "outside": await _outside(rooms, case),
        "canned": _canned(rooms, seat, case),
        "days": _days(rooms, case),
        "above": _above(rooms, case),
        "shareable": _shareable(rooms, seat, case),
        "referrals": await _referrals(rooms, seat, case),
        "maybe": maybe(case, await desk.alike(rooms.database, case, scope)) if "merge" in able else [],
        "how": _how(rooms, seat, case),
        "consent": "paper" if case.entered_by and not case.reachable else "ask",
        "opened": opened,
        "said": said,
        "typed": typed,
        "nonce": new_nonce(),
        "now": now,
    }


async def _outside(rooms: Rooms, case: Case) -> str:
    """How a word to them is told when the platform takes nothing but a template; "" when it takes anything."""
    how = how_to_write(case, rooms.now())
    if how in ("silent", "kept") or not await contact.shut(rooms.database, case.number, case.person, rooms.now()):
        return ""
    talks = await people.talks(rooms.database, [case.person])
    return out_of_the_day(rooms.release().content.templates, talks[case.person].language, how)


def _unread(case: Case) -> tuple[str, ...]:
    """What would be written to somebody who has no chat with us."""
    return WRITING if without_phone(case) else ()


def lately_opened(rooms: Rooms, seat: Seat, events: Sequence[Event]) -> bool:
    """Whether this officer has said a moment ago why they look."""
    return opened_since(events, seat.officer.person, rooms.now() - OPEN_FOR)


def _canned(rooms: Rooms, seat: Seat, case: Case) -> list[tuple[str, str]]:
    """The replies written beforehand that fit this kind of case: id and title, its own kind's first."""
    fitting = [one for one in rooms.release().content.replies.values() if not one.kinds or case.kind in one.kinds]
    fitting.sort(key=lambda one: (not one.kinds, one.order, one.id))
    return [(one.id, content_said(one.title, seat.language)) for one in fitting]


def _shareable(rooms: Rooms, seat: Seat, case: Case) -> list[tuple[int, str]]:
    """The parts of a case that another office could be shown: the bit each is named by, and what it is called."""
    form = rooms.release().form(case.form)
    held = [(1 << at, one) for at, one in enumerate(form.fields if form else ())]
    return [
        (bit, content_said(one.label or one.ask, seat.language))
        for bit, one in held
        if case.answers.get(one.id) or one.id in case.media
    ]


def _how(rooms: Rooms, seat: Seat, case: Case) -> str:
    """How the person may be written to, in the chat's words; "" is openly, and where nobody is written to."""
    written_to = case.state in OPEN and not without_phone(case)
    how = how_to_write(case, rooms.now()) if written_to else ""
    return rooms.wording().write(Reply("desk/how", {"how": how}), seat.language)[0].text if how else ""


async def _referrals(rooms: Rooms, seat: Seat, case: Case) -> list[tuple[Referral, str]]:
    """What other offices are shown of the case, or the person is being asked about, each with the office's name."""
    found = await referrals.of_case(rooms.database, case.number, seat.officer.scope)
    return [(one, rooms.release().place(one.to)) for one in found]


def _days(rooms: Rooms, case: Case) -> tuple[date, date]:
    """The first and the last day until which a case may be put aside."""
    release = rooms.release()
    today = rooms.now().astimezone(ZoneInfo(release.zone(case.village))).date()
    latest = timedelta(hours=release.content.rules.aside_hours[case.urgency])
    return today + timedelta(days=1), today + timedelta(days=latest.days)


def _above(rooms: Rooms, case: Case) -> tuple[str, str]:
    """The level above as a button names it, and its name; the country's unit is "", which a button writes as 0."""
    unit = above(case.unit)
    return (unit or "0", rooms.release().place(unit)) if case.unit else ("", "")


def _lines(rooms: Rooms, seat: Seat, case: Case, *, opened: bool) -> list[Line]:
    release = rooms.release()
    form, show = release.form(case.form), revealed if opened else masked
    if form is None:
        return []
    return show(form, case, seat.language, lambda field, value: release.say(field, value, seat.language))
