"""An invented land for the officers' handbook: nobody's village stands in its pictures, and nobody's story."""

from dataclasses import replace

from bot.understanding.release import Release
from bot.understanding.villages import HEADER, Villages

VILLAGE, NEIGHBOUR, FAR = "99.01.01.2001", "99.01.01.2002", "99.01.02.2001"
DISTRICT, REGENCY = "99.01.01", "99.01"
_LINES = (
    f"{VILLAGE},Provinsi Contoh,Kab. Harapan,Kembang,Sukatani,WITA",
    f"{NEIGHBOUR},,,,Mekarsari,",
    "99.01.01.2003,,,,Tanjung Pandan,",
    "99.01.01.2004,,,,Bukit Raya,",
    f"{FAR},,,Melati,Sumber Jaya,",
)


def in_the_land(release: Release) -> Release:
    """The shipped content, with the villages of this land and no others."""
    return replace(release, villages=Villages.read("\n".join((HEADER, *_LINES))))
