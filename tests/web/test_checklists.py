"""The checklists as pages: for anybody, to print, and nothing is kept."""

import re

import pytest

PAPERS = "departure-documents"


async def sheet(visitor, query="", id=PAPERS):
    return await visitor.get(f"/checklist/{id}?lang=id{query}")


def ticked(page):
    return re.findall(r'<li class="done">.*?<span>([^<]+?)\s*<small>', page)


async def test_a_sheet_has_every_line_with_a_box_the_date_and_whom_to_ask(visitor, release):
    page = (await sheet(visitor)).text
    checklist = release.content.checklists[PAPERS]
    assert all(item.text["id"] in page for item in checklist.items)
    assert page.count('class="box"') == len(checklist.items)
    assert "21 Nov 2026" in page and "tel:" in page and "http://desa.test" in page
    assert "0 dari 12 sudah" in page and ticked(page) == []


async def test_what_the_address_names_as_done_is_ticked_and_said_in_words(visitor):
    page = (await sheet(visitor, "&done=id-card,visa,atlantis")).text
    assert ticked(page) == ["KTP dan KK", "Visa kerja, bukan visa turis"]
    assert "2 dari 12 sudah" in page


async def test_the_sheet_speaks_the_language_asked_for(visitor):
    assert "Passport" in (await visitor.get(f"/checklist/{PAPERS}?lang=en")).text


@pytest.mark.parametrize(
    "nasty", ['"><script>alert(1)</script>', "%22onload=x", "a" * 5_000, ",,,", "%00", "{{ 7*7 }}"]
)
async def test_what_stands_in_the_address_never_comes_back_in_the_page(visitor, nasty):
    plain, other = (
        await sheet(visitor),
        await visitor.get(f"/checklist/{PAPERS}", params={"lang": "id", "done": nasty, "x": nasty}),
    )
    assert (other.status_code, other.text) == (200, plain.text)


async def test_nobody_is_known_by_looking_no_cookie_and_no_script(visitor):
    for path in (f"/checklist/{PAPERS}?done=visa", "/checklist"):
        answer = await visitor.get(path)
        assert "set-cookie" not in answer.headers
        assert "<script" not in answer.text and "style=" not in answer.text
        assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("id", ["atlantis", "<b>", "..%2f..%2fetc%2fpasswd", "%00"])
async def test_a_list_there_is_not_is_said_kindly(visitor, id):
    answer = await sheet(visitor, id=id)
    assert answer.status_code == 404
    assert "<h1>" in answer.text and "<b>" not in answer.text


async def test_the_chat_leads_to_all_lists_and_they_to_each(visitor, release):
    assert 'href="/checklist?lang=' in (await visitor.get("/")).text
    page = (await visitor.get("/checklist")).text
    for id in release.content.checklists:
        assert f'href="/checklist/{id}?lang=id"' in page
        assert (await sheet(visitor, id=id)).status_code == 200
