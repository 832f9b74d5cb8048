"""The catalogues: complete in Indonesian and English, and every translation keeps the facts of its sentence."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.wording.phrases import LOCALES, environment, phrases, spoken, translations

HOLES = re.compile(r"%\(\w+\)s")
LANGUAGES = ("id", "en", "jv", "su")
_USED = re.compile(r"{% trans[^%]*%}(.*?){% endtrans %}", re.DOTALL)


def catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def translated(language: str) -> Iterator[tuple[Message, str, str]]:
    """Every sentence with each of its translations."""
    for message in catalogue(language):
        if message.id:
            sources = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
            found = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            yield from ((message, sources[-1], one) for one in found)


def sentences() -> set[str]:
    """Every sentence the phrases use, by its singular."""
    with (LOCALES / "messages.pot").open("rb") as file:
        return {one.id[0] if isinstance(one.id, (tuple, list)) else one.id for one in read_po(file) if one.id}


def test_the_template_holds_every_sentence_of_the_phrases() -> None:
    environments = environment("en")
    used = {
        found[2] if isinstance(found[2], str) else found[2][0]
        for body in phrases().values()
        for found in environments.extract_translations(body)  # type: ignore[attr-defined]
    }
    assert used - sentences() == set()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_catalogue_is_complete_and_sure_of_itself(language: str) -> None:
    done = catalogue(language)
    missing = [
        one
        for one in sentences()
        if not (found := done.get(one))
        or not found.string
        or found.fuzzy
        or "" in (found.string if isinstance(found.string, tuple) else (found.string,))
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_facts_of_its_sentence_and_no_others(language: str) -> None:
    wrong = [
        (source, one)
        for _, source, one in translated(language)
        if one and set(HOLES.findall(one)) != set(HOLES.findall(source))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_bold_words_of_its_sentence(language: str) -> None:
    wrong = [(source, one) for _, source, one in translated(language) if one and one.count("**") != source.count("**")]
    assert wrong == []


def test_what_a_language_lacks_comes_from_indonesian_and_never_silently_from_english() -> None:
    assert translations("mad").gettext("Cancel") == translations("id").gettext("Cancel") != "Cancel"


def test_indonesian_comes_first_among_the_languages_we_speak() -> None:
    assert spoken()[0] == "id" and set(spoken()) == set(LANGUAGES)
