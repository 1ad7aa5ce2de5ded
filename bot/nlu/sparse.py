"""Words and letters as numbers: TF-IDF of n-grams, kept as plain arrays and JSON, without pickle."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

WORDS = 2  # longest run of words
LETTERS = (2, 5)  # shortest and longest run of letters within a word


def grams(words: Sequence[str]) -> Iterator[str]:
    """The features of a text: ``w:`` runs of words, ``c:`` runs of letters with the word's borders."""
    framed = ["^", *words, "$"]
    for length in range(1, WORDS + 1):
        for start in range(len(framed) - length + 1):
            yield "w:" + " ".join(framed[start : start + length])
    shortest, longest = LETTERS
    for word in words:
        bordered = f" {word} "
        for length in range(shortest, longest + 1):
            for start in range(len(bordered) - length + 1):
                yield "c:" + bordered[start : start + length]


@dataclass(frozen=True)
class Vocabulary:
    """The n-grams known from training; ``weights`` holds each one's inverse document frequency."""

    index: dict[str, int]
    weights: NDArray[np.float32]

    @classmethod
    def learn(cls, texts: Sequence[Sequence[str]], at_least: int) -> "Vocabulary":
        """Keep the n-grams that ``at_least`` so many texts share."""
        counts = Counter(gram for words in texts for gram in set(grams(words)))
        kept = sorted(gram for gram, count in counts.items() if count >= at_least)
        frequency = np.array([counts[gram] for gram in kept], dtype=np.float64)
        weights = np.log((1 + len(texts)) / (1 + frequency)) + 1
        return cls({gram: at for at, gram in enumerate(kept)}, weights.astype(np.float32))

    def features(self, words: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Where a text has features, and how much of each; words and letters are each of length one."""
        counts = Counter(gram for gram in grams(words) if gram in self.index)
        at = np.fromiter((self.index[gram] for gram in counts), dtype=np.int64, count=len(counts))
        much = 1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
        much *= self.weights[at]
        is_word = np.fromiter((gram[0] == "w" for gram in counts), dtype=bool, count=len(counts))
        for kind in (is_word, ~is_word):
            much[kind] /= np.linalg.norm(much[kind]) or 1.0
        return at, much.astype(np.float32)

    def matrix(self, texts: Sequence[Sequence[str]]) -> csr_matrix:
        """One row a text, one column an n-gram."""
        rows = [self.features(words) for words in texts]
        ends = np.cumsum([0, *(len(at) for at, _ in rows)])
        at = np.concatenate([at for at, _ in rows]) if rows else np.empty(0, dtype=np.int64)
        much = np.concatenate([much for _, much in rows]) if rows else np.empty(0, dtype=np.float32)
        return csr_matrix((much, at, ends), shape=(len(rows), len(self.index)), dtype=np.float32)
