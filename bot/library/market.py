"""The tables of the job market: vacancies somebody offers now, and placement companies as public lists have them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.library.faults import Fault, Faulty
from bot.library.files import duplicates
from bot.library.tables import Line, Row, filled, read_lines, read_table
from bot.model.work import Agency, Vacancy

VACANCY_COLUMNS = (
    "id",
    "country",
    "sector",
    "title",
    "agency",
    "place",
    "positions",
    "wage",
    "wage_high",
    "currency",
    "per",
    "wage_kind",
    "age_low",
    "age_high",
    "education",
    "languages",
    "posted",
    "expires",
    "apply",
    "note",
    "source_title",
    "source_url",
    "source_date",
    "source_status",
)
AGENCY_COLUMNS = ("name", "status", "city", "licence", "as_of", "source_title", "source_url", "source_status")


def read_vacancies(path: Path, root: Path) -> tuple[Vacancy, ...]:
    """The vacancies of a file; none when there is no file. Raises `Faulty`."""
    if not path.exists():
        return ()
    lines, faults = read_vacancy_lines(path, root)
    if faults or (faults := doubled_ids(lines)):
        raise Faulty(faults)
    return tuple(line.value for line in lines)


def read_vacancy_lines(path: Path, root: Path) -> tuple[list[Line[Vacancy]], list[Fault]]:
    """The vacancies of a file that must be there, with their lines, and what is wrong with the other lines."""
    return read_lines(path, root, Vacancy, VACANCY_COLUMNS, _vacancy)


def doubled_ids(lines: Sequence[Line[Vacancy]]) -> list[Fault]:
    """A fault for each line whose id stands on another, too."""
    doubled = set(duplicates([line.value.id for line in lines]))
    return [
        Fault(line.file, line.number, f"the id {line.value.id!r} stands twice", "Give each vacancy an id of its own")
        for line in lines
        if line.value.id in doubled
    ]


def row_of(one: Vacancy) -> dict[str, str]:
    """A vacancy as the cells of its row."""
    wage, source = one.wage, one.source
    paid = (wage.amount, wage.high, wage.currency, wage.per, wage.kind) if wage else ("",) * 5
    cells = (one.id, one.country, one.sector, one.title, one.agency, one.place, one.positions, *paid)
    asked = (one.age.low, one.age.high, one.education, " ".join(one.languages))
    rest = (one.posted, one.expires, one.apply, one.note, source.title, source.url, source.date, source.status)
    return dict(zip(VACANCY_COLUMNS, map(_cell, (*cells, *asked, *rest)), strict=True))


def _cell(value: object) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return "" if value is None else str(int(value)) if whole and isinstance(value, float) else str(value)


def read_agencies(path: Path, root: Path) -> tuple[Agency, ...]:
    """The companies of a file; none when there is no file. Raises `Faulty`."""
    return tuple(read_table(path, root, Agency, AGENCY_COLUMNS, _agency)) if path.exists() else ()


def _vacancy(row: Row) -> dict[str, Any]:
    wage = filled(
        amount=row["wage"], high=row["wage_high"], currency=row["currency"], per=row["per"], kind=row["wage_kind"]
    )
    return filled(
        **{
            name: row[name]
            for name in (
                "id",
                "country",
                "sector",
                "title",
                "agency",
                "place",
                "positions",
                "education",
                "posted",
                "expires",
                "apply",
                "note",
            )
        },
        wage=wage,
        age=filled(low=row["age_low"], high=row["age_high"]),
        languages=tuple(row["languages"].split()),
        source=_source(row, row["source_date"]),
    )


def _agency(row: Row) -> dict[str, Any]:
    named = {name: row[name] for name in ("name", "status", "city", "licence", "as_of")}
    return filled(**named, source=_source(row, row["as_of"]))


def _source(row: Row, date: str) -> dict[str, str]:
    return {"title": row["source_title"], "url": row["source_url"], "date": date, "status": row["source_status"]}
