"""A topic's answer in words: source and date below, expiry obeyed, the language honest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogue.choices import label
from bot.markdown import plain
from bot.model.messages import Button, Reply
from bot.wording import Wording

TODAY = date(2026, 11, 23)


def answer(wording: Wording, topic: str, language: str = "id", today: date = TODAY, **reply: object) -> list[str]:
    facts = {"topic": topic, "country": "", "sector": "", "today": today}
    return [plain(message.text) for message in wording.write(Reply("answer", facts, **reply), language)]  # type: ignore[arg-type]


def test_an_answer_ends_with_its_source_and_the_day_it_was_checked(wording: Wording) -> None:
    topic = wording.release.content.topics["jobs/taiwan"]
    *_, last = answer(wording, topic.id)
    assert topic.sources[0].title in last.splitlines()[-2] or topic.sources[0].title in last
    assert str(topic.checked.year) in last.splitlines()[-2]


def test_an_answer_is_three_messages_at_most(wording: Wording) -> None:
    assert all(1 <= len(answer(wording, topic)) <= 3 for topic in wording.release.content.topics)


def test_past_its_end_a_fact_is_not_stated_and_offices_are_named(wording: Wording) -> None:
    release = wording.release
    topic = replace(release.content.topics["jobs/taiwan"], valid_until=TODAY)
    other = Wording(
        replace(release, content=replace(release.content, topics={**release.content.topics, topic.id: topic}))
    )
    assert answer(other, topic.id) == answer(wording, topic.id)
    (text,) = answer(other, topic.id, today=TODAY + timedelta(days=1))
    assert "Taiwan" not in text and any(char.isdigit() for char in text)


def test_an_answer_that_is_only_indonesian_says_so(wording: Wording) -> None:
    first, *_ = answer(wording, "jobs/taiwan", "jv")
    assert first.startswith(plain(wording.phrase("answer/only-indonesian", "jv")))
    assert answer(wording, "jobs/taiwan", "en")[0] != first


@pytest.mark.parametrize("language", ["id", "en", "jv", "su", "mad", "sas", "ms"])
def test_every_answer_can_be_given_in_every_language(wording: Wording, language: str) -> None:
    for topic in wording.release.content.topics:
        assert all(text.strip() for text in answer(wording, topic, language))


def test_buttons_and_attachment_hang_on_the_last_message(wording: Wording) -> None:
    reply = Reply(
        "answer",
        {"topic": "jobs/taiwan", "country": "", "sector": "", "today": TODAY},
        (label("yes", "x:1"),),
        anchors=True,
    )
    *first, last = wording.write(reply, "id")
    assert all(not message.choices and not message.anchors for message in first)
    assert [choice.id for choice in last.choices] == ["x:1"]
    assert [choice.id for choice in last.anchors] == ["do:menu", "do:cases", "do:officer", "do:emergency"]


def test_a_button_with_an_address_opens_it(wording: Wording) -> None:
    (message,) = wording.write(
        Reply("menu", buttons=(Button("x", label="Buka", facts={"url": "https://desa.test"}),)), "id"
    )
    assert message.choices[0].url == "https://desa.test"


def test_a_summary_reads_as_labels_and_values(wording: Wording) -> None:
    lines = wording.lines("ask-officer", {"village": "52.02.12.2001", "phone": ""}, "id")
    assert lines[0]["label"] == "Desa" and lines[0]["value"].startswith("Lantan")
    assert [line["value"] for line in lines[1:]] == [""]
    assert wording.lines("gone", {"x": "y"}, "id") == []
