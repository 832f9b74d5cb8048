"""What stands on a poster: facts from the content, the region's language, nothing where there is nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.knowledge.regions import spoken_in
from bot.markdown import plain
from bot.model.content import Note, Overlay
from bot.posters import Doors, Nowhere, Sheet, file_name, sheet_of
from bot.understanding.release import Release
from bot.wording import Wording
from tests.posters.conftest import DAY, JATEN, OPEN

JAVA, SUNDA, INDRAMAYU, MADURA, ACEH = (
    "35.05.01.2001",
    "36.01.01.2001",
    "32.12.01.2007",
    "35.29.01.1015",
    "11.01.01.2001",
)


def test_it_names_the_village_and_where_it_lies(sheet: Callable[..., Sheet]) -> None:
    found = sheet()
    assert (found.village, plain(found.within)) == ("Jaten", "Kec. Wonodadi, Kab. Blitar, Jawa Timur")
    assert found.code == JATEN


def test_every_number_on_it_is_one_of_the_contents_with_its_date(sheet: Callable[..., Sheet], release: Release) -> None:
    lines = [plain(line) for line in sheet().contacts]
    contacts = [one for one in release.content.contacts.values() if one.emergency and not one.country]
    assert len(lines) == len(contacts[:3]) and lines
    for line, contact in zip(lines, contacts, strict=False):
        spoken = [way for way in contact.ways if way.kind in ("phone", "whatsapp")]
        assert all(way.value in line for way in spoken), line
        newest = max(way.as_of for way in spoken)
        assert newest[:4] in line


@pytest.mark.parametrize(
    ("village", "language"), [(JAVA, "jv"), (SUNDA, "su"), (INDRAMAYU, "jv"), (MADURA, "mad"), (ACEH, "")]
)
def test_the_nearest_place_says_what_people_speak(release: Release, village: str, language: str) -> None:
    assert release.villages.get(village)
    assert spoken_in(release.content, village) == language


def test_every_place_of_a_language_is_in_the_official_list_and_has_one_language(release: Release) -> None:
    places = [place for language in release.content.languages for place in language.places]
    assert len(places) == len(set(places))
    assert [place for place in places if not release.villages.name(place)] == []


def test_it_speaks_the_regions_language_where_we_do(sheet: Callable[..., Sheet], wording: Wording) -> None:
    javanese, sundanese = (wording.phrase("poster/title", one) for one in ("jv", "su"))
    assert sheet(JAVA).regional.startswith(javanese)
    assert sheet(SUNDA).regional.startswith(sundanese)
    assert len({sheet(JAVA).title, javanese, sundanese}) == 3


def test_where_we_have_no_words_of_the_regions_it_says_nothing_twice(sheet: Callable[..., Sheet]) -> None:
    assert [sheet(code).regional for code in (MADURA, ACEH)] == ["", ""]


def test_what_the_village_wrote_of_its_office_stands_there_if_it_is_short(wording: Wording) -> None:
    def office(text: str, unit: str = "35.05") -> str:
        note = Note("service/find-officer", "1", {"id": text})
        overlay = Overlay(unit, DAY, DAY, "Balai desa", (note,))
        release = replace(wording.release, content=replace(wording.release.content, overlays=(overlay,)))
        village = release.villages.get(JATEN)
        assert village
        return sheet_of(Wording(release), village, OPEN, DAY).office

    assert office("Bu Sri, balai desa, Senin dan Kamis 08.00-12.00.").startswith("Bu Sri")
    assert office("panjang " * 60) == ""
    assert office("Bu Sri", unit="33") == ""


def test_without_a_door_there_is_no_poster(sheet: Callable[..., Sheet]) -> None:
    with pytest.raises(Nowhere):
        sheet(doors=Doors())


def test_the_file_is_named_after_the_village(release: Release) -> None:
    village = release.villages.get(JATEN)
    assert village
    assert file_name(village, "pdf") == "poster-jaten-35.05.01.2001.pdf"
    assert file_name(replace(village, village="Lubuk Pakam I,II/../../x"), "png") == (
        "poster-lubuk-pakam-i-ii-x-35.05.01.2001.png"
    )
