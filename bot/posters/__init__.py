"""A village's poster: who we are, how to reach us, whom to call; as a PDF to print and a picture to pass on.

Drawn once: the picture is the PDF's page, rendered. What draws takes a third of a second to import and is therefore asked
for only when there is something to draw.
"""

from bot.posters.doors import Doors
from bot.posters.sheet import KINDS, SIZES, Kind, Nowhere, Sheet, Size, file_name, sheet_of

__all__ = ["KINDS", "SIZES", "Doors", "Kind", "Nowhere", "Sheet", "Size", "drawn", "file_name", "sheet_of"]


def drawn(sheet: Sheet, kind: Kind, size: Size = "a4") -> bytes:
    """The poster as a file. Takes about a second of a processor for the picture; one is drawn at a time."""
    from bot.posters.press import pdf, png  # noqa: PLC0415  bring reportlab, segno and PDFium

    return pdf(sheet, size) if kind == "pdf" else png(sheet, size)
