"""What somebody who seeks work says of themselves."""

import pytest

from bot.understanding.release import Release


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("umur 40", 40),
        ("usia 40", 40),
        ("40 th", 40),
        ("saya 35 thn", 35),
        ("umur saya sudah 45, masih bisa?", 45),
        ("i'm 23 years old", 23),
        ("gaji 40 juta", 0),
        ("kontrak 2 tahun", 0),
        ("umur anak saya 3 tahun", 0),
        ("rumah nomor 40", 0),
        ("umur 140", 0),
    ],
)
def test_a_number_is_an_age_when_a_word_says_so(release: Release, text: str, age: int) -> None:
    assert release.hear(text).seeker.age == age


@pytest.mark.parametrize(
    ("text", "school"),
    [("lulusan smp", "smp"), ("SMK jurusan mesin", "sma"), ("cuma SD", "sd"), ("d3 keperawatan", "d3"), ("kerja", "")],
)
def test_a_school_is_heard(release: Release, text: str, school: str) -> None:
    assert release.hear(text).seeker.education == school


def test_a_language_is_no_country(release: Release) -> None:
    heard = release.hear("ada lowongan korea umur 40 lulusan smp bisa bahasa jepang?")
    assert heard.countries == ("south-korea",) and heard.country == "south-korea"
    assert (heard.seeker.age, heard.seeker.education, heard.seeker.languages) == (40, "smp", ("japanese",))


def test_a_language_alone_still_tells_of_its_country(release: Release) -> None:
    assert release.hear("belajar bahasa jepang").country == "japan"


def test_all_countries_are_heard_once_each_in_order_and_home_is_none_of_them(release: Release) -> None:
    heard = release.hear("orang indonesia pilih korea, jepang, atau korea?")
    assert heard.countries == ("south-korea", "japan")
