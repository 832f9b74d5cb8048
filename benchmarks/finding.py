"""How fast a topic is found, beside bm25s over the same phrases in the same run; how it grows; what it keeps.

Each question is asked by both in turn, seven times, from its text to three topics, and its quickest time counts: what the
machine does besides is no part of either. Tokenising is part of both; bm25s gets our stemmer with a memory, as we have one.
"""

import gc
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from resource import getpagesize

import bm25s
import numpy as np
import snowballstemmer

from benchmarks.data import DEVELOPMENT, learnable, load_release, questions
from bot.understanding.index import Index, build
from bot.understanding.release import Release

_TIMES, _MANY = 7, 20_000
Ask = Callable[[str], object]


def asks_ours(release: Release, index: Index) -> Ask:
    """A text to a decision."""
    return lambda text: index.find(release.terms(release.normaliser.tokens(text)))


def asks_bm25(texts: Sequence[str]) -> Ask:
    """A text to the three best phrases."""
    stem = lru_cache(maxsize=20_000)(snowballstemmer.stemmer("indonesian").stemWord)

    def tokens(texts: Sequence[str]) -> object:
        return bm25s.tokenize(texts, stopwords=None, stemmer=lambda words: [*map(stem, words)], show_progress=False)

    index = bm25s.BM25()
    index.index(tokens(texts), show_progress=False)
    return lambda text: index.retrieve(tokens([text]), k=3, show_progress=False)


def quickest(asks: Sequence[Ask], texts: Sequence[str]) -> list[np.ndarray]:
    """Microseconds each takes for each text."""
    best = np.full((len(asks), len(texts)), np.inf)
    for _ in range(_TIMES):
        for at, text in enumerate(texts):
            for row, ask in enumerate(asks):
                began = time.perf_counter()
                ask(text)
                best[row, at] = min(best[row, at], 1e6 * (time.perf_counter() - began))
    return list(best)


def memory() -> float:
    """Megabytes this process holds now."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * getpagesize() / 1e6


def growth(ask: Ask, texts: Sequence[str], word: str) -> float:
    """Megabytes more after many questions, each with a word never seen before."""
    before = memory()
    for number in range(_MANY):
        ask(f"{texts[number % len(texts)]} {word}{''.join(chr(97 + int(digit)) for digit in str(number))}")
    gc.collect()
    return memory() - before


def main() -> None:
    """Print the figures."""
    release = load_release()
    texts = [one.text for one in questions(release, DEVELOPMENT)]
    examples, phrases = release.finder.examples(), [one.text for one in learnable(release)]
    before, began = memory(), time.process_time()
    index = build(examples)
    print(f"learning {len(examples)} examples: {time.process_time() - began:.1f} s of the processor,")
    gc.collect()
    print(f"  {memory() - before:.0f} MB more than before, of them weights {index.learnt.weights.nbytes / 1e6:.0f} MB")
    ours, theirs = quickest([asks_ours(release, index), asks_bm25(phrases)], texts)
    for name, share in (("p50", 50), ("p99", 99)):
        mine, other = np.percentile(ours, share), np.percentile(theirs, share)
        print(f"{name}: {mine:.0f} microseconds, bm25s {other:.0f}: ratio {mine / other:.2f}")
    (few,) = quickest([asks_ours(release, build(examples[::100]))], texts)
    print(f"a hundred times the phrases: {np.median(ours) / np.median(few):.1f} times the time of a question")
    first, second = (growth(asks_ours(release, index), texts, word) for word in ("kata", "lain"))
    print(f"memory after {_MANY} different questions: {first:+.1f} MB, after as many more: {second:+.1f} MB")


if __name__ == "__main__":
    main()
