"""The score of a text: longer sentences and longer words raise it, and what the data brings in does not count."""

from dataclasses import replace

import pytest

from bot.knowledge.ease import ease, own_words
from bot.understanding.release import Release


def test_the_score_is_words_in_a_sentence_and_the_share_of_long_words() -> None:
    found = ease("Bawa paspor asli. Jangan tandatangan apa pun.")
    assert found.words == 7
    assert found.score == round(7 / 2 + 100 * 1 / 7, 1)
    assert (found.longest, found.longest_words) == ("Jangan tandatangan apa pun.", 4)


@pytest.mark.parametrize(
    ("easier", "harder"),
    [
        ("Bawa KTP. Bawa KK.", "Bawa KTP dan bawa KK."),
        ("Minta surat.", "Minta pengesahan."),
        ("- satu dua\n- tiga empat", "- satu dua tiga empat"),
    ],
)
def test_what_is_harder_scores_higher(easier: str, harder: str) -> None:
    assert ease(easier).score < ease(harder).score


def test_numbers_and_addresses_are_no_words() -> None:
    assert ease("Telepon 0800-1000 (https://kemlu.go.id).").words == 1
    assert ease("P3MI 2026 di KP2MI").words == 3
    assert ease("2026").words == ease("").words == 0


def test_a_dot_inside_an_amount_ends_no_sentence() -> None:
    assert ease("Bayar Rp9.622.000 saja. Minta bukti.").longest == "Bayar Rp9.622.000 saja."


def test_what_the_data_brings_in_is_left_out(release: Release) -> None:
    answer = replace(release.content.topics["jobs/wages"].answers["id"],
                     parts=('Gaji: {{ wage_table }} {{ contact("kp2mi") }} {{ figure("insurance-before") }}',))  # fmt: skip
    assert own_words(answer).parts == ('Gaji:   {{ figure("insurance-before") }}',)
