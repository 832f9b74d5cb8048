"""What an editor sees of an answer before the people do: each channel's own words, their size, and what is too much."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.channels import whatsapp_messages
from bot.channels.telegram_messages import parcels
from bot.channels.terminal import in_print
from bot.cli.previewing import Asking, heard, preview, to_question, to_topic, warnings
from bot.model.content import Note, Overlay
from bot.model.messages import Choice, Message, Reply
from bot.understanding.release import Release
from bot.web.pages import Pages, open_pages
from bot.wording import Wording
from bot.wording.beside import beside
from tests.changed import with_topic

NOON, COSTS, LANTAN = datetime(2026, 11, 23, 5, 0, tzinfo=UTC), "migration/costs", "52.02.12.2001"
INDONESIAN = Asking("id")


@pytest.fixture(scope="module")
def pages() -> Pages:
    return open_pages()


def of_topic(release: Release, id: str, asking: Asking = INDONESIAN) -> tuple[Reply, ...]:
    return to_topic(release, release.content.topics[id], asking, NOON)


def lines(wording: Wording, pages: Pages, replies: Sequence[Reply], asking: Asking = INDONESIAN) -> str:
    return "\n".join(preview(wording, pages, replies, asking, NOON))


def test_every_message_is_shown_as_each_channel_sends_it(release: Release, wording: Wording, pages: Pages) -> None:
    replies = of_topic(release, COSTS)
    shown = lines(wording, pages, replies)
    messages = [message for reply in replies for message in wording.write(reply, "id")]
    assert len(messages) == 3
    for message in messages:
        (parcel,) = parcels(message)
        assert parcel.fields["text"] in shown and in_print(message) in shown
        assert f"--- plain: {len(in_print(message).encode())} bytes" in shown
        for posted in whatsapp_messages.parcels(message):
            assert (posted.get("interactive") or {"body": {"text": posted.get("text", {}).get("body")}})["body"][
                "text"
            ] in shown
    assert shown.count("--- Telegram: ") == shown.count("--- WhatsApp: ") == shown.count("--- web chat: ") == 3
    assert f"  [{beside('open', 'id')}]" in shown and " | do:emergency" in shown
    assert '<button name="button" value="helped:migration/costs">' in shown and "] helped:migration/costs" in shown


def test_the_head_says_code_version_dates_and_sources(release: Release, wording: Wording, pages: Pages) -> None:
    shown, topic = lines(wording, pages, of_topic(release, COSTS)), release.content.topics[COSTS]
    (code,) = (line.split()[1] for line in shown.splitlines() if line.startswith("  code "))
    assert f"Kode {code}." in shown
    assert f"national: {topic.version}" in shown and str(topic.review_by) in shown
    assert all(source.title in shown and source.status in shown for source in topic.sources)


def test_units_are_counted_as_telegram_counts_them(release: Release, pages: Pages) -> None:
    answer = release.content.topics[COSTS].answers["id"]
    parts = ("**Awas** 😀 <b> & [situs](https://example.org)", *answer.parts[1:])
    changed = with_topic(release, COSTS, answers={"id": replace(answer, parts=parts)})
    shown = lines(Wording(changed), pages, of_topic(changed, COSTS))
    assert f"--- Telegram: {len('Awas 😀 <b> & situs') + 1} UTF-16 units" in shown


def test_who_asks_decides_what_is_shown(release: Release, wording: Wording, pages: Pages) -> None:
    taiwan, korea = (Asking("en", country) for country in ("taiwan", "south-korea"))
    of_taiwan, of_korea = (lines(wording, pages, of_topic(release, "jobs/wages", one), one) for one in (taiwan, korea))
    assert "(for taiwan)" in of_taiwan and "NT$" in of_taiwan and "Did this help?" in of_taiwan
    assert "(for south-korea)" in of_korea and "KRW" in of_korea


def test_a_language_without_the_answer_is_said(release: Release, wording: Wording, pages: Pages) -> None:
    asking = Asking("mad")
    shown = lines(wording, pages, of_topic(release, COSTS, asking), asking)
    assert "language  id (there is no mad yet)" in shown


def test_a_villages_note_is_shown_and_whether_it_still_fits(release: Release, pages: Pages) -> None:
    day = NOON.date()
    note = Note(COSTS, "before", {"id": "Kantor buka Senin."})
    noted = replace(release, content=replace(release.content, overlays=(Overlay(LANTAN, day, day, "kades", (note,)),)))
    asking = Asking("id", village=LANTAN)
    shown = lines(Wording(noted), pages, of_topic(noted, COSTS, asking), asking)
    assert "Kantor buka Senin." in shown and "Lantan" in shown
    assert "written beside before: look whether it fits" in shown


def test_a_question_is_answered_as_the_bot_would(release: Release, wording: Wording, pages: Pages) -> None:
    question = "tolong saya dipukul majikan di taiwan"
    assert "danger violence" in heard(release, question) and "country taiwan" in heard(release, question)
    assert "form:help" in lines(wording, pages, to_question(release, question, INDONESIAN, NOON))


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (Message("a" * 350, (Choice("a:1", "x" * 24),) * 8), []),
        (Message("a" * 351), ["351 letters: 350 or less is easier to read"]),
        (Message("a" * 701), ["701 letters: 700 is the most, 350 is good"]),
        (Message("a", (Choice("a:1", "x"),) * 9), ["9 buttons: 8 is the most"]),
        (Message("a", (Choice("a:1", "x" * 25),)), [f"the button {'x' * 25!r} has 25 letters: 24 is the most"]),
    ],
)
def test_what_is_too_much_is_warned_of(message: Message, said: list[str]) -> None:
    assert list(warnings(message)) == said
