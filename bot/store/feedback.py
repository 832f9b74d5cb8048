"""What the editors read of people's questions: nobody's name is in it, for none was kept."""

from datetime import datetime

from bot.model.feedback import Asked, Missed, Rating
from bot.store.database import Reads
from bot.store.times import kept, moment


async def unanswered(reads: Reads, since: datetime) -> list[Asked]:
    """What could not be answered since then, each wording once."""
    return [
        Asked(
            text=row["text"],
            language=row["language"],
            times=row["times"],
            first=moment(row["first_at"]),
            last=moment(row["last_at"]),
            offered=tuple(one for one in row["offered"].split(",") if one),
            meant=row["meant"],
        )
        for row in await reads.rows("unanswered_since", {"since": kept(since)})
    ]


async def not_helpful(reads: Reads, since: datetime) -> list[Rating]:
    """Which answers did not help, the worst first: an answer with thirty complaints stands before one with its first."""
    return [
        Rating(row["topic"], row["language"], row["version"], row["helped"], row["not_helped"], moment(row["last_at"]))
        for row in await reads.rows("not_helpful_since", {"since": kept(since)})
    ]


async def withheld(reads: Reads, since: datetime) -> list[Missed]:
    """Which answers had to be withheld since then because their time was over, the most wanted first."""
    return [
        Missed(row["topic"], row["asked"], moment(row["first_at"]), moment(row["last_at"]))
        for row in await reads.rows("withheld_since", {"since": kept(since)})
    ]
