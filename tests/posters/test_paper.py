"""The paper of somebody without a phone: it fits on its sheet with the longest names, and says nothing of the case."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from bot.model.paper import Standing
from bot.posters import Doors, Paper, paper_of
from bot.posters.paper_page import page_of_paper
from bot.wording import Wording
from tests.posters.test_page import areas, touch

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
JATEN = "35.05.01.2001"
LONG = "Bu Ratna Dewi Kusumaningrum Hadiningrat Soeprapto " * 3
STANDING = Standing("salt", "1000015", "new", JATEN, JATEN, NOW, NOW + timedelta(1), "running", 0, "", "id", True)
DOORS = Doors("desa_bot", "", "https://desmigratif.example.id")
FAR = Doors("desmigratif_migran_produktif_bot", "", "https://desmigratif.dinas-tenaga-kerja.kabupaten-kepulauan.go.id")


def made(wording: Wording, doors: Doors = DOORS, **changes: object) -> Paper:
    return paper_of(wording, replace(STANDING, **changes), "482913", doors, date(2026, 11, 23), "BCDF-GHJK-MNPR")  # type: ignore[arg-type]


@pytest.mark.parametrize("size", ["a5", "a4"])
@pytest.mark.parametrize("language", ["id", "en", "jv", "su"])
@pytest.mark.parametrize(
    ("doors", "name"), [(DOORS, ""), (FAR, LONG), (Doors(), "\u202eannaR uB"), (FAR, "*a* <b> [x](y)")]
)
def test_all_of_it_lies_on_the_sheet_and_apart(wording: Wording, size, language: str, doors: Doors, name: str) -> None:
    page = page_of_paper(made(wording, doors, language=language, officer_name=name), size)
    margin, found = page.frame.margin, list(areas(page))
    assert all(x0 >= margin and x1 <= page.frame.width - margin for x0, _, x1, _ in found)
    assert all(y0 >= margin and y1 <= page.frame.height - margin for _, y0, _, y1 in found)
    assert [pair for pair in combinations(found, 2) if touch(*pair)] == []


def test_it_says_who_answers_by_when_and_how_to_look(wording: Wording) -> None:
    paper = made(wording, officer_name="Bu Ratna")
    assert "Bu Ratna" in paper.who and "Jaten" in paper.who and "24 Nov" in paper.when
    assert paper.link == "https://desmigratif.example.id/status?n=1000015"
    assert "desa\\_bot" in paper.look or "desa_bot" in paper.look
    assert paper.contacts and "2026" in paper.contacts[0]
    assert "BCDF-GHJK-MNPR" in paper.printed


def test_while_no_time_runs_no_hour_is_promised(wording: Wording) -> None:
    assert made(wording, clock="paused").when == ""
