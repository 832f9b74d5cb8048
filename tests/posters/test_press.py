"""The files: an independent reader reads from the picture, and from the printed page, what the links say."""

from collections.abc import Callable, Iterable
from io import BytesIO

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from bot.posters import Doors, Sheet, drawn
from bot.posters.marks import DOTS, Code
from bot.posters.page import page_of

LONG_LINK = Doors(
    "desmigratif_migran_produktif_bot", "6281234567890", "https://desmigratif.dinas-tenaga-kerja.kabupaten.go.id"
)
QUIET = 4  # squares, as the standard of QR codes wants
BEARS = {"M", "Q", "H"}  # levels at which 15 of 100 squares or more may be spoilt


def picture(body: bytes) -> Image.Image:
    return Image.open(BytesIO(body)).convert("RGB")


def read(image: Image.Image) -> list[tuple[str, str]]:
    """What the codes say, from left to right, and how much of each may be spoilt."""
    found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return [(one.text, one.ec_level) for one in sorted(found, key=lambda one: one.position.top_left.x)]


def links(sheet: Sheet) -> list[str]:
    return [way.link for way in sheet.ways]


def texts(found: Iterable[tuple[str, str]]) -> list[str]:
    return [text for text, _ in found]


@pytest.mark.parametrize("size", DOTS)
def test_the_codes_of_the_picture_say_the_links_and_bear_damage(sheet: Callable[..., Sheet], size) -> None:
    one = sheet()
    found = read(picture(drawn(one, "png", size)))
    assert texts(found) == links(one)
    assert {level for _, level in found} <= BEARS


def test_long_links_can_be_read_too(sheet: Callable[..., Sheet]) -> None:
    one = sheet(doors=LONG_LINK)
    found = read(picture(drawn(one, "png")))
    assert texts(found) == links(one)
    assert {level for _, level in found} <= BEARS


def test_a_photograph_of_it_can_be_read_small_grey_and_askew(sheet: Callable[..., Sheet]) -> None:
    one = sheet()
    photo = picture(drawn(one, "png")).convert("L").resize((620, 877), Image.Resampling.BILINEAR)
    turned = photo.rotate(7, fillcolor=200, expand=True).point([40 + value * 160 // 255 for value in range(256)])
    assert sorted(texts(read(turned))) == sorted(links(one))


@pytest.mark.parametrize("size", DOTS)
def test_every_square_is_black_or_white_to_the_dot(sheet: Callable[..., Sheet], size) -> None:
    one = sheet()
    image, page = picture(drawn(one, "png", size)), page_of(one, size)
    assert image.size == DOTS[size] == (page.frame.width, page.frame.height)
    for code in (mark for mark in page.marks if isinstance(mark, Code)):
        side, white = len(code.rows) * code.dot, QUIET * code.dot
        x, y = int(code.x), int(code.y)
        assert _colours(image.crop((x - white, y - white, x + side + white, y))) == {(255, 255, 255)}
        assert _colours(image.crop((x - white, y, x, y + side))) == {(255, 255, 255)}
        for row, squares in enumerate(code.rows):
            for column, black in enumerate(squares):
                left, top = x + column * code.dot, y + row * code.dot
                found = _colours(image.crop((left, top, left + code.dot, top + code.dot)))
                assert found == ({(0, 0, 0)} if black else {(255, 255, 255)})


def _colours(part: Image.Image) -> set[object]:
    return {colour for _, colour in part.getcolors(maxcolors=100_000) or ()}


def test_the_pdf_is_one_page_with_the_words_as_words_and_the_same_codes(sheet: Callable[..., Sheet]) -> None:
    one = sheet()
    document = pypdfium2.PdfDocument(drawn(one, "pdf"))
    try:
        assert len(document) == 1
        page = document[0]
        width, height = (round(side * 25.4 / 72) for side in page.get_size())
        assert (width, height) == (210, 297)
        said = page.get_textpage().get_text_bounded()
        assert "Jaten" in said and "35.05.01.2001" in said and "0800-1000" in said
        assert texts(read(page.render(scale=200 / 72).to_pil())) == links(one)
    finally:
        document.close()


def test_it_is_small_enough_to_pass_on_and_the_same_every_time(sheet: Callable[..., Sheet]) -> None:
    one = sheet()
    printed, taken = drawn(one, "pdf"), drawn(one, "png")
    assert len(printed) < 100_000 and len(taken) < 600_000
    assert (drawn(one, "pdf"), drawn(one, "png")) == (printed, taken)


def test_a_picture_says_how_large_it_is_on_paper(sheet: Callable[..., Sheet]) -> None:
    resolution = Image.open(BytesIO(drawn(sheet(), "png"))).info["dpi"]
    assert [round(one) for one in resolution] == [300, 300]
