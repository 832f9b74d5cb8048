"""House Markdown on every screen: what it shows, what it never becomes, and where it is cut."""

import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.markdown.read import read
from bot.markdown.render import pieces, plain, size, telegram, web
from bot.model.escaping import clean, escape

ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
SCRAPS = ["*", "**", "_", "`", "[", "](http://x)", "<b>", "</b>", "&amp;", "\\", "- ", "1. ", "1) ", "# ", "> "]
SCRAPS += ["    ", "\t", "\n", "\n\n", "```", "~~", "|", "===", "---", "![", "http://x.id", "+ ", '"', "'", "="]
SCRAPS += ["\x00", "\ud800", "\r\n", "\u2028", "\u202e", "\u2069", "\u200d", "\u0301", "budi", "é", "\U0001f600"]
SCRAPS += ["{{ x }}", "&#60;"]
hostile = st.one_of(st.text(), st.lists(st.sampled_from(SCRAPS)).map("".join), st.text(alphabet="*_[]()<>\\-1. \n"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**tebal** dan *miring*", "<b>tebal</b> dan <i>miring</i>"),
        ("__tebal__ _miring_", "<b>tebal</b> <i>miring</i>"),
        ("***dua***", "<i><b>dua</b></i>"),
        ("Bawa:\n- KTP\n- KK", "Bawa:\n- KTP\n- KK"),
        ("satu\n\n* a\n* b", "satu\n\n- a\n- b"),
        ("1. a\n1. b\n1. c", "1. a\n2. b\n3. c"),
        ("4. d\n5. e", "4. d\n5. e"),
        ("- a\n  - b\n- c", "- a\n  - b\n- c"),
        ("satu\ndua\\\ntiga  \nempat", "satu\ndua\ntiga\nempat"),
        ("[kantor](https://x.id/?a=1&b=2)", '<a href="https://x.id/?a=1&amp;b=2">kantor</a>'),
        ("[telepon kami](tel:+6221500)", "telepon kami (+6221500)"),
        ("[021-500-123](tel:+6221500123)", "021-500-123"),
        ("[surat](mailto:a@b.id)", "surat (a@b.id)"),
        (r"\*biasa\* \[x\] 5 \> 4", "*biasa* [x] 5 &gt; 4"),
        ("", ""),
    ],
)
def test_telegram_gets_html_of_the_house_markdown(text: str, shown: str) -> None:
    assert telegram(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "# judul",
        "judul\n===",
        "judul\n---",
        "> kutipan",
        "`kode`",
        "```\nkode\n```",
        "~~coret~~",
        "![foto](https://x.id/a.png)",
        "<https://x.id>",
        "https://x.id",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "<b>tebal</b>",
        "&lt; &#65;",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "[x](//x.id)",
        "[x]",
        "[x]: https://x.id",
        "***",
    ],
)
def test_everything_else_is_shown_as_it_stands(text: str) -> None:
    assert plain(text) == text
    assert unescape(telegram(text)) == text
    assert re.findall(r"<(?!/?(?:p|br)>)", web(text)) == []


def test_a_page_gets_paragraphs_lists_and_safe_links() -> None:
    page = web('Bawa **KTP**:\n- *satu*\n\n[k](https://x.id "judul") [t](tel:1) [m](mailto:a@b.id) [n]() 1 < 2')
    assert page == (
        "<p>Bawa <strong>KTP</strong>:</p>\n<ul>\n<li><em>satu</em></li>\n</ul>\n"
        '<p><a href="https://x.id" rel="noopener">k</a> <a href="tel:1" rel="noopener">t</a>'
        ' <a href="mailto:a@b.id" rel="noopener">m</a> n 1 &lt; 2</p>'
    )


def test_a_terminal_sees_where_links_lead() -> None:
    assert plain("**a** [b](https://x.id) [c]()") == "a b (https://x.id) c"


@pytest.mark.parametrize(
    "typed",
    [
        "**bukan tebal** _x_ `y` ~~z~~",
        "- satu\n- dua",
        "1. satu\n2) dua",
        "# a\n> b\n+ c\n=\n---",
        "    menjorok\n\tjuga\n  dua",
        "satu\n\n\n    dua",
        "[klik](https://jahat.id) ![x](y) <a href='x'>y</a>",
        "\\* \\\\ \\",
        "&lt;b&gt; &amp;",
        "(*)_*_(*)",
        "1.",
        "-",
        "Jl. Mawar 5, RT 02/RW 03 (dekat pasar)",
    ],
)
def test_what_people_type_is_shown_as_they_typed_it(typed: str) -> None:
    assert plain(escape(typed)) == typed.strip()
    assert unescape(telegram(escape(typed))) == typed.strip()


@given(hostile)
@settings(deadline=None)
@example("\u2069\u202e\u2066a")
@example("a\n\n\n- b\\")
def test_whatever_is_typed_comes_out_as_typed_and_as_nothing_else(typed: str) -> None:
    wanted = clean(typed).translate(ISOLATES)
    assert plain(escape(typed)).translate(ISOLATES) == wanted
    assert unescape(telegram(escape(typed))).translate(ISOLATES) == wanted
    assert re.findall(r"<[^>]*>", telegram(escape(typed))) == []
    assert set(re.findall(r"<[^>]*>", web(escape(typed)))) <= {"<p>", "</p>", "<br>"}


@given(hostile)
@settings(deadline=None)
def test_typed_words_do_not_change_what_stands_around_them(typed: str) -> None:
    shown = plain(f"Nama:\n\n- dari {escape(typed)} itu\n- *dua*\n\n**tiga**").translate(ISOLATES)
    assert shown == f"Nama:\n\n- dari {clean(typed).translate(ISOLATES)} itu\n- dua\n\ntiga"


def test_words_that_turn_the_direction_are_isolated_line_by_line() -> None:
    assert escape("a\u202eb\nc") == "\u2068a\u202eb\u2069\\\nc"


def test_typed_ends_of_isolates_cannot_leave_theirs() -> None:
    assert escape("a\u2069\u202eb\u2066c") == "\u2068a\u202eb\u2066c\u2069\u2069"


def test_a_name_in_arabic_or_with_an_emoji_is_left_alone() -> None:
    assert (
        escape("محمد \U0001f468\u200d\U0001f469\u200d\U0001f467") == "محمد \U0001f468\u200d\U0001f469\u200d\U0001f467"
    )


def test_typed_control_characters_and_half_characters_are_gone() -> None:
    assert escape("a\x00b\x1b[2Jc\ud800d") == "ab\\[2Jcd"


def test_half_characters_in_a_message_cannot_stop_it() -> None:
    assert telegram("a\ud800b") == web("a\ud800b").removeprefix("<p>").removesuffix("</p>") == "ab"


def test_a_text_that_fits_is_one_piece_as_it_was() -> None:
    assert pieces("**a**\n\n- b", 7) == ["**a**\n\n- b"]


def test_text_is_cut_between_paragraphs_first() -> None:
    assert pieces("satu\n\ndua\n\ntiga", 11) == ["satu\n\ndua", "tiga"]


def test_then_between_lines() -> None:
    assert pieces("- satu\n- dua\n- tiga", 13) == ["- satu\n- dua", "- tiga"]


def test_then_after_a_sentence() -> None:
    assert pieces("Satu dua. Tiga empat lima.", 18) == ["Satu dua.", "Tiga empat lima."]


def test_then_at_a_blank_and_then_anywhere() -> None:
    assert pieces("satu dua tiga", 10) == ["satu dua", "tiga"]
    assert pieces("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_numbers_of_a_list_go_on_in_the_next_piece() -> None:
    assert [telegram(piece) for piece in pieces("1. satu\n2. dua\n3. tiga", 14)] == ["1. satu\n2. dua", "3. tiga"]


def test_a_bold_word_or_a_link_is_moved_rather_than_cut() -> None:
    assert pieces("awal sekali **tebal dan kuat** akhir", 22) == ["awal sekali", "**tebal dan kuat** akhir"]


def test_what_is_bold_and_too_long_goes_on_bold() -> None:
    assert pieces("**satu dua tiga**", 10) == ["**satu dua**", "**tiga**"]
    assert [telegram(piece) for piece in pieces("[satu dua tiga](https://x.id/(a))", 10)] == [
        '<a href="https://x.id/(a)">satu dua</a>',
        '<a href="https://x.id/(a)">tiga</a>',
    ]


def test_a_link_costs_what_the_screen_shows_of_it() -> None:
    assert len(pieces("[kantor](https://x.id/" + "a" * 5000 + ")", 10)) == 1


def test_an_emoji_counts_two_and_stays_whole() -> None:
    assert pieces("\U0001f600" * 5, 4) == ["\U0001f600" * 2, "\U0001f600" * 2, "\U0001f600"]
    assert pieces("ab\U0001f468\u200d\U0001f469\u200d\U0001f467", 8)[0] == "ab"


def test_list_letters_in_the_middle_of_a_cut_line_stay_letters() -> None:
    assert [plain(piece) for piece in pieces("hitungan enam - tujuh", 14)] == ["hitungan enam", "- tujuh"]


def test_a_cut_line_keeps_its_styles_whatever_it_now_begins_with() -> None:
    assert [telegram(piece) for piece in pieces("satu dua tiga 1) **empat**", 14)] == [
        "satu dua tiga",
        "1) <b>empat</b>",
    ]


def test_an_inner_list_may_begin_a_piece() -> None:
    text = "- satu\n  - dua **tiga**\n  - empat"
    assert [telegram(piece) for piece in pieces(text, 17)] == ["- satu", "- dua <b>tiga</b>", "- empat"]


def test_marks_that_cannot_be_written_again_are_left_out_rather_than_shown() -> None:
    assert [telegram(piece) for piece in pieces("satu dua tiga __d__*(f)*", 14)] == ["satu dua tiga", "d(f)"]


@given(st.lists(st.sampled_from([*SCRAPS, "kata ", "**tebal**", "[k](https://x.id)", "panjang sekali. "]), max_size=60))
@settings(max_examples=200, deadline=None)
def test_pieces_fit_and_lose_nothing(scraps: list[str]) -> None:
    text = "".join(scraps)
    parts = pieces(text, 16)
    assert all(size(read(part)) <= 16 for part in parts)
    assert "".join("".join(map(telegram_words, parts)).split()) == "".join(telegram_words(text).split())


def telegram_words(text: str) -> str:
    return unescape(re.sub("<[^>]*>", "", telegram(text)))


@pytest.mark.parametrize("scrap", ["[", "![", "**a", "*a_ ", "[a](", "[]", "\\*", "- ", "1. a\n", "  - a\n", "_"])
def test_hostile_text_is_rendered_as_far_as_it_goes(scrap: str) -> None:
    text = (scrap * 4096)[:4096]
    assert telegram_words(text).strip(" -\n")[:1] in text


@pytest.mark.parametrize("typed", ["*_[\\" * 16_000, "\u202e\n" * 10_000, "    " * 16_000 + "x", "1" * 64_000 + "."])
def test_the_longest_a_person_can_type_is_shown_as_typed(typed: str) -> None:
    shown = plain(escape(typed)).translate(ISOLATES)
    assert "".join(shown.split()) == "".join(typed.split())
