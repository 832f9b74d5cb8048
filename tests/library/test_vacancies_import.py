"""A file of vacancies: every fault of every line at once, nothing taken when there is one; what is taken and what goes."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.library import Fault, Faulty
from bot.library.check_market import VACANCIES, market
from bot.library.market import VACANCY_COLUMNS, read_vacancies, row_of
from bot.library.tables import MOST_BYTES, write_table
from bot.library.vacancies_import import Merged, import_vacancies, merge
from bot.model.work import Range, Vacancy, Wage
from bot.understanding.release import Release
from tests.command import Command
from tests.library.conftest import Folder
from tests.market import SOURCE, TODAY, job, vacancy, with_jobs, with_vacancies


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A content folder that holds one vacancy and a comment."""
    (tmp_path / "data").mkdir()
    text = write_table(VACANCY_COLUMNS, [row_of(vacancy("kept"))], ["# Ours."])
    (tmp_path / VACANCIES).write_text(text, "utf-8")
    return tmp_path


def brought(folder: Path, *rows: dict[str, str] | str) -> Path:
    """A file as somebody might bring it."""
    text = StringIO()
    out = csv.DictWriter(text, VACANCY_COLUMNS, lineterminator="\n")
    out.writeheader()
    for row in rows:
        text.write(f"{row}\n") if isinstance(row, str) else out.writerow(row)
    file = folder / "brought.csv"
    file.write_text(text.getvalue(), "utf-8")
    return file


def row(id: str = "v-1", **cells: str) -> dict[str, str]:
    return row_of(vacancy(id)) | cells


def take(release: Release, store: Path, *rows: dict[str, str] | str, today: date = TODAY) -> Merged:
    return import_vacancies(brought(store, *rows), store, release.content, today)


def faults(release: Release, store: Path, *rows: dict[str, str] | str) -> tuple[Fault, ...]:
    """What is wrong with these rows; and nothing has changed."""
    before = (store / VACANCIES).read_bytes()
    with pytest.raises(Faulty) as caught:
        take(release, store, *rows)
    assert (store / VACANCIES).read_bytes() == before
    assert sorted(file.name for file in (store / "data").iterdir()) == ["vacancies.csv"]
    return caught.value.faults


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"title": '=HYPERLINK("http://jahat.test")'}, "a formula"),
        ({"note": "@SUM(A1)"}, "a formula"),
        ({"apply": "+cmd|calc"}, "a formula"),
        ({"posted": "21-11-2026"}, "posted"),
        ({"expires": "2026-02-30"}, "expires"),
        ({"expires": ""}, "expires"),
        ({"country": "atlantis"}, "unknown country 'atlantis'"),
        ({"sector": "mining"}, "unknown sector 'mining'"),
        ({"education": "kuliah"}, "education"),
        ({"languages": "mandarin klingon"}, "unknown language 'klingon'"),
        ({"country": "saudi-arabia", "sector": "domestic-work"}, "closed"),
        ({"posted": "2026-11-20", "expires": "2026-11-19"}, "before it was posted"),
        ({"expires": "2026-11-22"}, "expired on 2026-11-22"),
        ({"posted": "2026-11-24"}, "still to come"),
        ({"currency": ""}, "wage.currency"),
        ({"per": ""}, "wage.per"),
        ({"wage": ""}, "wage.amount"),
        ({"wage": "29.500,00"}, "wage.amount"),
        ({"wage": "0"}, "a wage that cannot be"),
        ({"wage_high": "100"}, "a wage that cannot be"),
        ({"currency": "dollar"}, "currency 'dollar'"),
        ({"wage_kind": "guessed"}, "wage.kind"),
        ({"age_low": "40", "age_high": "20"}, "age from 40 to 20"),
        ({"positions": "many"}, "positions"),
        ({"title": ""}, "title"),
        ({"agency": ""}, "agency"),
        ({"apply": ""}, "apply"),
        ({"apply": "x" * 161}, "longer than 160"),
        ({"source_url": ""}, "no source"),
        ({"source_status": "heard"}, "source.status"),
        ({"id": "two words"}, "blank"),
    ],
)
def test_a_fault_is_named_with_file_line_and_mend_and_nothing_changes(
    release: Release, store: Path, cells: dict[str, str], words: str
) -> None:
    found = faults(release, store, row("fine"), row(**cells))
    assert any(words in one.what for one in found), [str(one) for one in found]
    assert all((one.file, one.line) == ("brought.csv", 3) and one.mend for one in found)


def test_all_faults_of_all_lines_are_said_at_once(release: Release, store: Path) -> None:
    found = faults(
        release,
        store,
        row("a", country="atlantis"),
        "too,few,cells",
        row("b", title="=1+1", note="=2"),
        row("c", posted="x"),
    )
    assert {one.line for one in found} == {2, 3, 4, 5}
    assert sum("formula" in one.what for one in found) == 2


def test_faults_that_show_later_are_all_said_too(release: Release, store: Path) -> None:
    found = faults(release, store, row("a", country="atlantis"), row("b", expires="2026-11-01"), row("a"))
    assert [(one.line, one.what.split(":")[0]) for one in found if "twice" not in one.what] == [(2, "a"), (3, "b")]
    assert [one.line for one in found if "twice" in one.what] == [2, 4]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"id,country\n1,taiwan\n", "column sector is missing"),
        (",".join((*VACANCY_COLUMNS, "colour")).encode(), "unknown column 'colour'"),
        (",".join(VACANCY_COLUMNS).encode() + b'\n"torn', "not readable as CSV"),
        (b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(release: Release, store: Path, text: bytes, words: str) -> None:
    file = store / "other.csv"
    file.write_bytes(text)
    with pytest.raises(Faulty) as caught:
        import_vacancies(file, store, release.content, TODAY)
    assert words in str(caught.value.faults)


def test_a_file_beyond_all_reason_is_not_even_read(release: Release, store: Path) -> None:
    file = store / "huge.csv"
    with file.open("wb") as out:
        out.truncate(100_000_000)
    with pytest.raises(Faulty, match="100 MB"):
        import_vacancies(file, store, release.content, TODAY)
    assert MOST_BYTES < 100_000_000


def test_what_is_brought_is_kept_beside_what_was_there(release: Release, store: Path) -> None:
    merged = take(release, store, row("new"))
    assert (merged.new, merged.changed, merged.same, merged.dropped) == (1, 0, 0, 0)
    assert [one.id for one in read_vacancies(store / VACANCIES, store)] == ["kept", "new"]
    assert (store / VACANCIES).read_text("utf-8").startswith("# Ours.\n")


def test_the_same_id_is_replaced_and_the_same_file_twice_changes_nothing(release: Release, store: Path) -> None:
    assert take(release, store, row("kept", title="Operator CNC")).changed == 1
    once = (store / VACANCIES).read_bytes()
    merged = take(release, store, row("kept", title="Operator CNC"))
    assert (merged.changed, merged.same) == (0, 1)
    assert (store / VACANCIES).read_bytes() == once


def test_what_has_expired_goes(release: Release, store: Path) -> None:
    merged = take(release, store, row("new", expires="2027-03-01"), today=date(2027, 1, 1))
    assert merged.dropped == 1
    assert [one.id for one in read_vacancies(store / VACANCIES, store)] == ["new"]


def test_the_first_file_of_all_needs_nothing_there(release: Release, store: Path) -> None:
    (store / VACANCIES).unlink()
    assert take(release, store, row("new")).new == 1


def test_semicolons_and_a_mark_of_a_spreadsheet_are_fine(release: Release, store: Path) -> None:
    file = store / "sheet.csv"
    lines = [";".join(VACANCY_COLUMNS), ";".join(row("new").values())]
    file.write_text("\ufeff" + "\n".join(lines), "utf-8")
    assert import_vacancies(file, store, release.content, TODAY).new == 1


texts = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20).filter(
    lambda text: text[0] not in "=@+-#"
)
made = st.builds(
    lambda title, note, wage, age, languages, positions: vacancy(
        title=title, note=note, wage=wage, age=age, languages=languages, positions=positions
    ),
    texts.map(lambda text: f'{text}, "{text}"\n{text}'.strip()),
    st.just("") | texts,
    st.none()
    | st.builds(
        Wage, st.floats(1, 1e9), st.just("TWD"), st.just("hour"), st.just("typical"), st.none() | st.floats(1, 1e9)
    ),
    st.builds(Range, st.none() | st.integers(15, 70), st.none() | st.integers(15, 70)),
    st.lists(st.sampled_from(["mandarin", "korean"]), unique=True).map(tuple),
    st.none() | st.integers(1, 999),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made)
def test_what_is_written_reads_the_same(tmp_path: Path, one: Vacancy) -> None:
    file = tmp_path / "round.csv"
    file.write_text(write_table(VACANCY_COLUMNS, [row_of(one)]), "utf-8", newline="")
    assert read_vacancies(file, tmp_path) == (one,)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(-3, 3)), unique_by=lambda one: one[0]),
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), unique_by=lambda one: one[0]),
)
def test_nothing_brought_is_lost_and_nothing_expired_stays(kept: list[Any], new: list[Any]) -> None:
    before, after = ([vacancy(id, expires=TODAY + timedelta(days=n)) for id, n in listed] for listed in (kept, new))
    merged = merge(before, after, TODAY)
    assert set(after) <= set(merged.vacancies) and all(one.expires >= TODAY for one in merged.vacancies)
    assert merged.new + merged.changed + merged.same == len(after)
    assert len({one.id for one in merged.vacancies}) == len(merged.vacancies)


def planted(release: Release) -> Iterator[str]:
    return (one.what for one in market(release) if "has no rate" not in one.what)


def test_a_release_with_an_expired_vacancy_is_no_faulty_release(release: Release) -> None:
    old = vacancy(posted=date(2020, 1, 1), expires=date(2020, 2, 1))
    assert list(planted(with_vacancies(release, old))) == []


@pytest.mark.parametrize(
    "change", [{"country": "atlantis"}, {"sector": "mining"}, {"country": "kuwait", "sector": "domestic-work"}]
)
def test_a_release_with_a_vacancy_that_cannot_be_is_faulty(release: Release, change: dict[str, str]) -> None:
    assert len(list(planted(with_vacancies(release, vacancy(**change))))) >= 1


def test_rows_of_wages_that_nothing_tells_apart_are_a_fault(release: Release) -> None:
    (what,) = planted(with_jobs(release, [job("taiwan", 900), job("taiwan", 1_000)]))
    assert "2 rows for factory-work in taiwan" in what
    apart = [job("taiwan", 900), job("taiwan", 1_000, note={"id": "Tenaga terampil."})]
    assert list(planted(with_jobs(release, apart))) == []


def test_a_doubled_id_in_the_content_is_a_fault(store: Path) -> None:
    text = write_table(VACANCY_COLUMNS, [row_of(vacancy("a")), row_of(vacancy("a"))])
    (store / VACANCIES).write_text(text, "utf-8")
    with pytest.raises(Faulty, match="twice"):
        read_vacancies(store / VACANCIES, store)


def test_the_command_takes_lists_and_shows_the_form_of_a_file(folder: Folder, tmp_path: Path) -> None:
    command = Command(tmp_path, {"CONTENT_DIR": str(folder.path)})
    assert command("vacancy", "list").out.strip() == "no vacancy is open today"
    far = row("far", posted="2020-01-01", expires="2099-12-31")
    assert "1 new" in command("vacancy", "import", brought(tmp_path, far)).out
    assert "far" in command("vacancy", "list").out
    torn = command("vacancy", "import", brought(tmp_path, row("far", country="atlantis")))
    assert torn.code == 1 and "brought.csv:2: far: unknown country" in torn.err and "Traceback" not in torn.err
    template = tmp_path / "template.csv"
    template.write_text(command("vacancy", "template").out, "utf-8")
    assert read_vacancies(template, tmp_path) == ()
    assert SOURCE.title not in template.read_text("utf-8")
