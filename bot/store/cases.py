"""Cases and their book. Nobody reads a case without saying by what right: an officer's scope, or being its person."""

import hashlib
import json
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.casework.heads import beginning, code_of
from bot.casework.numbers import pretends
from bot.model.book import Leaf
from bot.model.case import Case, Event, Scope
from bot.model.contact import Contact
from bot.model.effects.cases import Act, Consent, OpenCase
from bot.model.messages import Attachment
from bot.store import files, numbers
from bot.store.database import Outrun, Reads, Row, Transaction
from bot.store.times import kept, moment


class Stale(Exception):
    """Somebody else moved the case meanwhile."""


def moved_meanwhile(tx: Transaction, number: str) -> Stale | Outrun:
    """`Stale`, but where others write at the same time it is no fault, and to be begun again."""
    return Outrun("a case was moved meanwhile") if tx.beside else Stale(number)


@dataclass(frozen=True, slots=True)
class Content:
    """What a person filled in, as sealed with the case."""

    answers: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, Attachment] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Body:
    """What an event says, as sealed with it. The salt keeps its digest from proving a guess."""

    salt: str
    text: str
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the book does not hold."""

    event: int
    why: str


FIRST = "0" * 64
_BOOK = "book"


def sight(scope: Scope) -> dict[str, object]:
    """What the part `in_sight` of a query asks for."""
    return {"prefix": scope.prefix, "beyond": scope.beyond, "officer": scope.officer}


async def in_scope(reads: Reads, number: str, scope: Scope) -> Case | None:
    """A case, if this officer may see it; None says nothing of whether it exists."""
    row = await reads.row("case_in_scope", {"number": number, **sight(scope)})
    return case_of_row(reads, row) if row else None


async def of_person(reads: Reads, number: str, person: int) -> Case | None:
    """A case, if it is this person's own, whichever of their chats it came from; there it is as if it had come from this one."""
    row = await reads.row("case_of", {"number": number, "person": person})
    return replace(case_of_row(reads, row), person=person) if row else None


async def all_of_person(reads: Reads, person: int) -> tuple[Case, ...]:
    """A person's own cases, newest first."""
    return tuple(
        replace(case_of_row(reads, row), person=person) for row in await reads.rows("cases_of", {"person": person})
    )


async def queue(reads: Reads, scope: Scope, limit: int = 50) -> tuple[Case, ...]:
    """An officer's open cases: emergencies first, then what is due soonest."""
    rows = await reads.rows("queue", {**sight(scope), "limit": limit})
    return tuple(case_of_row(reads, row) for row in rows)


async def closed(reads: Reads, scope: Scope, limit: int = 50, offset: int = 0) -> tuple[Case, ...]:
    """What was closed in an officer's scope, newest first."""
    rows = await reads.rows("closed_lately", {**sight(scope), "limit": limit, "offset": offset})
    return tuple(case_of_row(reads, row) for row in rows)


async def events(reads: Reads, number: str, scope: Scope) -> tuple[Event, ...]:
    """What happened to a case, in order, if this officer may see it."""
    rows = await reads.rows("events_in_scope", {"number": number, **sight(scope)})
    return tuple(event_of_row(reads, row) for row in rows)


async def open_case(tx: Transaction, opening: OpenCase, channel: str) -> None:
    """Store the consent and the case that rests on it, and the first event."""
    [consent] = await numbers.new(tx, "new_consents")
    await tx.run("add_consent", _consent_row(consent, opening, channel))
    await tx.run("open_case", _case_row(tx, opening.case, consent))
    case = opening.case
    await files.want(tx, case.number, case.media.values(), case.opened)
    await tx.many("keep_phone", _phone_rows(tx, case.number, opening.phones))
    await write(tx, Event(case.number, "opened", case.opened, case.person))


async def act(tx: Transaction, doing: Act, cause: int = 0) -> None:
    """Move a case and write the event. Raises `Stale` or `Outrun` when it is not any more as it was seen.

    `cause` is the number of the incoming message behind it, by which the letters that followed are found again.
    """
    if await tx.run("move_case", _moved_row(tx, doing.case, doing.after, doing.event.at)) != 1:
        raise moved_meanwhile(tx, doing.case.number)
    await write(tx, doing.event, cause)
    if doing.after.state == "withdrawn":
        await erase(tx, doing.case.number)
        await tx.run("forget_letters", {"person": doing.case.person})


async def erase(tx: Transaction, number: str) -> None:
    """The answers and the words of the book go; that the case was, and the chain of its events, stays."""
    await tx.run("erase_answers", {"number": number})
    await tx.run("forget_phones", {"number": number})
    await tx.run("erase_bodies", {"number": number})
    await tx.run("forget_all_kept_back", {"number": number})
    await files.forget(tx, number)
    await tx.run("cancel_letters_of", {"number": number})


async def write(tx: Transaction, event: Event, cause: int = 0) -> None:
    """Add a page to the book; the message behind it (`cause`) stands beside the chain, for it is forgotten in time.

    The book holds what was so: what happens to a pretend case stands apart from it.
    """
    if pretends(event.case):
        await _write_apart(tx, event)
        return
    if event.attachment:
        await files.want(tx, event.case, [event.attachment], event.at)
    await tx.hold([_BOOK])
    last = await tx.row("last_event")
    body = Body(secrets.token_hex(16), event.text, event.attachment)
    one = page(event, body, (last["id"] if last else 0) + 1, last["hash"] if last else FIRST)
    await tx.run("add_event", {**one, "body": tx.seal.close(Body, body), "inbox": cause or None})


def page(event: Event, body: Body, number: int, previous: str) -> dict[str, object]:
    """A page of the book, all but its sealed words: the `number`-th, after the one with the hash `previous`."""
    one: dict[str, object] = {
        "id": number,
        "case_number": event.case,
        "kind": event.kind,
        "at": kept(event.at),
        "by_person": event.by,
        "by_name": event.by_name,
        "body_digest": _digest(body),
        "previous_hash": previous,
    }
    return {**one, "hash": _hash(one)}


async def _write_apart(tx: Transaction, event: Event) -> None:
    body = tx.seal.close(Body, Body("", event.text, event.attachment))
    row = {"case_number": event.case, "kind": event.kind, "at": kept(event.at)}
    await tx.run("add_practice_event", {**row, "by_person": event.by, "by_name": event.by_name, "body": body})


async def head(reads: Reads) -> str:
    """The code of the book as it stands, for receipts and digests; "" of an empty one."""
    row = await reads.row("last_event")
    return code_of(row["hash"]) if row else ""


async def leaf(reads: Reads, code: str) -> Leaf | None:
    """The page a code from paper stands for; None when this book does not hold it, or not any more."""
    row = await reads.row("page_of_head", {"beginning": beginning(code)})
    return Leaf(row["id"], moment(row["at"])) if row else None


async def verify(reads: Reads) -> AsyncIterator[Broken]:
    """Read the whole book and yield every page that does not hold."""
    after, previous = 0, FIRST
    while rows := await reads.rows("book", {"after": after}):
        for row in rows:
            for why in (*links_broken(row, after, previous), *_words_broken(reads, row)):
                yield Broken(row["id"], why)
            after, previous = row["id"], row["hash"]


def links_broken(row: Row, last: int, previous: str) -> list[str]:
    """What is wrong with a page's place in the chain, after the page `last` with that hash; needs no key."""
    page = {name: row[name] for name in row.keys() if name not in ("body_sealed", "hash")}  # noqa: SIM118
    return [
        why
        for wrong, why in (
            (row["id"] != last + 1, "a page before it is missing"),
            (row["previous_hash"] != previous, "it does not follow the page before"),
            (row["hash"] != _hash(page), "it was changed"),
        )
        if wrong
    ]


def _words_broken(reads: Reads, row: Row) -> list[str]:
    erased = row["body_sealed"] is None
    return [] if erased or _body_holds(reads, row) else ["its words were changed"]


def _body_holds(reads: Reads, row: Row) -> bool:
    try:
        return bool(_digest(reads.seal.open(Body, row["body_sealed"])) == row["body_digest"])
    except Exception:  # a torn body can fail in any way; all of them mean that it was changed
        return False


def _hash(page: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(page, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _digest(body: Body) -> str:
    attachment = body.attachment.reference if body.attachment else ""
    return hashlib.sha256(json.dumps([body.salt, body.text, attachment]).encode()).hexdigest()


def words_hash(consent: Consent) -> str:
    """The proof of what was shown when somebody agreed."""
    return hashlib.sha256(consent.words.encode()).hexdigest()


def _phone_rows(tx: Transaction, number: str, phones: Sequence[str]) -> list[dict[str, object]]:
    """The numbers given in a case, each as marks: to be known again, never to be read."""
    marks = {mark for phone in phones for mark in tx.seal.marks("phone", phone)}
    return [{"number": number, "mark": mark} for mark in sorted(marks)]


def _consent_row(id: int, opening: OpenCase, channel: str) -> dict[str, object]:
    consent = opening.consent
    return {
        "id": id,
        "person": opening.case.person,
        "form": consent.form,
        "language": consent.language,
        "channel": channel,
        "words_hash": words_hash(consent),
        "given": kept(consent.given),
    }


def _case_row(tx: Transaction, case: Case, consent: int) -> dict[str, object]:
    return {
        "number": case.number,
        "seq": int(case.number[:-1]),
        "form": case.form,
        "kind": case.kind,
        "urgency": case.urgency,
        "unit": case.unit,
        "village": case.village,
        "person": case.person,
        "consent": consent,
        "opened": kept(case.opened),
        "due": kept(case.due),
        "state": case.state,
        "answers": tx.seal.close(Content, Content(case.answers, case.media)),
        "warn": kept(case.warn) if case.warn else None,
        "barred": case.barred,
        "entered_by": case.entered_by or None,
        "practice_of": case.practice_of or None,
        "plan": tx.seal.close(Contact, case.plan) if case.plan else None,
    }


def _moved_row(tx: Transaction, before: Case, after: Case, at: datetime) -> dict[str, object]:
    ended = after.state in ("closed", "withdrawn")
    closed = (before.closed or at) if ended and before.state == after.state else at
    return {
        "number": before.number,
        "version": before.version,
        "state": after.state,
        "officer": after.officer or None,
        "outcome": after.outcome,
        "closed": kept(closed) if ended else None,
        "urgency": after.urgency,
        "unit": after.unit,
        "due": kept(after.due),
        "clock": after.clock,
        "warn": kept(after.warn) if after.warn else None,
        "left": after.left or None,
        "raised_to": after.raised_to,
        "snoozed": kept(after.snoozed) if after.snoozed else None,
        "answered": int(after.answered),
        "barred": after.barred,
        "worker": after.worker or None,
        "merged_into": after.merged_into or None,
        "plan": tx.seal.close(Contact, after.plan) if after.plan else None,
        "worker_plan": tx.seal.close(Contact, after.worker_plan) if after.worker_plan else None,
    }


def case_of_row(reads: Reads, row: Row) -> Case:
    """A case as a row of `select c.*, officer_name` has it."""
    content = reads.seal.open(Content, row["answers_sealed"]) if row["answers_sealed"] else Content()
    return Case(
        number=row["number"],
        form=row["form"],
        kind=row["kind"],
        urgency=row["urgency"],
        unit=row["unit"],
        village=row["village"],
        person=row["person_id"],
        opened=moment(row["opened_at"]),
        due=moment(row["due_at"]),
        state=row["state"],
        officer=row["officer_id"] or 0,
        officer_name=row["officer_name"] or "",
        outcome=row["outcome"],
        version=row["version"],
        closed=moment(row["closed_at"]) if row["closed_at"] else None,
        answers=content.answers,
        media=content.media,
        reachable=bool(row["reachable"]) if "reachable" in row.keys() else True,  # noqa: SIM118
        clock=row["clock"],
        warn=moment(row["warn_at"]) if row["warn_at"] else None,
        left=row["left_minutes"] or 0,
        raised_to=row["raised_to"],
        snoozed=moment(row["snoozed_until"]) if row["snoozed_until"] else None,
        answered=bool(row["answered"]),
        barred=row["barred"],
        worker=row["worker_id"] or 0,
        entered_by=row["entered_by"] or 0,
        practice_of=row["practice_of"] or 0,
        merged_into=row["merged_into"] or "",
        plan=reads.seal.open(Contact, row["plan_sealed"]) if row["plan_sealed"] else None,
        worker_plan=reads.seal.open(Contact, row["worker_plan_sealed"]) if row["worker_plan_sealed"] else None,
        code_word=row["code_hash"] is not None,
        pin=row["pin_hash"] is not None,
    )


def event_of_row(reads: Reads, row: Row) -> Event:
    """An event as its row has it, of the book or apart from it."""
    body = reads.seal.open(Body, row["body_sealed"]) if row["body_sealed"] else Body("", "")
    return Event(
        row["case_number"], row["kind"], moment(row["at"]), row["by_person"], row["by_name"], body.text, body.attachment
    )


async def last_number(reads: Reads) -> int:
    """The sequence number of the newest case; 0 when there is none."""
    row = await reads.row("last_case")
    return int(row["last"]) if row else 0
