"""Which example questions another topic would answer if they were not its lesson."""

from bot.understanding.collisions import collisions
from bot.understanding.search import Example

CAPITAL = [f"modal usaha {word}" for word in ("warung", "bakso", "ternak", "lele", "toko", "jahit")]
LOAN = [f"pinjam uang berangkat {word}" for word in ("korea", "taiwan", "jepang", "brunei", "malaysia", "jerman")]


def example(topic: str, text: str) -> Example:
    return Example(topic, tuple(text.split()), text=text)


CLEAR = [*(example("capital", one) for one in CAPITAL), *(example("loan", one) for one in LOAN)]


def test_a_question_that_looks_like_another_topics_is_named_with_its_like() -> None:
    astray = example("loan", "modal usaha warung lele")
    found = next(one for one in collisions([*CLEAR, astray], lambda _: ()) if one.example == astray)
    assert found.topic == "capital"
    assert found.alike.text in ("modal usaha warung", "modal usaha lele") and found.chance > 0.5


def test_topics_that_are_never_meant_do_not_collide() -> None:
    astray = example("loan", "modal usaha warung lele")
    assert "capital" not in [one.topic for one in collisions([*CLEAR, astray], lambda _: ("capital",))]


def test_clear_examples_do_not_collide() -> None:
    assert list(collisions(CLEAR, lambda _: ())) == []
