"""Puts a page on paper: the PDF is drawn, the picture is taken of the PDF, so that the two cannot differ."""

from io import BytesIO
from threading import Lock

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from bot.posters.marks import Box, Code, Mark, Page, Words
from bot.posters.page import page_of
from bot.posters.sheet import Sheet, Size
from bot.posters.writing import BLACK

DOTS_TO_THE_INCH = 300
_POINT = 72 / DOTS_TO_THE_INCH
_A_TOUCH_LESS = 0.001  # of a point: pages are measured in floats, and a picture begins a new dot at the slightest more
_ONE_AT_A_TIME = Lock()  # PDFium keeps a state of its own and bears no second thread


def pdf(sheet: Sheet, size: Size) -> bytes:
    """The poster as a PDF; the same poster is the same bytes."""
    return printed(page_of(sheet, size), f"Desmigratif: {sheet.code}", "id")


def printed(page: Page, title: str, language: str) -> bytes:
    """A page as a PDF; the same page is the same bytes."""
    out = BytesIO()
    paper = (page.frame.width * _POINT - _A_TOUCH_LESS, page.frame.height * _POINT - _A_TOUCH_LESS)
    canvas = Canvas(out, paper, invariant=1, pageCompression=1, lang=language)
    canvas.setTitle(title)
    canvas.translate(0, paper[1])
    canvas.scale(_POINT, _POINT)
    for mark in page.marks:
        _draw(canvas, mark)
    canvas.save()
    return out.getvalue()


def png(sheet: Sheet, size: Size) -> bytes:
    """The poster as a picture of 300 dots to the inch."""
    return picture_of(pdf(sheet, size))


def picture_of(page: bytes) -> bytes:
    """The picture of a PDF's page."""
    out = BytesIO()
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(page)
        try:
            # Paths without smoothing: a square of a code is black or white, never grey.
            taken = document[0].render(scale=1 / _POINT, no_smoothpath=True, rev_byteorder=True)
            picture = taken.to_pil().copy()
        finally:
            document.close()
    picture.quantize(64).save(out, "PNG", dpi=(DOTS_TO_THE_INCH, DOTS_TO_THE_INCH))
    return out.getvalue()


def _draw(canvas: Canvas, mark: Mark) -> None:
    match mark:
        case Box():
            canvas.setFillColor(mark.colour)
            canvas.rect(mark.x, -mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)
        case Words():
            _write(canvas, mark)
        case Code():
            _code(canvas, mark)


def _write(canvas: Canvas, words: Words) -> None:
    canvas.setFillColor(words.colour)
    text = canvas.beginText(words.x, -words.y)
    for piece in words.line:
        text.setFont(piece.face, words.size)
        text.textOut(piece.text)
    canvas.drawText(text)


def _code(canvas: Canvas, code: Code) -> None:
    """All squares as one path: drawn one by one, screens show hairlines between them."""
    canvas.setFillColor(BLACK)
    path, side = canvas.beginPath(), len(code.rows) * code.dot
    for row, squares in enumerate(code.rows):
        for column, black in enumerate(squares):
            if black:
                path.rect(code.x + column * code.dot, -code.y - (row + 1) * code.dot, code.dot, code.dot)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.linkURL(code.link, (code.x, -code.y - side, code.x + side, -code.y), relative=1)
