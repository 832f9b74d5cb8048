"""Which language a message is in."""

import pytest

from bot.model.content import Language
from bot.understanding.languages import guess
from bot.understanding.release import Release

LANGUAGES = (
    Language("id", {}, ("saya", "yang", "tidak", "aku"), ends=("kan",)),
    Language("jv", {}, ("kulo", "ora", "aku"), ends=("ake",)),
    Language("en", {}, ("the", "my", "is")),
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("saya tidak tahu", "id"),
        ("kulo ora ngerti", "jv"),
        ("the boss is bad", "en"),
        ("aku", "id"),
        ("xqzwvkj", "id"),
        ("", "id"),
        ("gawekake", "id"),
        ("saya the my is", "en"),
    ],
)
def test_the_language_with_most_of_its_words_wins_and_indonesian_when_in_doubt(text: str, language: str) -> None:
    assert guess(text.split(), LANGUAGES) == language


def test_without_languages_it_is_indonesian() -> None:
    assert guess(["kulo"], ()) == "id"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("bagaimana cara kerja ke taiwan yang resmi", "id"),
        ("how can i work in taiwan", "en"),
        ("my boss does not pay me", "en"),
        ("kulo badhe nyambut damel wonten taiwan", "jv"),
        ("piye carane kerjo nang taiwan", "jv"),
        ("kumaha carana damel di taiwan", "su"),
        ("abdi hoyong damel ka jepang", "su"),
        ("KUMAHA CARANA DAMEL?", "su"),
    ],
)
def test_the_shipped_word_lists_tell_languages_apart(release: Release, text: str, language: str) -> None:
    assert release.hear(text).language == language
