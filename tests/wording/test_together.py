"""Choices that are offered together are numbered as a typed number presses them."""

from bot.model.messages import Button, Reply
from bot.wording import Wording, together
from bot.wording.beside import anchors, beside

TOPICS = ("migration/costs", "migration/documents", "migration/steps")
HELPED = tuple(Button(f"helped:{topic}", label=f"Ya {n}") for n, topic in enumerate(TOPICS))
PAGE = Button("print:x", label="Cetak", facts={"url": "https://desa.test/a.pdf"})


def test_numbers_go_on_from_reply_to_reply(wording: Wording) -> None:
    replies = (
        Reply("menu", buttons=HELPED),
        Reply("thanks"),
        Reply("menu", buttons=(PAGE, *HELPED)),
        Reply("menu", buttons=HELPED),
    )
    messages = together(wording, replies, "id")
    assert [one.first for one in messages] == [1, 1, 4, 7]
    assert [one.language for one in messages] == ["id"] * 4


def test_the_number_of_a_choice_is_its_place_among_the_ids_that_are_remembered(wording: Wording) -> None:
    replies = (Reply("menu", buttons=HELPED[:2]), Reply("menu", buttons=(PAGE, *HELPED[2:])))
    shown = [button.id for reply in replies for button in reply.buttons if not button.facts.get("url")]
    for message in together(wording, replies, "id"):
        pressed = [one.id for one in message.choices if not one.url]
        assert shown[message.first - 1 : message.first - 1 + len(pressed)] == pressed


def test_the_words_beside_a_message_follow_its_language(wording: Wording) -> None:
    assert beside("always", "id") != beside("always", "en")
    assert beside("open", "") == beside("open", "id")
    assert anchors("su") == wording.anchors("su") != anchors("id")
