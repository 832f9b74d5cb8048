"""House Markdown on WhatsApp: what its own reader makes of it, and what typed words never become."""

import re
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.markdown import plain, units, whatsapp, whatsapp_pieces
from bot.model.escaping import clean, escape
from tests.markdown.test_markdown import ISOLATES, SCRAPS, hostile

WIDE = str.maketrans("＊＿～｀", "*_~`", "\u2060")
MARKED = re.compile(r"(?<![^\W_])([*_~])(?=\S)(.+?)(?<=\S)\1(?![^\W_])|(`)(.+?)\3")
LISTED = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s|^\s*>", re.MULTILINE)


def read_by_whatsapp(text: str) -> list[str]:
    """The words a phone shows in another style, by the widest reading of the marks we know of."""
    return [found[2] or found[4] for line in text.split("\n") for found in MARKED.finditer(line)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("**tebal** dan *miring*", "*tebal* dan _miring_"),
        ("**semua *dua* sama**", "*semua _dua_ sama*"),
        ("***dua***", "*_dua_*"),
        ("Bawa:\n- KTP\n- KK", "Bawa:\n- KTP\n- KK"),
        ("4. d\n5. e", "4. d\n5. e"),
        ("- a\n  - b\n- c", "- a\n  - b\n- c"),
        ("[kantor](https://x.id/?a=1&b=2)", "kantor (https://x.id/?a=1&b=2)"),
        ("[kantor](https://x.id/~budi_/a_b)", "kantor (https://x.id/%7Ebudi%5F/a_b)"),
        ("**[kantor](https://x.id)**", "*kantor (https://x.id)*"),
        ("[telepon kami](tel:+6221500)", "telepon kami (+6221500)"),
        ("[021-500-123](tel:+6221500123)", "021-500-123"),
        ("", ""),
    ],
)
def test_whatsapp_gets_its_own_marks(text: str, marked: str) -> None:
    assert whatsapp(text) == marked


@pytest.mark.parametrize("text", ["Rp**100**", "**Rp**100", "me*nulis*kan", "**1**a", "**a***b*"])
def test_marks_that_would_be_shown_are_left_out(text: str) -> None:
    assert whatsapp(text) == plain(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*tebal* _miring_ ~coret~", "＊tebal＊ ＿miring＿ ～coret～"),
        ("```kode``` `kode`", "｀｀｀kode｀｀｀ ｀kode｀"),
        ("nama_saya_budi@x.id 5*3", "nama_saya_budi@x.id 5*3"),
        ("_x_ https://desa.test/l/a-_b__c_ _y_", "＿x＿ https://desa.test/l/a-%5Fb%5F%5Fc%5F ＿y＿"),
        ("- satu\n2. dua\n> tiga\n* empat", "\u2060- satu\n\u20602. dua\n\u2060> tiga\n\u2060＊ empat"),
        ("[klik](https://jahat.id)", "[klik]\u2060(https://jahat.id)"),
    ],
)
def test_what_people_type_is_shown_as_typed(typed: str, shown: str) -> None:
    assert whatsapp(escape(typed)) == shown


@given(hostile)
@settings(deadline=None)
@example("*a b*")
@example("a*_b_*")
@example("-\r0")
@example("http://](")
def test_whatever_is_typed_marks_nothing(typed: str) -> None:
    shown = whatsapp(escape(typed))
    assert read_by_whatsapp(shown) == []
    assert LISTED.search(shown) is None
    assert "](" not in shown
    assert unquote(shown.translate(WIDE).translate(ISOLATES)) == unquote(
        clean(typed).translate(WIDE).translate(ISOLATES)
    )


@given(hostile)
@settings(deadline=None)
def test_typed_words_inside_bold_ones_neither_end_nor_split_them(typed: str) -> None:
    (first, *_) = escape(typed).split("\\\n")
    shown = whatsapp(f"Nama: **x {first} y**, lalu *dua*")
    bold, italic = re.findall(r"(?<![^\W_])\*([^\n]+)\*(?![^\W_]), lalu _(\w+)_", shown)[0]
    assert bold.startswith("x ") and bold.endswith(" y") and italic == "dua"
    assert read_by_whatsapp(bold) == []


@given(st.lists(st.sampled_from([*SCRAPS, "kata ", "**tebal**", "[k](https://x.id)", "panjang sekali. "]), max_size=60))
@settings(max_examples=200, deadline=None)
@example([*"******", *["](http://x)"] * 3])
def test_pieces_fit_with_their_marks_and_lose_nothing(scraps: list[str]) -> None:
    text = "".join(scraps)
    parts = whatsapp_pieces(text, 40)
    assert all(units(part) <= 40 for part in parts)
    assert "".join(map(words, parts)) == words(whatsapp(text))


def words(shown: str) -> str:
    """The letters shown, but for those of addresses: a link that is cut says twice where it leads, and may be cut itself."""
    return re.sub(r"[\W_htpsxid]", "", unquote(shown).translate(WIDE))


def test_a_bold_word_is_moved_rather_than_cut() -> None:
    assert whatsapp_pieces("awal sekali **tebal dan kuat** akhir", 26) == ["awal sekali", "*tebal dan kuat* akhir"]


def test_the_longest_a_person_can_type_is_still_written() -> None:
    typed = "*_[\\" * 16_000
    assert whatsapp(escape(typed)).translate(WIDE) == typed.translate(WIDE)
