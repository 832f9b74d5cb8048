"""What forms take from the message before them names only what there is."""

import pytest

from bot.library import load
from bot.library.check_particulars import particulars
from bot.library.faults import located
from tests.library.conftest import Folder

HELP, WORDS = "forms/help.yaml", "data/particulars.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "what"),
    [
        (HELP, "when: [confinement]", "when: [confinment]", "is never confinment"),
        (HELP, "    from: danger\n", "    from: story\n", "cannot be filled from story"),
        (
            "forms/offer-check.yaml",
            "    kind: choice\n",
            "    kind: choice\n    from: about\n",
            "nothing personal is asked",
        ),
        (WORDS, "{id: SAR,", "{id: XAU,", "in XAU"),
    ],
)
def test_a_wrong_reference_is_a_fault_with_its_line(folder: Folder, file: str, old: str, new: str, what: str) -> None:
    line = folder.change(file, old, new)
    try:
        faults = [located(one, folder.path) for one in particulars(load(folder.path))]
        found = [one for one in faults if what in one.what]
        assert [(one.file, one.line) for one in found][:1] == [(file, line + new.count("\n", 0, new.rfind("from")))]
    finally:
        folder.change(file, new, old)


def test_a_release_without_these_files_still_loads(folder: Folder) -> None:
    kept = {name: (folder.path / name).read_bytes() for name in (WORDS, "data/follow-ups.yaml")}
    for name in kept:
        (folder.path / name).unlink()
    heard = load(folder.path).hear("suami saya digaji 25jt sebulan, terus?")
    assert (heard.told.relation, heard.told.amounts, heard.follow) == ("", (), "")
    for name, body in kept.items():
        folder.write(name, body)
