"""What an officer's act must know beside the case: how much they have in hand, and in which language its person reads."""

from bot.model.case import Case, Scope
from bot.store.cases import case_of_row, sight
from bot.store.database import Reads


async def held(reads: Reads, scope: Scope) -> int:
    """How many open cases the officer of this scope looks after; pretend ones do not count."""
    row = await reads.row("held", sight(scope))
    return int(row["many"]) if row else 0


async def language(reads: Reads, person: int) -> str:
    """The language somebody reads."""
    row = await reads.row("language_of_person", {"person": person})
    return str(row["language"]) if row else "id"


async def alike(reads: Reads, case: Case, scope: Scope) -> tuple[Case, ...]:
    """Other open cases this officer sees that may be the same person's: of the same chat, then with the same telephone number."""
    asked = {"of_person": case.person, "number": case.number, **sight(scope)}
    return tuple(case_of_row(reads, row) for row in await reads.rows("alike", asked))


async def goes_on(reads: Reads, case: Case) -> Case | None:
    """The case in which the work on a person's own one goes on since they were joined."""
    row = await reads.row("case_goes_on", {"number": case.number, "person": case.person}) if case.merged_into else None
    return case_of_row(reads, row) if row else None
