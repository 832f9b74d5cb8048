"""What people type is shown as they typed it and never becomes markup or a template."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.markdown import plain, telegram, web
from bot.model.escaping import clean
from bot.wording import Wording

NASTY = (
    "**bold**",
    "_x_",
    "`code`",
    "[here](https://bad.test)",
    "<b>x</b><script>alert(1)</script>",
    "# head",
    "- list",
    "1. list",
    "> quote",
    "\\",
    "***",
    "a\n\n- b",
    "![x](y)",
    "&amp; &lt;",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "%(number)s",
    "%s",
    "===",
    "a\n---\nb",
    "https://bad.test",
    "\u202eetirw",
    "| a | b |",
    "~~x~~",
    "   indented",
)
texts = st.sampled_from(NASTY) | st.text(max_size=80)
calm = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def said(wording: Wording, text: str) -> str:
    return wording.phrase("told/said", "id", officer="Bu Ani", number="1000019", text=text)


@pytest.mark.parametrize("text", NASTY)
def test_nasty_words_are_shown_as_they_were_typed(wording: Wording, text: str) -> None:
    shown = plain(said(wording, text))
    for line in clean(text).splitlines():
        assert line.strip() in shown


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=y>", "[x](javascript:alert(1))"])
def test_no_element_or_link_comes_of_what_was_typed(wording: Wording, text: str) -> None:
    assert "<script" not in web(said(wording, text)) and "<img" not in web(said(wording, text))
    assert "href" not in web(said(wording, text))


@calm
@given(text=texts)
def test_what_is_around_the_words_stays_what_it_is(wording: Wording, text: str) -> None:
    """The same bold words and paragraphs come out, whatever stands in the middle."""
    assert web(said(wording, text)).count("<strong>") == web(said(wording, "biasa")).count("<strong>")
    assert "<a " not in web(said(wording, text)) and "<li>" not in web(said(wording, text))
    assert str(telegram(said(wording, text)))


def test_a_template_in_a_name_is_a_name(wording: Wording) -> None:
    assert "{{ 7*7 }}" in plain(wording.phrase("told/claimed", "id", officer="{{ 7*7 }}", number="1000019"))
