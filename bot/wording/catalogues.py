"""How far the catalogues have come: which of our own sentences a language has."""

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot.wording.phrases import LOCALES, SOURCE_LANGUAGE


def translated(language: str) -> tuple[int, int]:
    """How many of the sentences there are have a sure translation, and how many there are."""
    with (LOCALES / "messages.pot").open("rb") as file:
        wanted = [message.id for message in read_po(file) if message.id]
    path = LOCALES / language / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return (len(wanted) if language == SOURCE_LANGUAGE else 0), len(wanted)
    with path.open("rb") as file:
        catalogue = read_po(file)
    return sum(_sure(catalogue.get(one if isinstance(one, str) else one[0])) for one in wanted), len(wanted)


def _sure(message: Message | None) -> bool:
    """Nothing left empty, nothing a machine guessed."""
    if message is None or message.fuzzy:
        return False
    found = message.string
    return all((found,) if isinstance(found, str) else found or [""])
