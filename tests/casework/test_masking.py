"""What of a case is covered until somebody asks to see it."""

import pytest

from bot.casework.masking import masked, revealed
from bot.model.forms import Field, Form, Option
from tests.dialogue.talk import PHOTO, case_of

KINDS = {
    "name": ("text", "Siti Aminah", "S. A."),
    "phone": ("phone", "081234567890", "…90"),
    "story": ("text", "Gaji tidak dibayar", "…"),
    "born": ("date", "1990-01-31", "…"),
    "children": ("number", "3", "…"),
    "about": ("choice", "agency", "agency"),
    "safe": ("yes-no", "no", "no"),
    "village": ("village", "35.05.01.2001", "35.05.01.2001"),
}
FIELDS = tuple(
    Field(id, kind, {"id": f"{id}?"}, {}, label={"id": id.upper()}, options=(Option("agency", {"id": "P3MI"}),))
    for id, (kind, _, _) in KINDS.items()
)  # type: ignore[arg-type]
FORM = Form("trial", "trial", {}, {}, 6, FIELDS)


def whole(**changes):
    from dataclasses import replace

    return replace(case_of(**changes), answers={id: value for id, (_, value, _) in KINDS.items()})


def say(field: Field, value: str) -> str:
    return value


@pytest.mark.parametrize("id", KINDS)
def test_what_names_a_person_or_tells_their_story_is_covered(id: str) -> None:
    line = next(one for one in masked(FORM, whole(), "id", say) if one.field == id)
    assert line.value == KINDS[id][2]
    assert line.hidden is (KINDS[id][1] != KINDS[id][2])


def test_revealed_it_is_as_it_was_filled_in() -> None:
    assert {line.field: line.value for line in revealed(FORM, whole(), "id", say)} == {
        id: value for id, (_, value, _) in KINDS.items()
    }
    assert not any(line.hidden for line in revealed(FORM, whole(), "id", say))


def test_lines_stand_in_the_order_of_the_form_with_their_labels() -> None:
    assert [(line.field, line.label) for line in masked(FORM, whole(), "id", say)] == [(id, id.upper()) for id in KINDS]


def test_what_was_not_filled_in_is_left_out_and_a_picture_stands_as_a_line() -> None:
    form = Form("trial", "trial", {}, {}, 6, (*FIELDS, Field("proof", "media", {"id": "Bukti?"}, {})))
    assert "proof" not in {line.field for line in masked(form, whole(), "id", say)}
    assert "proof" in {line.field for line in masked(form, whole(media={"proof": PHOTO}), "id", say)}
