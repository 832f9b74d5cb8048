"""The list of villages is made from clean data only, and always the same."""

import lzma
from pathlib import Path

import pytest
import yaml

from bot.understanding.villages import Villages
from bot.villages_import import BadList, build, read, tidy, timezone

FILES = {
    "provinces.csv": "code,name\n35,Jawa Timur\n63,Kalimantan Selatan\n",
    "regencies.csv": "code,province_code,name\n35.05,35,Kabupaten Blitar\n35.72,35,Kota Blitar\n63.01,63,Kabupaten X\n",
    "districts.csv": (
        "code,regency_code,name\n35.05.01,35.05,Wonodadi\n35.72.01,35.72,Sukorejo\n63.01.01,63.01,Takisung\n"
    ),
    "villages.csv": (
        "code,district_code,name\n"
        '63.01.01.2001,63.01.01,"Gunung Makmur I,II"\n'
        "35.05.01.2002,35.05.01,gandekan\n"
        "35.05.01.2001,35.05.01,Jaten\n"
        "35.72.01.1001,35.72.01,Tlumpu\n"
    ),
}
LIST = """\
code,province,regency,district,village,timezone
35.05.01.2001,Jawa Timur,Kab. Blitar,Wonodadi,Jaten,WIB
35.05.01.2002,,,,Gandekan,
35.72.01.1001,,Kota Blitar,Sukorejo,Tlumpu,
63.01.01.2001,Kalimantan Selatan,Kab. X,Takisung,"Gunung Makmur I,II",WITA
"""
SOURCE = "made-up-data 1.0.2"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    target = tmp_path / "content"
    target.mkdir()
    return target


def unpacked(target: Path) -> str:
    return lzma.decompress((target / "villages.csv.xz").read_bytes()).decode()


def noted(target: Path) -> dict[str, object]:
    page: dict[str, object] = yaml.safe_load((target / "villages.yaml").read_text(encoding="utf-8"))
    return page


def test_the_list_is_sorted_by_code_and_names_each_parent_once(folder: Path, target: Path) -> None:
    assert build(folder, target, source=SOURCE) == 4
    assert unpacked(target) == LIST


def test_the_same_data_gives_the_same_bytes(folder: Path, target: Path, tmp_path: Path) -> None:
    build(folder, target, source=SOURCE)
    again = tmp_path / "again"
    again.mkdir()
    build(folder, again, source=SOURCE)
    for file in ("villages.csv.xz", "villages.yaml"):
        assert (target / file).read_bytes() == (again / file).read_bytes()


def test_the_order_of_the_rows_makes_no_difference(folder: Path, target: Path) -> None:
    header, *rows = FILES["villages.csv"].splitlines()
    (folder / "villages.csv").write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    build(folder, target, source=SOURCE)
    assert unpacked(target) == LIST


def test_what_is_written_can_be_read(folder: Path, target: Path) -> None:
    build(folder, target, source=SOURCE)
    village = Villages.read(unpacked(target)).get("63.01.01.2001")
    assert village
    assert (village.village, village.regency, village.zone) == ("Gunung Makmur I,II", "Kab. X", "Asia/Makassar")


def test_the_counts_are_noted_with_the_source(folder: Path, target: Path) -> None:
    build(folder, target, source=SOURCE)
    page = noted(target)
    assert (page["source"], page["version"]) == ("made-up-data", "1.0.2")
    assert page["counts"] == {
        "provinces": 2,
        "regencies": 2,
        "cities": 1,
        "districts": 3,
        "villages": 4,
        "kelurahan": 1,
        "desa": 3,
        "desa_adat": 0,
    }


def test_what_a_person_noted_about_this_version_stays(folder: Path, target: Path) -> None:
    page = "source: made-up-data\nversion: 1.0.2\nlicence: ODbL\ndecree: Nomor 1\ndate: 2025-04-25\n"
    (target / "villages.yaml").write_text(page, encoding="utf-8")
    build(folder, target, source=SOURCE)
    first = (target / "villages.yaml").read_bytes()
    build(folder, target, source=SOURCE)
    assert (target / "villages.yaml").read_bytes() == first
    assert {noted(target)[fact] for fact in ("licence", "decree", "date")} == {"ODbL", "Nomor 1", "2025-04-25"}


def test_what_was_noted_about_another_version_is_not_said_of_this_one(folder: Path, target: Path) -> None:
    (target / "villages.yaml").write_text("source: made-up-data\nversion: 1.0.1\ndecree: Nomor 1\n", encoding="utf-8")
    build(folder, target, source=SOURCE)
    assert noted(target)["decree"] == ""


def test_a_source_without_a_version_is_refused(folder: Path, target: Path) -> None:
    with pytest.raises(BadList, match="a name and a version"):
        build(folder, target, source="made-up-data")


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("villages.csv", ("district_code", "district"), "villages.csv, line 1: column district_code is missing"),
        ("provinces.csv", ("code,name", "code,nama"), "provinces.csv, line 1: column name is missing"),
        ("villages.csv", ("35.05.01,Jaten", "35.05.09,Jaten"), "villages.csv, line 4: the parent '35.05.09'"),
        ("districts.csv", ("35.72.01,35.72", "35.72.01,35.73"), "districts.csv, line 3: the parent '35.73'"),
        ("villages.csv", ("35.05.01.2002", "35.05.01.2001"), "villages.csv, line 4: code 35.05.01.2001 stands already"),
        ("villages.csv", ("35.05.01,Jaten", "35.72.01,Jaten"), "villages.csv, line 4: 35.05.01.2001 does not belong"),
        ("villages.csv", ("35.05.01.2001", "35.05.01.201"), "villages.csv, line 4: '35.05.01.201' is not the code"),
        ("villages.csv", ("35.05.01,Jaten", "35.05.01,  "), "villages.csv, line 4: 35.05.01.2001 has no name"),
        ("villages.csv", (",35.05.01,Jaten", ",35.05.01"), "villages.csv, line 4: not as many cells"),
        ("villages.csv", ("Jaten", "Jaten,Blitar"), "villages.csv, line 4: not as many cells"),
        ("provinces.csv", ("63,Kal", "43,Kal"), "provinces.csv, line 3: no time zone is known for 43"),
        ("villages.csv", ("35.72.01.1001,35.72.01,Tlumpu\n", ""), "districts.csv, line 3: 35.72.01 has no village"),
    ],
)
def test_bad_data_is_refused_with_file_and_line(
    folder: Path, target: Path, file: str, change: tuple[str, str], said: str
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert change[0] in text
    (folder / file).write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(BadList) as refused:
        build(folder, target, source=SOURCE)
    assert str(refused.value).startswith(said)
    assert not list(target.iterdir()), "nothing is written when something is wrong"


def test_an_empty_file_is_refused(folder: Path) -> None:
    (folder / "provinces.csv").write_text("code,name\n", encoding="utf-8")
    with pytest.raises(BadList, match=r"provinces\.csv, line 2: the list is empty"):
        read(folder)


@pytest.mark.parametrize(
    ("given", "tidied"),
    [
        ("  Kuripan   Kidul ", "Kuripan Kidul"),
        ("langkowala", "Langkowala"),
        ("Telaga baru", "Telaga Baru"),
        ('Ra"as', "Ra'as"),
        ("Regapu\u2019u", "Regapu'u"),
        ("Mala - Mala", "Mala-Mala"),
        ("Oro-oro Ombo", "Oro-oro Ombo"),
        ("Konda/ Kondaga", "Konda/Kondaga"),
        ("Ujumbou.", "Ujumbou"),
        ("Teuw*", "Teuw"),
        ("LubukTunjung", "Lubuk Tunjung"),
        ("PenanaE", "PenanaE"),
        ("SP.Padang", "SP. Padang"),
        ("Sukamaju II", "Sukamaju II"),
        ("2 x 11 Kayu Tanam", "2 x 11 Kayu Tanam"),
        ("Kabupaten Blitar", "Kab. Blitar"),
        ("Kota Blitar", "Kota Blitar"),
        ("Kota Administrasi Jakarta Pusat", "Kota Adm. Jakarta Pusat"),
        ("Daerah Istimewa Yogyakarta", "DI Yogyakarta"),
    ],
)
def test_names_are_written_as_a_person_writes_them(given: str, tidied: str) -> None:
    assert tidy(given) == tidied


def test_a_file_in_capitals_is_calmed_but_short_forms_and_numbers_stay(folder: Path) -> None:
    for file, text in FILES.items():
        header, rows = text.split("\n", 1)
        (folder / file).write_text(f"{header}\n{rows.upper()}", encoding="utf-8")
    provinces, regencies, _, villages = read(folder)
    assert (provinces["35"].name, regencies["35.05"].name) == ("Jawa Timur", "Kab. Blitar")
    assert villages["63.01.01.2001"].name == "Gunung Makmur I,II"


def test_one_name_in_capitals_is_a_short_form() -> None:
    assert tidy("RD. PJKA") == "RD. PJKA"


def test_every_province_lives_by_its_clock() -> None:
    zones = {
        "WIB": "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
        "WITA": "51 52 53 63 64 65 71 72 73 74 75 76",
        "WIT": "81 82 91 92 93 94 95 96",
    }
    for zone, provinces in zones.items():
        assert {timezone(code) for code in provinces.split()} == {zone}
