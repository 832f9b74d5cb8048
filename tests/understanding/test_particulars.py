"""What a message tells besides place and work: about whom, how much money, since when, which papers."""

from datetime import date

import pytest

from bot.understanding.money import Amount, numeral
from bot.understanding.particulars import NOTHING_TOLD
from bot.understanding.release import Release

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "relation", "about"),
    [
        ("suami saya kerja di arab", "husband", "family"),
        ("bojoku neng taiwan", "spouse", "family"),
        ("pamajikan abdi di saudi", "wife", "family"),
        ("my wife is in singapore", "wife", "family"),
        ("indungna di saudi", "parent", "family"),
        ("adik ipar saya", "other-family", "family"),
        ("kakak saya di malaysia", "sibling", "family"),
        ("ibu saya sakit", "parent", "family"),
        ("anak tetangga dikurung", "neighbour", "other"),
        ("teman saya di hongkong", "friend", "other"),
        ("saya dipukul majikan", "me", "me"),
        ("dia dipukul", "they", ""),
    ],
)
def test_about_whom_is_heard_in_every_language(release: Release, text: str, relation: str, about: str) -> None:
    told = release.hear(text).told
    assert (told.relation, told.about) == (relation, about)


@pytest.mark.parametrize(
    "text",
    [
        "bu, mau tanya",
        "ibu mau tanya syarat ke taiwan",
        "kak, gaji korea berapa",
        "majikan jahat",
        "agen minta uang lagi",
        "anak buah kapal taiwan",
        "jaga anak majikan",
        "surat izin keluarga",
    ],
)
def test_a_form_of_address_an_employer_or_a_rank_is_nobody(release: Release, text: str) -> None:
    assert release.hear(text).told.about == ""


@pytest.mark.parametrize("text", ["kata teman gaji di taiwan 25 juta", "ditawari tetangga kerja di arab"])
def test_who_is_only_named_by_the_way_is_not_who_it_is_about(release: Release, text: str) -> None:
    assert release.hear(text).told.about == ""


@pytest.mark.parametrize("text", ["saya dan suami", "anak saya di rumah, saya dipukul majikan"])
def test_the_person_and_somebody_of_theirs_together_are_not_guessed_between(release: Release, text: str) -> None:
    assert release.hear(text).told.about == ""


def test_who_did_it_is_not_taken_for_whom_it_was_done_to(release: Release) -> None:
    assert release.hear("saya dipukul suami").told.about == "me"
    assert release.hear("dikurung istri saya sama majikan").told.about == ""


@pytest.mark.parametrize(
    "text", ["saya mau tanya, suami saya hilang kontak", "suami saya ditangkap, saya harus gimana"]
)
def test_who_only_writes_is_not_who_it_is_about(release: Release, text: str) -> None:
    assert release.hear(text).told.about == "family"


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("gak jadi jepang, maunya korea", ("south-korea",)),
        ("bukan di taiwan, di malaysia gajinya berapa", ("malaysia",)),
        ("bukan taiwan", ("taiwan",)),
        ("taiwan atau korea bukan ya", ("taiwan", "south-korea")),
    ],
)
def test_a_country_that_is_ruled_out_is_not_meant(release: Release, text: str, countries: tuple[str, ...]) -> None:
    assert release.hear(text).countries == countries


@pytest.mark.parametrize(
    ("text", "value", "currency", "per"),
    [
        ("25jt", 25_000_000, "IDR", ""),
        ("Rp 2.500.000", 2_500_000, "IDR", ""),
        ("Rp2.500.000,00", 2_500_000, "IDR", ""),
        ("500 ringgit", 500, "MYR", ""),
        ("RM1500 sebulan", 1_500, "MYR", "month"),
        ("NT 20.000", 20_000, "TWD", ""),
        ("NT$29.500 per bulan", 29_500, "TWD", "month"),
        ("1,5 juta", 1_500_000, "IDR", ""),
        ("dua juta", 2_000_000, "IDR", ""),
        ("dua puluh lima juta", 25_000_000, "IDR", ""),
        ("1 juta 500 ribu", 1_500_000, "IDR", ""),
        ("hk$ 4990", 4_990, "HKD", ""),
        ("5 rb", 5_000, "IDR", ""),
        ("sak yuto", 1_000_000, "IDR", ""),
        ("sejuta", 1_000_000, "IDR", ""),
        ("2000 dolar di singapura", 2_000, "SGD", ""),
        ("150 riyal sehari", 150, "SAR", "day"),
        ("1200 euro", 1_200, "EUR", ""),
    ],
)
def test_money_is_read_as_people_write_it(release: Release, text: str, value: float, currency: str, per: str) -> None:
    assert release.hear(text).told.amounts == (Amount(value, currency, per),)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["umur 25", "2 anak", "0812 3456 7890", "2000 dolar", "kontrak 3 tahun", "nomor dua"])
def test_other_numbers_are_no_money(release: Release, text: str) -> None:
    assert release.hear(text).told.amounts == ()


def test_points_and_commas_part_thousands_or_decimals() -> None:
    assert [numeral(text) for text in ("1.500", "1,500", "1,5", "2.500.000,50", "25-30", "1.2.3")] == [
        1_500,
        1_500,
        1.5,
        2_500_000.5,
        25,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2 bulan gak dibayar", date(2026, 9, 23)),
        ("rong wulan ora dibayar", date(2026, 9, 23)),
        ("3 minggu gak ada kabar", date(2026, 11, 2)),
        ("sudah sebulan belum digaji", date(2026, 10, 23)),
        ("sejak agustus", date(2026, 8, 1)),
        ("sejak desember", date(2025, 12, 1)),
        ("sejak maret 2024", date(2024, 3, 1)),
        ("sejak 2023", date(2023, 1, 1)),
        ("tgl 5 januari 2025", date(2025, 1, 5)),
        ("5/1/2025", date(2025, 1, 5)),
        ("kemarin", date(2026, 11, 22)),
        ("tahun lalu", date(2025, 11, 23)),
        ("2 bulan yang lalu", date(2026, 9, 23)),
    ],
)
def test_since_when_becomes_a_day_once_today_is_known(release: Release, text: str, day: date) -> None:
    since = release.hear(text).told.since
    assert since is not None and since.day(TODAY) == day


def test_a_month_before_the_end_of_march_is_a_day_that_exists(release: Release) -> None:
    since = release.hear("sudah sebulan").told.since or release.hear("1 bulan").told.since
    assert since is not None and since.day(date(2026, 3, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize("text", ["kontrak 2 tahun", "umur saya 25 tahun", "may i ask", "32/13/2025", "gaji sebulan"])
def test_the_length_of_a_contract_or_of_a_life_is_no_since(release: Release, text: str) -> None:
    assert release.hear(text).told.since is None


def test_papers_are_heard_by_their_names(release: Release) -> None:
    assert release.hear("paspor sama ktp saya ditahan, iqamah juga").told.papers == (
        "passport",
        "ktp",
        "residence-card",
    )


def test_a_very_long_message_is_heard_to_a_point(release: Release) -> None:
    assert release.hear("x " * 5_000 + "25jt").told == NOTHING_TOLD


@pytest.mark.parametrize(
    ("text", "follow"),
    [
        ("terus?", "further"),
        ("trus gimana kak", "further"),
        ("habis itu?", "further"),
        ("what next?", "further"),
        ("banjur?", "further"),
        ("teras?", "further"),
        ("maksudnya?", "unclear"),
        ("gak paham", "unclear"),
        ("jelasin lagi dong", "unclear"),
        ("terus ke korea", ""),
        ("terus kontraknya berapa tahun", ""),
        ("gak paham bahasanya", ""),
    ],
)
def test_what_goes_on_is_heard_only_when_nothing_else_is_said(release: Release, text: str, follow: str) -> None:
    assert release.hear(text).follow == follow
