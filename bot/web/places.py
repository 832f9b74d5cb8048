"""Places looked up by their names, for whoever need not know their codes."""

from bot.model.case import Scope
from bot.understanding.villages import Villages

_MOST = 8
_LONGEST = 80


def places(villages: Villages, text: str, scope: Scope) -> list[str]:
    """The codes of the places in somebody's care that a text may mean, larger ones first; few enough to be read through."""
    asked = text.strip()[:_LONGEST]
    if not asked:
        return []
    found = [one.code for one in villages.find(asked, scope.prefix).matches]
    code = [asked] if villages.name(asked) else []
    listed = dict.fromkeys((*code, *villages.areas(asked, scope.prefix), *found))
    return [one for one in listed if scope.sees(one)][:_MOST]
