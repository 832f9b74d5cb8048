"""A company's name against the dated list: whole names only, the newest row, and what is merely alike shown as such."""

import pytest

from bot.knowledge.agencies import MOST_SIMILAR, look_up
from bot.model.content import Source
from bot.model.work import Agency


def row(name: str, status: str = "licensed", as_of: str = "2026-09-17") -> Agency:
    return Agency(name, status, as_of, Source(f"about {name}", "https://list.test", as_of, "verified"))  # type: ignore[arg-type]


LIST = (
    row("PT BUMI MAS SEJAHTERA"),
    row("PT BUMI MAS CITRA MANDIRI"),
    row("PT TUNASKARYA SUKSES BERKARYA"),
    row("PT Putri Angkasa", "suspended", "2025-03"),
    row("PT Putri Angkasa", "revoked", "2026-01-29"),
    row("PT Kembali Jaya", "revoked", "2015-05-05"),
    row("PT KEMBALI JAYA"),
    *(row(f"PT {letter} KARYA MANDIRI") for letter in ("ALFA", "BETA", "GAMMA", "DELTA", "SIGMA", "OMEGA")),
)


@pytest.mark.parametrize(
    "typed",
    [
        "PT Bumi Mas Sejahtera",
        "bumi mas sejahtera",
        "P.T. BUMI-MAS  SEJAHTERA (BMS)",
        "pt bumimas sejahtera, di Bekasi katanya",
        "Búmi Mas Sejahtera PT",
    ],
)
def test_a_whole_name_is_found_however_it_is_written(typed: str) -> None:
    found = look_up(typed, LIST)
    assert (found.says, found.agency, found.similar) == ("licensed", LIST[0], ())


def test_the_newest_row_counts_for_worse_and_for_better() -> None:
    assert look_up("putri angkasa", LIST).agency == LIST[4]
    assert look_up("putri angkasa", LIST).says == "revoked"
    assert look_up("kembali jaya", LIST).says == "licensed"


def test_of_two_rows_of_one_day_the_graver_counts_in_any_order() -> None:
    rows = (row("PT Satu Hari", "revoked"), row("PT Satu Hari"), row("PT Satu Hari", "suspended"))
    assert {look_up("satu hari", order).says for order in (rows, rows[::-1])} == {"revoked"}


@pytest.mark.parametrize("typed", ["PT Bumi Mas Sejahtra", "Bumi Mas", "PT Bumi Mas Sejahtera Abadi"])
def test_a_name_that_is_merely_alike_is_shown_and_is_no_find(typed: str) -> None:
    found = look_up(typed, LIST)
    assert found.says == "similar" and found.agency is None
    assert LIST[0] in found.similar and len(found.similar) <= MOST_SIMILAR


def test_a_name_like_that_of_a_sanctioned_company_says_so() -> None:
    found = look_up("PT Putri Angkassa", LIST)
    assert (found.says, [one.status for one in found.similar]) == ("like-sanctioned", ["revoked"])


def test_a_sanctioned_company_among_others_alike_is_shown_first_but_is_not_held_against_the_name() -> None:
    rows = (row("PT Bumi Satu"), row("PT Bumi Dua"), row("PT Bumi Tiga"), row("PT Bumi Empat Panjang", "revoked"))
    found = look_up("PT Bumi", rows)
    assert (found.says, found.similar[0], len(found.similar)) == ("similar", rows[3], MOST_SIMILAR)


def test_a_word_that_half_the_list_shares_is_no_likeness() -> None:
    assert look_up("PT Karya Mandiri", LIST).similar == ()


def test_an_unknown_name_is_unlisted_and_the_lists_day_is_known() -> None:
    found = look_up("PT Sama Sekali Lain", LIST)
    assert (found.says, found.as_of) == ("unlisted", "2026-09-17")


@pytest.mark.parametrize("typed", ["", "PT", " . ", "(tidak ada)", "P3MI"])
def test_what_holds_no_name_is_no_name(typed: str) -> None:
    assert look_up(typed, LIST).says == "unnamed"


def test_without_a_list_nothing_is_said_of_any_name() -> None:
    found = look_up("PT Bumi Mas Sejahtera", ())
    assert (found.says, found.as_of) == ("unlisted", "")
