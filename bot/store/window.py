"""The day in which we may write freely, as it is kept: when it began, what waits until they write, what goes in its place."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.casework.window import is_open, template_for
from bot.model.conversation import Conversation
from bot.model.messages import Message
from bot.model.templates import Templates
from bot.store import contact, people
from bot.store.database import Row, Transaction
from bot.store.times import kept, moment


async def heard(tx: Transaction, when: Mapping[int, datetime]) -> bool:
    """These chats were written from. Whether something waited for that: it goes now."""
    rows = [{"address": one, "at": kept(at)} for one, at in when.items()]
    await tx.many("heard", rows)
    return any([await tx.run("release_held", row) for row in rows])


async def may_go(tx: Transaction, rows: Sequence[Row], now: datetime, templates: Templates) -> list[Row]:
    """Those of the rows due in the outbox that the platform takes now. The others wait until the person writes."""
    going = []
    for row in rows:
        since = moment(row["heard_at"]) if row["heard_at"] else None
        if row["kind"] == "template" or is_open(row["channel"], since, now):
            going.append(row)
        else:
            await hold(tx, row["id"], now, templates)
    return going


async def refused(tx: Transaction, letter: int, tried: datetime, now: datetime, templates: Templates) -> None:
    """The platform did not take it, though by our reckoning it should have. When they wrote since it was tried, it goes again."""
    row = await tx.row("letter", {"id": letter})
    if row and row["heard_at"] and moment(row["heard_at"]) > tried:
        await tx.run("send_again", {"id": letter, "at": kept(now)})
    elif row:
        await tx.run("day_is_over", {"address": row["address_id"]})
        await hold(tx, letter, now, templates)


async def hold(tx: Transaction, letter: int, now: datetime, templates: Templates) -> None:
    """A letter waits until they write; where a template is approved for what it is, that goes ahead of it.

    News is none any more when they write again some day, nor is a template.
    """
    row = await tx.row("letter", {"id": letter})
    if row is None:
        return
    if row["kind"] in ("news", "template"):
        await tx.run("too_late", {"id": letter})
        return
    talk = (await people.talks_held(tx, [row["person_id"]]))[row["person_id"]]
    template = template_for(templates, row["kind"], talk.language, await _cover(tx, row))
    sealed = {"id": letter, "at": kept(now), "message": tx.seal.close(Message, template) if template else b""}
    if template and row["kind"] == "covered":
        await tx.run("stand_for", sealed)
        return
    await tx.run("hold", {"id": letter})
    if template and not await _lately(tx, row, now, templates):
        await tx.run("announce", sealed)
    if row["kind"] in ("", "case"):
        await people.save(tx, [_unread(talk, tx.seal.open(Message, row["message_sealed"]))])


async def _cover(tx: Transaction, row: Row) -> str:
    """The matter to write about instead, of a letter that names nothing."""
    plan = await contact.plan_of(tx, row["case_number"], row["person_id"]) if row["kind"] == "covered" else None
    return plan.cover if plan else ""


async def _lately(tx: Transaction, row: Row, now: datetime, templates: Templates) -> bool:
    """Whether they were told that something waits; who looks after somebody in danger is told again."""
    if row["kind"] == "emergency":
        return False
    since = now - timedelta(hours=templates.again_after_hours)
    return await tx.row("lately_announced", {"address": row["address_id"], "since": kept(since)}) is not None


def _unread(talk: Conversation, message: Message) -> Conversation:
    """What they have not seen must not be answered by a number or a yes meant for something else."""
    offered = tuple(one.id for one in message.choices)
    return talk.but(unread=offered or talk.unread or (), shown=())
