"""A topic's answer in words: source and date below, expiry obeyed, the language honest."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogue.choices import label
from bot.markdown import plain
from bot.model.messages import Button, Reply
from bot.wording import Wording

TODAY = date(2026, 11, 23)
DUE = "It is due for another check: ask before you rely on it."


def answer(wording: Wording, topic: str, language: str = "id", today: date = TODAY, **reply: object) -> list[str]:
    facts = {"topic": topic, "country": "", "sector": "", "today": today, "code": "K4M7P2XR", "village": ""}
    return [plain(message.text) for message in wording.write(Reply("answer", facts, **reply), language)]  # type: ignore[arg-type]


def test_an_answer_ends_with_its_source_and_the_day_it_was_checked(wording: Wording) -> None:
    topic = wording.release.content.topics["jobs/taiwan"]
    *_, last = answer(wording, topic.id)
    assert topic.sources[0].title in last
    assert str(topic.checked.year) in last.splitlines()[-2] and "K4M7-P2XR" in last.splitlines()[-2]


def test_an_answer_is_three_messages_at_most(wording: Wording) -> None:
    assert all(1 <= len(answer(wording, topic)) <= 3 for topic in wording.release.content.topics)


def changed(wording: Wording, id: str, **changes: object) -> Wording:
    """The same words of a release in which one topic says something else of itself."""
    content = wording.release.content
    topic = replace(content.topics[id], **changes)  # type: ignore[arg-type]
    return Wording(replace(wording.release, content=replace(content, topics={**content.topics, id: topic})))


def test_what_is_withheld_names_the_day_and_offices_with_numbers(wording: Wording) -> None:
    facts = {"title": "Kerja di Taiwan", "until": TODAY, "country": "taiwan"}
    (message,) = wording.write(Reply("answer/expired", facts), "id")
    text = plain(message.text)
    assert "23 Nov 2026" in text and wording.release.content.contacts["kp2mi"].ways[0].value in text


def test_an_answer_due_for_another_check_says_so(wording: Wording) -> None:
    lapsed = changed(wording, "jobs/taiwan", review_by=TODAY - timedelta(days=1))
    assert answer(lapsed, "jobs/taiwan") != answer(wording, "jobs/taiwan")
    assert wording.translations("id").gettext(DUE) in answer(lapsed, "jobs/taiwan")[-1]


def test_an_answer_that_holds_only_from_a_day_on_names_the_day(wording: Wording) -> None:
    later = changed(wording, "jobs/taiwan", valid_from=date(2027, 1, 1))
    assert "1 Jan 2027" in answer(later, "jobs/taiwan")[-1]
    assert "1 Jan 2027" not in answer(later, "jobs/taiwan", today=date(2027, 1, 1))[-1]


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
        {"topic": "jobs/taiwan", "country": "", "sector": "", "today": TODAY, "code": "K4M7P2XR", "village": ""},
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
