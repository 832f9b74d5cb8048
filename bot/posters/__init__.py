"""A village's poster: who we are, how to reach us, whom to call; as a PDF to print and a picture to pass on.

Drawn once: the picture is the PDF's page, rendered. What draws takes a third of a second to import and is therefore asked
for only when there is something to draw.
"""

from bot.model.doors import Doors
from bot.posters.paper import Paper, paper_of
from bot.posters.sheet import KINDS, SIZES, Kind, Nowhere, Sheet, Size, file_name, sheet_of

__all__ = [
    "KINDS",
    "SIZES",
    "Doors",
    "Kind",
    "Nowhere",
    "Paper",
    "Sheet",
    "Size",
    "drawn",
    "drawn_paper",
    "file_name",
    "paper_of",
    "sheet_of",
]


def drawn(sheet: Sheet, kind: Kind, size: Size = "a4") -> bytes:
    """The poster as a file. Takes about a second of a processor for the picture; one is drawn at a time."""
    from bot.posters.press import pdf, png  # noqa: PLC0415  bring reportlab, segno and PDFium

    return pdf(sheet, size) if kind == "pdf" else png(sheet, size)


def drawn_paper(paper: Paper, size: Size = "a5") -> bytes:
    """The paper of somebody without a phone, as a PDF; one is drawn at a time."""
    from bot.posters.paper_page import page_of_paper  # noqa: PLC0415  as above
    from bot.posters.press import printed  # noqa: PLC0415

    return printed(page_of_paper(paper, size), f"Desmigratif: {paper.number}", paper.language)
