"""A village of the official list, with the places above it."""

from dataclasses import dataclass

ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


@dataclass(frozen=True, slots=True)
class Village:
    """A desa or kelurahan. `code` is the official one with its dots; `timezone` is WIB, WITA or WIT."""

    code: str
    village: str
    district: str
    regency: str
    province: str
    timezone: str

    @property
    def zone(self) -> str:
        """The time zone by the name computers know: Asia/Jakarta, Asia/Makassar or Asia/Jayapura."""
        return ZONES[self.timezone]
