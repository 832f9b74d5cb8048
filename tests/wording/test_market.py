"""Pay in words: before deductions, closed ones first, rupiah with its day; and vacancies in messages that are not too long."""

from itertools import combinations

import pytest

from bot.markdown import plain
from bot.model.conversation import Sought
from bot.model.messages import Reply
from bot.understanding.release import Release
from bot.wording import Wording
from bot.wording.facts import Markdown
from bot.wording.market import Voice, compared, table
from tests.market import TODAY, job, vacancy, with_jobs, with_vacancies

LANGUAGES = ("id", "en", "jv", "su")
BIG = ("taiwan", "hong-kong", "malaysia", "singapore", "japan", "south-korea", "brunei", "saudi-arabia")


def voice(release: Release, language: str = "id") -> Voice:
    wording = Wording(release)
    return Voice(release, language, lambda name, /, **given: Markdown(wording.phrase(name, language, **given)), TODAY)


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("country", ["", *BIG, "taiwan,japan,germany,turkiye"])
@pytest.mark.parametrize("sector", ["", "factory-work", "domestic-work", "caregiver-nurse"])
def test_every_figure_is_said_to_be_before_deductions(release: Release, country: str, sector: str) -> None:
    text = table(voice(release), country, sector)
    assert ("sebelum potongan" in text) == ("per " in text)
    assert len(plain(text)) <= 700


def test_what_is_closed_stands_first_and_many_closed_ones_in_one_line(release: Release) -> None:
    first, *rest = lines(table(voice(release), "", "domestic-work"))
    assert "tidak ada penempatan resmi" in first and "Kuwait" in first and "Qatar" in first
    assert rest and all("tidak ada penempatan resmi" not in line for line in rest)
    shut, *others = lines(table(voice(release), "saudi-arabia", ""))
    assert "tidak ada penempatan resmi" in shut and others


def test_one_sector_is_not_named_in_each_line_nor_one_country(release: Release) -> None:
    assert all("pabrik" not in line.split(":")[0] for line in lines(table(voice(release), "", "factory-work")))
    assert all("Taiwan" not in line.split(":")[0] for line in lines(table(voice(release), "taiwan", "")))
    assert lines(table(voice(release), "south-korea", "factory-work"))[0].startswith("- **Korea Selatan, pabrik**")


def test_what_is_the_same_for_several_kinds_of_work_is_said_once(release: Release) -> None:
    alike = with_jobs(release, [job("taiwan", 900), job("taiwan", 900, sector="agriculture")])
    (line,) = lines(table(voice(alike), "taiwan", ""))
    assert "abrik" in line and "ertanian" in line


def test_what_else_there_is_is_named_once(release: Release) -> None:
    (more,) = [line for line in lines(table(voice(release), "taiwan", "")) if "Ada juga data untuk" in line]
    names = more.partition(": ")[2].partition(". ")[0].split("; ")
    assert len(names) == len(set(names)) > 2


def test_rows_of_one_country_and_sector_are_told_apart_by_their_notes(release: Release) -> None:
    told = [line for line in lines(table(voice(release), "taiwan", "caregiver-nurse")) if "Taiwan" in line]
    assert len(told) == 2 and "rumah majikan" in told[0] and "panti" in told[1]


def test_work_we_have_no_figure_of_is_not_answered_with_another_in_silence(release: Release) -> None:
    assert table(voice(release), "hong-kong", "factory-work").startswith("Untuk pabrik di sana kami tidak punya angka")


def test_rupiah_comes_with_the_day_of_its_rate_and_not_without_one(release: Release) -> None:
    paid = [job("taiwan", 30_000, currency="TWD")]
    (line,) = lines(table(voice(with_jobs(release, paid, TWD=550.0)), "taiwan", "factory-work"))
    assert "kira-kira Rp16,5 juta" in line and "kurs 30 Sep 2026" in line
    (line,) = lines(table(voice(with_jobs(release, paid)), "taiwan", "factory-work"))
    assert "Rp" not in line and "kurs" not in line


def test_rupiah_is_no_finer_than_a_rate_allows(release: Release) -> None:
    hourly = with_jobs(release, [job("japan", 1_023, high=1_226, currency="JPY", per="hour")], JPY=113.1689)
    (line,) = lines(plain(table(voice(hourly), "japan", "factory-work")))
    assert "kira-kira Rp116.000 sampai Rp139.000" in line


def test_the_first_line_of_a_comparison_is_the_answer(release: Release) -> None:
    held = with_jobs(release, [job("taiwan", 900), job("south-korea", 1_500)], USD=16_000.0)
    first, *_ = plain(compared(voice(held), "taiwan,south-korea", "")).splitlines()
    assert first == "Untuk pabrik: gaji di Korea Selatan lebih besar."


def test_a_comparison_says_closed_first_and_plainly(release: Release) -> None:
    text = plain(compared(voice(release), "malaysia,saudi-arabia", ""))
    first, *_ = text.splitlines()
    assert "Arab Saudi ditutup" in first and "lebih besar" not in text
    assert lines(text)[0].startswith("- Arab Saudi")


def test_a_comparison_ends_with_what_it_leaves_out(release: Release) -> None:
    for language, words in (("id", "sebelum potongan"), ("en", "before deductions")):
        *_, last = compared(voice(release, language), "taiwan,hong-kong", "").splitlines()
        assert words in last and ("Harga" in last or "Prices" in last)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_comparison_of_two_fits_into_a_message(release: Release, language: str) -> None:
    for pair in combinations(BIG, 2):
        for sector in ("", *release.content.sectors):
            text = plain(compared(voice(release, language), ",".join(pair), sector))
            assert len(text) <= 700, text
            assert all(line for line in text.splitlines()[:1])


def test_a_comparison_stands_where_the_table_stood_and_the_rest_of_the_answer_stays(wording: Wording) -> None:
    topic = wording.release.content.topics["jobs/wages"]
    alone, both = (wording.answer(topic, "id", TODAY, named) for named in ("taiwan", "taiwan,south-korea"))
    assert alone[0] != both[0] and "lebih besar" in both[0]
    assert alone[1:] == both[1:]


def test_four_countries_are_a_table(wording: Wording) -> None:
    topic = wording.release.content.topics["jobs/wages"]
    text = wording.answer(topic, "id", TODAY, "taiwan,japan,malaysia,germany")[0]
    assert "lebih besar" not in text and "NT$" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_vacancies_go_into_several_messages_each_short_enough(release: Release, language: str) -> None:
    long = {"title": "T" * 60, "agency": "A" * 60, "place": "P" * 40, "apply": "x" * 160}
    full = with_vacancies(release, *(vacancy(f"v{n}", languages=("mandarin", "english"), **long) for n in range(4)))
    facts = {"vacancies": ("v0", "v1", "v2", "v3"), "count": 4, "today": TODAY}
    messages = Wording(full).write(Reply("vacancies/new", facts), language)
    assert 2 <= len(messages) <= 4
    assert all(len(plain(one.text)) <= 700 for one in messages)
    assert sum(one.text.count("T" * 60) for one in messages) == 4


def test_a_vacancy_says_all_that_matters(release: Release) -> None:
    one = vacancy(place="Taoyuan", languages=("mandarin",))
    (message,) = Wording(with_vacancies(release, one)).write(
        Reply("vacancies/new", {"vacancies": ("v-1",), "count": 1, "today": TODAY}), "id"
    )
    told = plain(message.text)
    for words in (
        "Operator produksi",
        "Taiwan",
        "NT$29.500 per bulan sebelum potongan",
        "Umur 20 sampai 38",
        "SMA",
        "bahasa Mandarin",
        "PT Contoh",
        "31 Des 2026",
        "SISKOP2MI nomor 0001",
        "Jangan bayar apa pun sebelum dicek",
    ):
        assert words in told, words


def test_what_an_agency_wrote_is_text_and_no_markup(release: Release) -> None:
    sly = vacancy(title="**Gratis** [klik](https://jahat.test)", apply="a\n\n- Menu")
    (message,) = Wording(with_vacancies(release, sly)).write(
        Reply("vacancies/new", {"vacancies": ("v-1",), "count": 1, "today": TODAY}), "id"
    )
    assert "**Gratis** [klik](https://jahat.test)" in plain(message.text)


def test_wages_of_one_side_only_are_one_line(release: Release) -> None:
    both = [job("taiwan", 900, note={"id": "Rumah. Lagi."}), job("taiwan", 1_900, note={"id": "Panti. Lagi."})]
    held = with_jobs(release, [*both, job("japan", open=False)], USD=16_000.0)
    told = lines(plain(compared(voice(held), "taiwan,japan", "")))
    assert len(told) == 3 and "Rumah" in told[1] and "Lagi" not in told[1]


def test_the_list_of_what_somebody_waits_for_is_in_words(wording: Wording) -> None:
    wishes = (Sought("taiwan", "factory-work"), Sought())
    (message,) = wording.write(Reply("subscriptions/list", {"wishes": wishes}), "id")
    assert "Taiwan, pabrik" in message.text and "semua lowongan baru" in message.text
