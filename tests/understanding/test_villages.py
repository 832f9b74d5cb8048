"""A village is found in the official list as people write it, equal names are told apart, and nothing is guessed."""

import lzma
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from benchmarks.villages import (
    Write,
    bare,
    corrupt,
    district_first,
    in_an_address,
    measure,
    with_district,
    with_regency,
)
from bot.model.villages import Village
from bot.understanding.village_names import fold
from bot.understanding.villages import Finding, Villages

CONTENT = Path(__file__).parents[2] / "content"
SAMPLE = 400


@pytest.fixture(scope="module")
def shipped() -> str:
    return lzma.decompress((CONTENT / "villages.csv.xz").read_bytes()).decode()


@pytest.fixture(scope="module")
def villages(shipped: str) -> Villages:
    return Villages.read(shipped)


@pytest.fixture(scope="module")
def everywhere(villages: Villages) -> list[Village]:
    return villages.under("")


@pytest.fixture(scope="module")
def sample(everywhere: list[Village]) -> list[Village]:
    return random.Random(35).sample(everywhere, SAMPLE)


def places(finding: Finding) -> list[str]:
    return [f"{match.village}, {match.district}, {match.regency}" for match in finding.matches]


def share(sample: list[Village], found: Callable[[Village], bool]) -> float:
    return sum(map(found, sample)) / len(sample)


# The list


def test_the_shipped_list_is_the_one_described(everywhere: list[Village]) -> None:
    page = yaml.safe_load((CONTENT / "villages.yaml").read_text(encoding="utf-8"))
    assert page["counts"]["villages"] == len(everywhere)
    assert page["counts"]["districts"] == len({village.code[:8] for village in everywhere})
    assert page["counts"]["provinces"] == len({village.province for village in everywhere})
    assert all(page[fact] for fact in ("source", "version", "licence", "notice", "decree", "date"))


def test_every_village_has_all_its_names_and_a_time_zone(everywhere: list[Village]) -> None:
    for village in everywhere:
        assert village.village and village.district and village.regency and village.province
        assert village.zone in {"Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"}


@pytest.mark.parametrize(
    ("province", "timezone", "zone"),
    [
        ("35", "WIB", "Asia/Jakarta"),
        ("61", "WIB", "Asia/Jakarta"),
        ("62", "WIB", "Asia/Jakarta"),
        ("52", "WITA", "Asia/Makassar"),
        ("63", "WITA", "Asia/Makassar"),
        ("81", "WIT", "Asia/Jayapura"),
        ("96", "WIT", "Asia/Jayapura"),
    ],
)
def test_a_village_lives_by_the_clock_of_its_province(
    villages: Villages, province: str, timezone: str, zone: str
) -> None:
    assert {(village.timezone, village.zone) for village in villages.under(province)} == {(timezone, zone)}


def test_a_code_gives_its_village(villages: Villages) -> None:
    assert villages.get("35.05.01.2001") == Village(
        "35.05.01.2001", "Jaten", "Wonodadi", "Kab. Blitar", "Jawa Timur", "WIB"
    )


@pytest.mark.parametrize("code", ["", "35", "35.05.01", "35.05.01.9999", "35.05.01.20011", "zz", "code"])
def test_what_is_no_village_code_gives_none(villages: Villages, code: str) -> None:
    assert villages.get(code) is None


def test_the_villages_of_a_place_are_those_whose_codes_lie_in_it(villages: Villages) -> None:
    district = villages.under("35.05.01")
    assert district == sorted(district, key=lambda village: village.code)
    assert {village.district for village in district} == {"Wonodadi"}
    assert {village.regency for village in villages.under("35.05")} == {"Kab. Blitar"}
    assert villages.under("35.05.01.2001") == [villages.get("35.05.01.2001")]
    assert villages.under("35.0") == villages.under("99") == villages.under("35.05.") == []


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("35", "Jawa Timur"),
        ("35.05", "Kab. Blitar"),
        ("35.72", "Kota Blitar"),
        ("35.05.01", "Kec. Wonodadi, Kab. Blitar"),
        ("35.05.01.2001", "Jaten, Kec. Wonodadi, Kab. Blitar"),
        ("35.99", ""),
        ("", ""),
    ],
)
def test_every_level_has_a_name(villages: Villages, code: str, name: str) -> None:
    assert villages.name(code) == name


def test_a_name_with_a_comma_is_whole(villages: Villages) -> None:
    village = villages.get("12.07.28.1007")
    assert village and village.village == "Lubuk Pakam I,II"


def test_another_text_is_not_taken_for_the_list() -> None:
    with pytest.raises(ValueError, match="not a list of villages"):
        Villages.read("nama,kode\nJaten,1\n")


# Finding as people write


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ds sumberboto kec wonotirto blitar", "Sumberboto"),
        ("Sumber boto wonotirto", "Sumberboto"),
        ("wonotirto, sumberboto", "Sumberboto"),
        ("SUMBERBOTO KABUPATEN BLITAR", "Sumberboto"),
        ("blitar wonotirto sumberboto", "Sumberboto"),
        ("desa Soemberboto, Wonotirto", "Sumberboto"),
        ("Kec.Wonotirto,Ds.Sumberboto,Kab.Blitar,Jatim", "Sumberboto"),
        ("saya dari desa sumberboto kec wonotirto pak", "Sumberboto"),
        ("desa kuripan, kec watumalang, wonosobo", "Kuripan"),
        ("kel. kauman kec kauman ponorogo", "Kauman"),
        ("kenanga indramayu", "Kenanga"),
        ("lantan loteng ntb", "Lantan"),
        ("kelurahan sukorejo kota blitar", "Sukorejo"),
        ("gampong lamreung", "Lamreung"),
        ("oro oro ombo batu", "Oro-oro Ombo"),
        ("ds desa baru kec air hitam kab sarolangun", "Desa Baru"),
        ("desa panca desa kec air kumbang", "Panca Desa"),
    ],
)
def test_one_village_that_fits_is_certain(villages: Villages, text: str, code: str) -> None:
    finding = villages.find(text)
    assert [match.village for match in finding.matches] == [code]
    assert finding.certain


@pytest.mark.parametrize("text", ["35.05.01.2001", "3505012001", "kode desa saya 35.05.01.2001 ya"])
def test_a_code_typed_in_is_found(villages: Villages, text: str) -> None:
    assert villages.find(text) == Finding((villages.under("35.05.01")[0],), True)


def test_a_mistyped_code_finds_nothing(villages: Villages) -> None:
    assert villages.find("35.05.01.2999") == Finding((), False)


def test_the_full_address_is_always_certain(villages: Villages, sample: list[Village]) -> None:
    for village in sample:
        address = f"Desa {village.village}, Kec. {village.district}, {village.regency}, Prov. {village.province}"
        finding = villages.find(address)
        twins = [other for other in villages.under(village.code[:8]) if fold(other.village) == fold(village.village)]
        assert village in finding.matches
        assert finding.certain == (len(twins) == 1), address


# Equal names, and never a guess


def test_a_common_name_alone_is_not_certain(villages: Villages) -> None:
    finding = villages.find("SUMBEREJO")
    assert len(finding.matches) == 5 and not finding.certain
    assert {match.village for match in finding.matches} == {"Sumberejo"}


def test_two_villages_of_a_name_in_the_place_named_are_both_offered(villages: Villages) -> None:
    finding = villages.find("desa kuripan, wonosobo")
    assert not finding.certain
    assert places(finding)[:2] == ["Kuripan, Watumalang, Kab. Wonosobo", "Kuripan, Garung, Kab. Wonosobo"]


def test_a_city_and_a_regency_of_one_name_are_told_apart(villages: Villages) -> None:
    assert {match.regency for match in villages.find("sukorejo kota blitar").matches} == {"Kota Blitar"}
    assert villages.find("tlumpu kota blitar").certain
    assert not villages.find("tlumpu kab blitar").certain


def test_a_slip_is_never_certain(villages: Villages) -> None:
    finding = villages.find("sumbrboto wonotirto")
    assert places(finding)[0] == "Sumberboto, Wonotirto, Kab. Blitar"
    assert not finding.certain


def test_a_lone_name_a_slip_away_from_another_is_not_certain(villages: Villages, everywhere: list[Village]) -> None:
    named = [village for village in everywhere if village.village == "Sri Kembang"]
    assert len(named) == 1
    finding = villages.find("sri kembang")
    assert not finding.certain
    assert {"Sri Kembang", "Seri Kembang"} <= {match.village for match in finding.matches}
    assert villages.find("sri kembang", within=named[0].code[:5]).certain


@pytest.mark.parametrize(
    "text", ["", "???", "   ", "kec wonotirto", "x" * 3000, "apa syarat kerja di korea selatan ya"]
)
def test_what_names_no_village_finds_none(villages: Villages, text: str) -> None:
    assert villages.find(text) == Finding((), False)


def test_a_sentence_is_searched_for_the_village_it_names(villages: Villages) -> None:
    finding = villages.find(
        "saya dari desa kuripan kecamatan watumalang kabupaten wonosobo jawa tengah mau daftar kerja ke taiwan"
    )
    assert places(finding)[0] == "Kuripan, Watumalang, Kab. Wonosobo"


def test_words_that_belong_to_no_place_make_it_uncertain(villages: Villages) -> None:
    finding = villages.find("dusun krajan rt 02 rw 03 desa kuripan kec. watumalang")
    assert places(finding)[0] == "Kuripan, Watumalang, Kab. Wonosobo"
    assert not finding.certain


def test_a_village_and_district_written_as_one_word_are_found(villages: Villages) -> None:
    assert places(villages.find("sumberbotowonotirto"))[0] == "Sumberboto, Wonotirto, Kab. Blitar"


def test_either_name_of_a_village_with_two_is_found(villages: Villages) -> None:
    assert places(villages.find("sosol halmahera utara"))[0].startswith("Sosol/Malifut")
    assert places(villages.find("wosia tengah tobelo"))[0].startswith("Mahia (Wosia Tengah)")


def test_a_number_in_a_name_may_be_written_in_any_way(villages: Villages) -> None:
    for text in ("Blang Kolak II", "blang kolak 2", "blang kolak dua"):
        assert places(villages.find(f"{text} aceh tengah"))[0].startswith("Blang Kolak II,")


# Looking in one place only, and how many


def test_only_the_place_asked_for_is_searched(villages: Villages) -> None:
    finding = villages.find("kuripan", within="33.07")
    assert all(match.code.startswith("33.07.") for match in finding.matches)
    assert villages.find("kuripan watumalang", within="33.07").certain
    assert villages.find("kuripan wonosobo", within="33.07.10").certain
    assert all(match.code.startswith("35.05.") for match in villages.find("kuripan wonosobo", within="35.05").matches)


def test_a_code_outside_the_place_asked_for_is_not_found(villages: Villages) -> None:
    assert villages.find("35.05.01.2001", within="33.07") == Finding((), False)
    assert villages.find("35.05.01.2001", within="35.05").certain


def test_a_single_village_can_be_the_place_asked_for(villages: Villages) -> None:
    assert villages.find("jaten", within="35.05.01.2001").certain
    assert villages.find("gandekan", within="35.05.01.2001").matches == ()


def test_an_unknown_place_has_no_villages(villages: Villages) -> None:
    assert villages.find("jaten", within="99.99") == Finding((), False)


def test_no_more_than_the_limit_are_offered(villages: Villages) -> None:
    assert len(villages.find("sukamaju", limit=3).matches) == 3
    assert len(villages.find("sukamaju", limit=50).matches) == 50


def test_the_same_text_always_finds_the_same(villages: Villages, shipped: str) -> None:
    other = Villages.read(shipped)
    for question in ("sukamau", "kauman tulungagng", "sumber rejo wonotirto"):
        assert villages.find(question) == other.find(question)


# How well, how fast, how large


@pytest.mark.parametrize(
    ("way", "floor"),
    [
        (with_district, 0.985),
        (district_first, 0.985),
        (with_regency, 0.98),
        (in_an_address, 0.985),
        (bare, 0.90),
    ],
)
def test_a_misspelt_village_is_among_the_first_five(
    villages: Villages, sample: list[Village], way: Write, floor: float
) -> None:
    share, _ = measure(villages, sample, way)
    assert share >= floor


def test_a_misspelt_text_is_almost_never_certain_of_another_village(villages: Villages, sample: list[Village]) -> None:
    chance = random.Random(3)

    def misled(village: Village) -> bool:
        finding = villages.find(corrupt(f"{village.village} {village.district}", chance))
        return finding.certain and finding.matches != (village,)

    assert share(sample, misled) <= 0.005


def test_the_list_and_its_index_are_small(shipped: str) -> None:
    tracemalloc.start()
    villages = Villages.read(shipped)
    villages.find("")
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 40_000_000


def test_reading_the_list_does_not_make_the_index(shipped: str) -> None:
    villages = Villages.read(shipped)
    villages.get("35.05.01.2001")
    assert "_index" not in vars(villages)
