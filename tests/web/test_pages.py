"""How templates become pages."""

from datetime import UTC, datetime, timedelta

import pytest
from jinja2 import UndefinedError
from starlette.requests import Request

from bot.model.content import Source, Way
from bot.web.pages import language_of, open_pages

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def pages():
    return open_pages()


def filled(pages, template, language="id", **facts):
    given = {"language": language, **facts}
    return pages.environment.from_string(template).render(given)


def way(kind, value):
    return Way(kind, value, "2026-09-12", Source("", "", "", "verified"))


@pytest.mark.parametrize(
    ("kind", "value", "leads"),
    [
        ("phone", "0800-1000", "tel:08001000"),
        ("phone", "+62 21-2924 4800", "tel:+622129244800"),
        ("whatsapp", "0811-8080-141", "https://wa.me/628118080141"),
        ("whatsapp", "+62 812-9007-0027", "https://wa.me/6281290070027"),
        ("email", "halo@contoh.id", "mailto:halo@contoh.id"),
        ("web", "https://contoh.id", "https://contoh.id"),
        ("app", "Safe Travel", ""),
    ],
)
def test_a_way_to_reach_somebody_can_be_touched(pages, kind, value, leads):
    assert filled(pages, "{{ way | dial }}", way=way(kind, value)) == leads


@pytest.mark.parametrize("language", ["id", "en", "jv", "su", "mad", "sas", "ms"])
def test_how_far_off_a_moment_is_is_said_in_words_in_every_language(pages, language):
    told = filled(pages, "{{ then | away(now) }}", language, then=NOW + timedelta(hours=3), now=NOW)
    assert "3" in told
    assert told[0] not in "+-"


def test_a_whole_date_is_put_into_words_and_a_bare_year_stays(pages):
    assert filled(pages, "{{ '2026-09-12' | day }}") == "12 Sep 2026"
    assert filled(pages, "{{ '2026' | day }}") == "2026"


def test_the_clock_is_the_zones(pages):
    assert filled(pages, "{{ now | clock('Asia/Jayapura') }}", "en", now=NOW) == "Mon 23 Nov, 11:00 WIT"


def test_what_is_not_markdown_of_ours_is_text(pages):
    assert filled(pages, "{{ text }}{{ text | html }}", text="<b>") == "&lt;b&gt;<p>&lt;b&gt;</p>"


def test_a_fact_that_is_missing_raises(pages):
    with pytest.raises(UndefinedError):
        filled(pages, "{{ nothing }}")


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        (b"", "", "id"),
        (b"", "en-US,id;q=0.9", "en"),
        (b"", "zh-TW,zh;q=0.9,en;q=0.1", "en"),
        (b"", "*", "id"),
        (b"lang=en", "id", "en"),
        (b"lang=../../etc", "", "id"),
    ],
)
def test_the_language_is_one_we_speak(query, accept, language):
    headers = [(b"accept-language", accept.encode())]
    assert language_of(Request({"type": "http", "query_string": query, "headers": headers})) == language
