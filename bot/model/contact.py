"""How somebody in danger may be written to without harm."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """A safe-contact plan. Without one we do not write first in a sensitive case.

    `may_write`: we may write first. `begin` and `end`: only in these hours by the clock of `zone` ("08:00"; both empty is
    any). `shared`: others read this phone, so nothing of the case may stand in what we send. `cover` is the harmless
    matter we write about instead; `not_now` the word by which they tell us to be silent, `silent` that they did: then
    nothing goes out until they come back to the case themselves.
    """

    may_write: bool = False
    begin: str = ""
    end: str = ""
    shared: bool = True
    cover: str = ""
    not_now: str = ""
    zone: str = "Asia/Jakarta"
    silent: bool = False
