"""The officers' handbook names what there is: its pictures, its talks as they go today, buttons by their names."""

import pytest
from babel.messages.pofile import read_po

from bot.model.content import said
from bot.wording import Wording
from bot.wording.phrases import LOCALES
from tests.handbook import book, pictures, talks
from tests.handbook.land import in_the_land

TALKS = sorted(talks.FOLDER.glob("*.yaml"))


@pytest.fixture(scope="module")
def labels(release):
    """All that can stand on a button or at the head of something, in Indonesian."""
    with (LOCALES / "id" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        sentences = {one.string for one in read_po(file, locale="id") if one.id and isinstance(one.string, str)}
    content = release.content
    titles = {said(one.title, "id") for one in (*content.forms.values(), *content.replies.values())}
    return sentences | titles


def test_every_button_it_names_is_called_so_on_the_screen(labels):
    assert [name for name in book.buttons() if name not in labels] == []
    assert len(book.buttons()) > 50


def test_every_picture_it_shows_is_there_and_small_and_no_other():
    files = {file.stem: file.stat().st_size for file in pictures.FOLDER.glob("*.png")}
    assert set(book.pictures()) == set(files) == set(pictures.PICTURES)
    assert max(files.values()) <= pictures.LARGEST


def test_every_talk_it_holds_can_be_played_and_no_other():
    assert set(book.talks()) == {file.stem for file in TALKS}


@pytest.mark.parametrize("file", TALKS, ids=lambda file: file.stem)
async def test_a_talk_goes_as_it_is_drawn(release, file, tmp_path):
    """Else `make screenshots` writes it anew."""
    assert await talks.drawn(file, tmp_path, Wording(in_the_land(release))) == book.talks()[file.stem]


def test_every_short_word_is_told(release):
    told = book.orders()
    missing = [words["id"][0] for words in release.content.desk.orders.values() if words["id"][0] not in told]
    assert missing == []
