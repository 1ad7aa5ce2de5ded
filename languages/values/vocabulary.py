"""What words and short phrases mean to the finders: ``vocabulary.txt``, read once, slips of the finger included."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from languages.lexicon import lexicon
from languages.values import numerals

VOCABULARY = Path(__file__).with_name("vocabulary.txt")
LONGEST_PHRASE = 6  # words
_SWAPS_FROM, _SLIPS_FROM = 5, 6  # letters from which two swapped letters, or any one slip, leave a word itself
_REMEMBERED = 10_000  # corrections; people misspell the same words
_CHOICE = re.compile(r"\(([^)]*)\)")


@cache
def phrases() -> dict[tuple[str, ...], str]:
    """Every listed word and phrase with its symbol: ``("fin", "de", "semaine")`` → ``WEEKEND``."""
    known: dict[tuple[str, ...], str] = {}
    for line in VOCABULARY.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            symbol, said = line.split(": ")
            known.update((tuple(form.split("_")), symbol) for form in _forms(said.split()))
    return known


@cache
def openings() -> dict[str, int]:
    """The first words of phrases, with the length in words of the longest phrase each begins."""
    longest: dict[str, int] = {}
    for phrase in phrases():
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    return longest


@lru_cache(_REMEMBERED)
def spelt(word: str) -> str:
    """The word of the vocabulary that was meant: ``vendrdi`` → ``vendredi``; any other word as it is."""
    if word in _words() or word in lexicon() or len(word) < _SWAPS_FROM - 1:
        return word
    near = {known for key in (word, *_shorter(word)) for known in _neighbours().get(key, ()) if _slipped(word, known)}
    return min(near) if near else word


def _forms(written: Iterable[str]) -> Iterator[str]:
    """``prochain(e)(s)`` is four words, ``(a|b)_c`` two phrases."""
    for one in written:
        parts = _CHOICE.split(one)
        choices = [part.split("|") if "|" in part else [part, ""] for part in parts[1::2]]
        for chosen in product(*choices):
            yield "".join(a + b for a, b in zip(parts[::2], (*chosen, ""), strict=True))


@cache
def _words() -> frozenset[str]:
    return frozenset(word for phrase in phrases() for word in phrase) | numerals.WORDS


@cache
def _neighbours() -> dict[str, list[str]]:
    """Long words, whole and each less one letter: two spellings that meet here are one or two slips apart."""
    meeting: dict[str, list[str]] = {}
    for word in _words():
        if len(word) >= _SWAPS_FROM:
            for key in {word, *_shorter(word)}:
                meeting.setdefault(key, []).append(word)
    return meeting


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _slipped(word: str, known: str) -> bool:
    """One letter left out, added, changed or swapped; short words bear a swap or a doubled letter only."""
    at = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    swapped = word[at : at + 2] == known[at : at + 2][::-1] and word[at + 2 :] == known[at + 2 :]
    doubled = at > 0 and word[at:] == word[at - 1] + known[at:]
    if swapped or doubled or len(known) < _SLIPS_FROM or at == 0:
        return swapped or doubled
    return word[at + 1 :] in (known[at:], known[at + 1 :]) or word[at:] == known[at + 1 :]
