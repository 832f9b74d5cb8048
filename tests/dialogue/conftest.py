"""What the tests of the dialogue share."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.model.forms import Field, Form
from bot.understanding.release import Release
from tests.dialogue.talk import Talk


@pytest.fixture
def talk(release: Release) -> Talk:
    """Somebody who has met us and has done nothing yet."""
    return Talk(release)


@pytest.fixture
def asking(release: Release) -> Callable[..., Talk]:
    """A talk in which a form of these questions has just asked its first one."""

    def ask(*fields: Field, **form: object) -> Talk:
        one = Form("trial", "trial", {"id": "Coba"}, {"id": "Untuk mencoba"}, 6, fields, **form)  # type: ignore[arg-type]
        content = replace(release.content, forms={**release.content.forms, "trial": one})
        talk = Talk(replace(release, content=content))
        talk.begin("trial")
        return talk

    return ask
