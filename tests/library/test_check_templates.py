"""Templates tell nobody anything, and are such as the platform takes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.library.check_templates import templates
from bot.model.content import Source
from bot.model.templates import Price, Templates, TemplateSheet, TemplateText
from bot.understanding.release import Release

GOOD = TemplateSheet(
    "ada_kabar",
    "utility",
    ("case",),
    {"id": TemplateText("Ada kabar untuk Anda.", "Baca"), "en": TemplateText("There is news for you.", "Read")},
    press="do:news",
)
COVER = replace(
    GOOD,
    name="tentang",
    press="",
    parameters=("cover",),
    texts={"id": TemplateText("Tentang {{1}}: ada kabar."), "en": TemplateText("About {{1}}: there is news.")},
)


def faults(release: Release, *sheets: TemplateSheet, **rules: object) -> list[str]:
    shipped = release.content.templates
    made: Templates = replace(shipped, templates=sheets, **rules)  # type: ignore[arg-type]
    return [str(one) for one in templates(replace(release, content=replace(release.content, templates=made)))]


def saying(body: str, button: str = "Baca", sheet: TemplateSheet = GOOD) -> TemplateSheet:
    return replace(sheet, texts={**sheet.texts, "id": TemplateText(body, button if sheet.press else "")})


def test_the_shipped_ones_have_no_fault_and_none_is_said_to_be_approved(release: Release) -> None:
    shipped = release.content.templates
    assert list(templates(release)) == []
    assert {text.status for one in shipped.templates for text in one.texts.values()} == {"pending"}
    assert {notice for one in shipped.templates for notice in one.stands_for} == {
        "",
        "case",
        "covered",
        "work",
        "emergency",
    }
    assert shipped.prices == ()


def test_good_ones_have_no_fault(release: Release) -> None:
    assert faults(release, GOOD, COVER) == []


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        (saying("Ada kabar tentang kasus Anda."), "kasus"),
        (saying("Ada kabar dari Petugas desa."), "petugas"),
        (saying("Ada kabar.", "Buka pengaduan"), "pengaduan"),
        (saying("Tolong, saya disekap majikan"), "majikan"),
        (saying("{{1}}: ada kabar.", sheet=COVER), "begins or ends"),
        (saying("Ada kabar tentang {{1}}.", sheet=COVER), "begins or ends"),
        (saying("Tentang {{2}}: ada kabar.", sheet=COVER), "places"),
        (saying("Tentang {{nama}}: ada kabar.", sheet=COVER), "places"),
        (saying("Ada kabar {{1}} untuk Anda."), "places"),
        (saying("a" * 351), "351 letters"),
        (saying(""), "0 letters"),
        (saying("Ada kabar.", "Baca kabar sekarang juga"), "button"),
        (saying("Ada kabar.", ""), "button"),
        (replace(GOOD, name="Ada Kabar"), "no name"),
        (replace(GOOD, stands_for=()), "stands for nothing"),
        (replace(GOOD, stands_for=("template",)), "stands for nothing"),
        (replace(GOOD, press="https://x"), "no button"),
        (replace(GOOD, texts={"id": GOOD.texts["id"]}), "en is missing"),
        (replace(GOOD, texts={**GOOD.texts, "jv": GOOD.texts["id"]}), "in jv"),
    ],
)
def test_a_fault_is_said(release: Release, sheet: TemplateSheet, why: str) -> None:
    assert any(why in one for one in faults(release, sheet)), faults(release, sheet)


def test_two_of_one_name_no_pause_and_a_price_out_of_the_air(release: Release) -> None:
    price = Price("utility", Decimal(-1), "USD", date(2026, 1, 1), Source("", "", "", "verified"))
    said = " ".join(faults(release, GOOD, GOOD, again_after_hours=0, prices=(price,)))
    assert "stands twice" in said
    assert "again_after_hours" in said
    assert "no source" in said
