"""What is kept of a question for the editors: our own words, and nobody's name."""

import pytest

from bot.model.feedback import HIDDEN
from bot.understanding.release import Release
from bot.understanding.vocabulary import MOST_KEPT, Vocabulary

NAMES = """
abdul ade agung agus ahmad aisyah ajeng ali amin aminah anggun ani anita anwar apriyani arif arum asep asih astuti ayu
baiq bambang bayu budi cahyo cecep citra dadang darmi dasuki darto dedi deni desi devi dewi dian didik dini doni dwi
edi eka eko elis endang erna euis fadhilah fajar farida fatimah fitri galih gatot gede gilang gunawan hadi halimah
handayani hartono hasan hasanah hendra herman heru hidayat husna ida iis ilham imam imas indah indra intan irma irwan
iwan joko jumiati kadek karsinah karto kasmi ketut khotimah komang kurnia kusnadi laila lastri lestari lilis lina luh
lukman made maesaroh mahmud mamat maria marni marsinah maryam maya megawati mila minah muhammad mujiati mukhlis mulyono
murni mustofa nani neneng ngatinah nia nining novi nunung nur nurhaliza nurul nyoman oki painem parjo permata prasetyo
puji purwanti putri rahayu rahmat ratih ratna retno ridwan rina rini rizki rohman ropiah rudi rukmini rusdi sadiyah
sarinah sariyem siti slamet soleh sri sudarmi suharto sukinem sukma sulastri sumarni sumiati sunarti supardi suparmi
supriyadi suryati susanti susilo sutinah sutrisno suwarni suyanti tarsono taufik tini titik tri tukiyem turiyah tuti
udin ujang umar umi usman vina wagiyem wahyu wahyuni warsinah wati wawan wayan widodo winarti wiwik wulan yanti yanto
yati yeni yoga yudi yuli yuliana yuni yusuf zahra zainab zainal
"""
ALSO_ORDINARY = {
    "ade": "younger brother or sister",
    "ajeng": "to want, in Javanese",
    "asih": "love, pity",
    "ayu": "pretty, in Javanese",
    "didik": "to educate",
    "dini": "early",
    "gede": "big, in Javanese and Sundanese",
    "made": "in English",
    "puji": "praise",
    "putri": "daughter",
    "slamet": "safe and sound, in Javanese",
    "titik": "point",
    "wulan": "month, in Javanese",
}


@pytest.fixture
def vocabulary(release: Release) -> Vocabulary:
    return release.vocabulary()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("suami saya budi di jl mawar", "suami saya … di …"),
        ("SUAMI SAYA BUDI KERJA DI TAIWAN", "suami saya … kerja di taiwan"),
        ("istri saya Putri kerja di Hong Kong", "istri saya … kerja di hong kong"),
        ("nama saya siti nurhaliza hp 0812-3456 7890", "nama saya … hp #"),
        ("tanya dong, email siti.aminah77@example.org", "tanya dong email …"),
        ("hubungi saya di wa081234567890 ya", "hubungi saya di … ya"),
        ("Cara bikin paspor. Kalau hilang gimana?", "cara bikin paspor kalau hilang gimana"),
        ("Saya Mau Kerja Di Taiwan", "saya mau kerja di taiwan"),
        ("gajiii ku brp, surat2 apa aja, majikanku", "gajiii ku brp surat2 apa aja majikanku"),
        ("apa itu BP2MI", "apa itu bp2mi"),
        ("你好 budi", HIDDEN),
    ],
)
def test_only_our_own_words_are_kept(text: str, kept: str, vocabulary: Vocabulary) -> None:
    assert vocabulary.without_names(text) == kept


@pytest.mark.parametrize("name", NAMES.split())
def test_a_given_name_in_small_letters_is_not_kept_unless_it_is_a_word(name: str, vocabulary: Vocabulary) -> None:
    kept = vocabulary.without_names(f"suami saya {name} kerja di taiwan").split()
    assert (name in kept) <= (name in ALSO_ORDINARY)
    assert name not in vocabulary.without_names(f"suami saya {name.title()} kerja di taiwan").split()


def test_hardly_any_name_of_a_village_is_kept(release: Release) -> None:
    """Those made of ordinary words are: Kampung Baru, Suka Maju; there are dozens of each."""
    names = [one.village.lower() for one in release.villages.under("52") + release.villages.under("35.05")]
    kept = [one for one in names if HIDDEN not in release.vocabulary().without_names(f"saya dari desa {one}")]
    assert len(names) > 1000
    assert len(kept) < len(names) * 0.06, kept
    assert {"lantan", "karang sidemen", "sukodono"}.isdisjoint(kept)


def test_no_village_written_as_a_name_is_kept(release: Release) -> None:
    villages = release.villages.under("35.05")
    kept = [release.vocabulary().without_names(f"saya dari desa {one.village.title()}") for one in villages]
    assert {text.split()[3] for text in kept} == {HIDDEN}


def test_a_long_story_is_cut_at_the_end_of_a_word(vocabulary: Vocabulary) -> None:
    kept = vocabulary.without_names("gaji saya tidak dibayar majikan " * 400)
    assert MOST_KEPT - 20 < len(kept) <= MOST_KEPT
    assert kept.split()[-1] in ("gaji", "saya", "tidak", "dibayar", "majikan")


def test_most_words_of_what_editors_wrote_as_questions_are_kept(release: Release) -> None:
    """One that stands in a single question may be a name."""
    questions = [one for topic in release.content.topics.values() for one in topic.answers["id"].questions]
    kept = [word for one in questions for word in release.vocabulary().without_names(one).split()]
    assert kept.count(HIDDEN) < 0.1 * len(kept)


def test_what_two_questions_speak_of_is_the_same_however_they_are_spelt(release: Release) -> None:
    one, other = release.gist("mau tanya dong gmn gaji di hk"), release.gist("gaji Hong Kong bagaimana")
    assert one == other
    assert "@hong-kong" in one


def test_what_is_hidden_speaks_of_nothing(release: Release) -> None:
    assert release.gist("… # …") == frozenset()
