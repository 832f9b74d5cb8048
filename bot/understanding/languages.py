"""Which language a message is in, by its function words and word endings; Indonesian when nothing speaks against it."""

from collections.abc import Sequence

from bot.model.content import Language

_WORD, _AFFIX = 1.0, 0.3


def guess(tokens: Sequence[str], languages: Sequence[Language]) -> str:
    """The likeliest language's id. `tokens` are as typed (lower case), not yet spelt out."""
    scores = {one.id: _score(tokens, one) for one in languages}
    best = max(scores.values(), default=0.0)
    if best <= scores.get("id", 0.0) or best < _WORD:
        return "id"
    return next(id for id, score in scores.items() if score == best)


def _score(tokens: Sequence[str], language: Language) -> float:
    words = frozenset(language.words)
    return sum(_WORD if token in words else _AFFIX * _affixed(token, language) for token in tokens)


def _affixed(token: str, language: Language) -> bool:
    if len(token) < 6:
        return False
    return (bool(language.ends) and token.endswith(language.ends)) or (
        bool(language.starts) and token.startswith(language.starts)
    )
