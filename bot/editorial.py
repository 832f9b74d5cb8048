"""What the editors should look at, gathered once for the officers' pages and for the command."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.knowledge.dates import over
from bot.knowledge.grouping import Group, group, shown
from bot.model.feedback import Missed, Rating
from bot.store import feedback
from bot.store.database import Reads
from bot.understanding.release import Release

LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Editorial:
    """The three lists. `unread` is how many questions stay unread, because little of them could be kept."""

    groups: list[Group]
    unread: int
    not_helpful: list[Rating]
    withheld: list[Missed]


async def gather(reads: Reads, release: Release, now: datetime, lately: timedelta = LATELY) -> Editorial:
    """The lists of the last days; an answer that has been renewed meanwhile is no task any more."""
    since = now - lately
    asked = await feedback.unanswered(reads, since)
    groups, unread = shown(await asyncio.to_thread(group, asked, release.gist))  # a second for thousands: nobody waits
    wanted = await feedback.withheld(reads, since)
    tasks = [one for one in wanted if (topic := release.topic(one.topic)) and over(topic, now.date())]
    ratings = await feedback.not_helpful(reads, since)
    return Editorial(groups, unread, sorted(ratings, key=lambda one: not stands(release, one)), tasks)


def stands(release: Release, rating: Rating) -> bool:
    """Whether the version people spoke of is the one we still say."""
    topic = release.topic(rating.topic)
    return topic is not None and topic.version == rating.version
