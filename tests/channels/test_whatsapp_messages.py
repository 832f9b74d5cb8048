"""A message on WhatsApp: what is pressed and how, what is told in its place, and that Meta takes all of it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channel import Never
from bot.channels.whatsapp_messages import media_id, parcels
from bot.markdown import units, whatsapp
from bot.model.escaping import escape
from bot.model.messages import Attachment, Choice, Message
from bot.wording.beside import anchors, beside
from tests.fake_graph.strict import check
from tests.fake_graph.world import World

HEAD = {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "6281234567890"}
LONG = "Lantan, Batukliang Utara, Lombok Tengah"
ENDLESS = "Desa " + "panjang " * 12


def world() -> World:
    made = World("1", "t", "s", "v")
    made.files = {kind: {"kind": kind, "content": b"x", "mime": ""} for kind in ("image", "audio", "document", "video")}
    return made


def seen(text: str = "Pilih satu", *labels: str, **more: Any) -> list[dict[str, Any]]:
    """What the person sees of a message, as the false Graph API lets it through."""
    choices = more.pop("choices", tuple(Choice(f"a:{n}", label) for n, label in enumerate(labels, 1)))
    message = Message(text, choices, language=more.pop("language", "id"), **more)
    shown = [check(world(), {**HEAD, **parcel}) for parcel in parcels(message)]
    return [{**one, "text": one["text"].replace("\u2060", "")} for one in shown]


def labels_of(shown: dict[str, Any]) -> list[str]:
    return [one["label"] for one in shown["buttons"]]


def test_a_text_goes_with_whatsapps_marks() -> None:
    (only,) = seen("Bawa **KTP** & *KK*:\n- [kantor](https://x.id)")
    assert (only["type"], only["text"]) == ("text", "Bawa *KTP* & _KK_:\n- kantor (https://x.id)")


def test_where_others_see_the_phone_no_row_of_ours_tells_more_than_the_message() -> None:
    (open_, veiled) = (seen("Pilih", "Satu", "Dua", "Tiga", "Empat", veiled=one)[0] for one in (False, True))
    assert "do:emergency" in [one["id"] for one in open_["buttons"]]
    below = [Choice(one["id"], one["label"]) for one in veiled["buttons"][4:]]
    assert below == list(anchors("id", veiled=True))


def test_up_to_three_short_choices_are_buttons() -> None:
    (only,) = seen("Pilih", "Ya", "Tidak", "Nama dua puluh huruf")
    assert (only["opener"], labels_of(only)) == ("", ["Ya", "Tidak", "Nama dua puluh huruf"])
    assert [one["id"] for one in only["buttons"]] == ["a:1", "a:2", "a:3"]


@pytest.mark.parametrize("labels", [("Satu", "Dua", "Tiga", "Empat"), ("Ya", "Label dua puluh satu h"), ("Ya", "Ya")])
def test_more_or_longer_or_equal_ones_are_rows_of_a_list(labels: tuple[str, ...]) -> None:
    (only,) = seen("Pilih", *labels)
    assert only["opener"] == beside("open", "id")
    assert tuple(labels_of(only)[: len(labels)]) == labels


def test_a_choice_offered_twice_is_one_row() -> None:
    (only,) = seen("Pilih", choices=(Choice("a:1", "Ya"), Choice("a:1", "Baik"), Choice("a:2", "Tidak")))
    assert [one["id"] for one in only["buttons"]][:2] == ["a:1", "a:2"]


def test_a_label_too_long_for_its_row_stands_whole_below_it() -> None:
    (only,) = seen("Yang mana?", LONG, "x" * 30)
    (place, nothing_but_x, *_) = only["buttons"]
    assert (place["label"], place["about"]) == ("Lantan, Batukliang…", LONG)
    assert (nothing_but_x["label"], nothing_but_x["about"]) == ("x" * 23 + "…", "x" * 30)


def test_an_emoji_counts_two() -> None:
    (only,) = seen("Pilih", "\U0001f600" * 11, "Ya")
    assert only["opener"], "22 units are too many for a button"
    (only,) = seen("Pilih", "\U0001f600" * 13, "Ya")
    assert only["buttons"][0] == {"label": "\U0001f600" * 11 + "…", "id": "a:1", "about": "\U0001f600" * 13}


def test_what_always_stands_below_fills_the_free_rows_the_most_needed_first() -> None:
    at_every_number = [labels_of(seen("Pilih", *map(str, range(many)))[0])[many:] for many in (4, 7, 8, 9, 10)]
    everything = [one.label for one in anchors("id")]
    menu, _, officer, emergency = everything
    assert at_every_number == [everything, [menu, officer, emergency], [officer, emergency], [emergency], []]


def test_what_a_list_offers_already_is_not_offered_twice() -> None:
    choices = (*(Choice(f"a:{n}", str(n)) for n in range(4)), Choice("do:menu", "Menu"))
    (only,) = seen("Pilih", choices=choices)
    assert [one["id"] for one in only["buttons"]].count("do:menu") == 1


@pytest.mark.parametrize("labels", [tuple(f"Pilihan {n}" for n in range(1, 12)), ("Ya", ENDLESS)])
def test_beyond_a_list_the_choices_are_told_with_their_numbers(labels: tuple[str, ...]) -> None:
    (only,) = seen("Yang mana?", *labels, first=9)
    assert only["buttons"] == []
    for number, label in enumerate(labels, 9):
        assert f"\n{number}) {label.strip()}" in only["text"]
    assert beside("by-number", "id", number=str(8 + len(labels))) in only["text"]


def test_what_no_number_presses_is_told_as_the_word_it_is() -> None:
    choices = (*(Choice(f"a:{n}", f"Desa {n}") for n in range(10)), Choice("do:cancel", "Batal"))
    (only,) = seen("Yang mana?", choices=choices)
    assert "10) Desa 9" in only["text"] and "11)" not in only["text"]
    assert only["text"].endswith(beside("or-words", "id", words="Batal"))


def test_a_page_alone_is_opened_by_a_button() -> None:
    (only,) = seen("Daftar tilik", choices=(Choice("print:x", "Cetak", "https://desa.test/a.pdf"),))
    assert (only["url"], only["opener"]) == ("https://desa.test/a.pdf", "Cetak")


@pytest.mark.parametrize(
    "choices",
    [
        (Choice("p:x", "Cetak", "https://x.id/a"), Choice("a:1", "Ya")),
        (Choice("p:x", "Cetak", "https://x.id/a"), Choice("p:y", "Unduh", "https://x.id/b")),
        (Choice("p:x", "Cetak", "http://127.0.0.1:8080/a"),),
    ],
    ids=["beside another", "two", "not over TLS"],
)
def test_else_its_address_stands_in_the_text(choices: tuple[Choice, ...]) -> None:
    (only,) = seen("Ini", choices=choices)
    assert only["url"] == ""
    assert all(f"{one.label} ({one.url})" in only["text"] for one in choices if one.url)
    assert labels_of(only) == [one.label for one in choices if not one.url]


def test_a_link_takes_no_number() -> None:
    choices = (Choice("p:x", "Cetak", "https://x.id/a"), *(Choice(f"a:{n}", f"Desa {n}") for n in range(1, 12)))
    (only,) = seen("Ini", choices=choices)
    assert "\n1) Desa 1" in only["text"]


@pytest.mark.parametrize("language", ["id", "en", "jv", "su"])
def test_the_words_that_always_work_are_told_where_nothing_stands_below(language: str) -> None:
    (only,) = seen("Halo", anchors=anchors(language), language=language)
    assert all(one.label in only["text"] for one in anchors(language)) and not only["buttons"]
    (only,) = seen("Halo", "Ya", anchors=anchors(language), language=language)
    assert labels_of(only) == ["Ya"] and only["text"] == "Halo"


def test_a_message_of_before_its_language_was_kept_still_goes() -> None:
    (only,) = seen("Halo", "1", "2", "3", "4", language="")
    assert only["opener"] == beside("open", "id")


def test_a_long_text_comes_in_order_with_what_is_pressed_last() -> None:
    text = "\n\n".join(f"**{number}** " + "kata " * 150 for number in range(6))
    shown = seen(text, "Ya")
    assert "".join("".join(one["text"] for one in shown).split()) == "".join(text.replace("**", "*").split())
    assert [labels_of(one) for one in shown] == [[], [], [], [], [], ["Ya"]]


def test_4096_units_go_in_one_message_and_1024_above_buttons() -> None:
    assert [len(seen("\U0001f600" * many)) for many in (2047, 2049)] == [1, 2]
    assert [len(seen("\U0001f600" * many, "Ya")) for many in (511, 513)] == [1, 2]


@pytest.mark.parametrize(
    ("reference", "kind", "metas"),
    [("image", "photo", "image"), ("document", "file", "document"), ("video:video", "file", "video")],
)
def test_a_file_goes_with_its_words(reference: str, kind: Any, metas: str) -> None:
    (only,) = seen("Ini **suratnya**", attachment=Attachment(kind, reference, "whatsapp"))
    assert (only["type"], only["text"], only["media"]) == (metas, "Ini *suratnya*", metas)


def test_a_voice_note_has_its_words_after_it() -> None:
    voice, words = seen("Dari warga", attachment=Attachment("voice", "audio", "whatsapp"))
    assert (voice["type"], words["text"]) == ("audio", "Dari warga")


def test_a_file_without_words_goes_alone() -> None:
    (only,) = seen("", attachment=Attachment("photo", "image", "whatsapp"))
    assert only["media"] == "image"


def test_buttons_or_a_long_text_come_after_the_file() -> None:
    file, rest = seen("Baik?", "Ya", attachment=Attachment("photo", "image", "whatsapp"))
    assert (file["text"], rest["text"], labels_of(rest)) == ("", "Baik?", ["Ya"])
    file, rest = seen("x" * 1025, attachment=Attachment("photo", "image", "whatsapp"))
    assert (file["text"], rest["text"]) == ("", "x" * 1025)
    file, rest = seen("", "Ya", attachment=Attachment("photo", "image", "whatsapp"))
    assert rest["text"] == beside("choose", "id")


def test_a_file_of_another_channel_stays_there_and_its_words_go() -> None:
    (only,) = seen("foto dari warga", attachment=Attachment("photo", "AgAC", "telegram"))
    assert (only["type"], only["text"]) == ("text", "foto dari warga")


@pytest.mark.parametrize(
    "reference", ["/etc/passwd", "https://x.id/a.png", "", "file:///etc/passwd", "a b", "path:abc"]
)
def test_a_path_or_an_address_is_never_sent_as_a_file(reference: str) -> None:
    with pytest.raises(Never) as found:
        parcels(Message("x", attachment=Attachment("file", reference, "whatsapp")))
    assert found.value.this_one
    with pytest.raises(Never):
        media_id(reference)


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=90).filter(str.strip)


@settings(deadline=None, max_examples=200)
@given(
    st.text(min_size=1, max_size=3000).filter(lambda text: bool(escape(text))),
    st.lists(words.map(str.strip), max_size=14),
    st.sampled_from(["id", "en", "jv", "su"]),
)
def test_meta_takes_whatever_there_is_to_say(text: str, labels: list[str], language: str) -> None:
    shown = seen(f"**{escape(text)}**", *labels, language=language)
    told = "\n".join([*(one["text"] for one in shown), *(f"{b['label']} {b['about']}" for b in shown[-1]["buttons"])])
    assert all(units(one["text"]) <= 4096 for one in shown)
    assert all(label in told or whatsapp(escape(label)).replace("\u2060", "") in told for label in labels)
