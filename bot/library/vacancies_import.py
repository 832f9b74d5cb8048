"""A file of vacancies into `data/vacancies.csv`: held against what we know first; with a fault, nothing of it is taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.library import check_market
from bot.library.faults import Fault, Faulty
from bot.library.market import VACANCY_COLUMNS, doubled_ids, read_vacancies, read_vacancy_lines, row_of
from bot.library.tables import Line, read_comments, write_table
from bot.model.knowledge import Content
from bot.model.work import Vacancy


@dataclass(frozen=True, slots=True)
class Merged:
    """The vacancies as they are now, and how many are new, changed, the same as before, or dropped since their time is over."""

    vacancies: tuple[Vacancy, ...]
    new: int
    changed: int
    same: int
    dropped: int


def import_vacancies(file: Path, folder: Path, content: Content, today: date) -> Merged:
    """Take the vacancies of a file into the content. Raises `Faulty` with every fault, and then nothing has changed."""
    lines, torn = read_vacancy_lines(file, file.parent)
    found = [*torn, *doubled_ids(lines), *(fault for line in lines for fault in _faults(content, line, today))]
    if found:
        raise Faulty(found)
    target = folder / check_market.VACANCIES
    merged = merge(read_vacancies(target, folder), [line.value for line in lines], today)
    _write(target, merged.vacancies)
    return merged


def merge(kept: Sequence[Vacancy], brought: Sequence[Vacancy], today: date) -> Merged:
    """What is brought takes the place of what has the same id; what has expired goes."""
    before = {one.id: one for one in kept}
    after = {**before, **{one.id: one for one in brought}}
    left = tuple(one for one in after.values() if one.expires >= today)
    return Merged(
        left,
        new=sum(one.id not in before for one in brought),
        changed=sum(one.id in before and before[one.id] != one for one in brought),
        same=sum(before.get(one.id) == one for one in brought),
        dropped=len(after) - len(left),
    )


def _faults(content: Content, line: Line[Vacancy], today: date) -> Iterator[Fault]:
    one = line.value
    yield from check_market.vacancy(content, one, line.file, line.number)
    if one.expires < today:
        what = f"{one.id}: expired on {one.expires}"
        yield Fault(line.file, line.number, what, "Leave it out, or write until when it is open")
    if one.posted > today:
        what = f"{one.id}: posted on {one.posted}, which is still to come"
        yield Fault(line.file, line.number, what, "Correct the date")


def _write(target: Path, vacancies: Sequence[Vacancy]) -> None:
    """Whole or not at all: a service that reads at that moment sees the old file or the new one."""
    text = write_table(VACANCY_COLUMNS, map(row_of, vacancies), read_comments(target))
    beside = target.with_name(f"{target.name}.new")
    beside.write_text(text, "utf-8")
    beside.replace(target)
