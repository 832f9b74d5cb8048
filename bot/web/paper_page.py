"""The square of a paper as a picture within the page."""

import segno

_SQUARE = 6


def picture(link: str) -> str:
    """The code of a link as an address that holds the picture itself; "" where there is no link."""
    return str(segno.make_qr(link, error="m").png_data_uri(scale=_SQUARE, border=4)) if link else ""
