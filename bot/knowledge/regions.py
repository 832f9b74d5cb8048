"""What people speak where."""

from bot.model.knowledge import Content


def spoken_in(content: Content, village: str) -> str:
    """The language people speak in a village besides Indonesian: the nearest place of a language wins; "" when unknown."""
    found = [
        (len(place), language.id)
        for language in content.languages
        for place in language.places
        if village == place or village.startswith(f"{place}.")
    ]
    return max(found, default=(0, ""))[1]
