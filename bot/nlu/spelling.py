"""Misspelt words as they were meant: towards the words of the training examples, never away from a real word.

What a customer types on a telephone ("anuler mon paiman") is put right before it is read. A word is only touched
when no French or English word list has it; then the nearest word learnt from the examples takes its place, by the
number of slips (symspellpy) or, where sound was written, by how it sounds.
"""

import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from symspellpy import SymSpell, Verbosity

from languages.formats import LANGUAGES

LEARNT_FROM = 3  # examples a word must be in to be what another was meant to be
SHORTEST = 4  # letters; shorter words have too many neighbours
TWO_SLIPS_FROM = 7  # letters

_WORD = re.compile(r"[^\W\d_]+")
# How French and English sound when written by ear, roughly, applied in order to a word without accents.
_SOUNDS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        ("ph", "f"), ("qu", "k"), ("eau|au", "o"), ("ai|ei", "e"), ("ck", "k"), ("c(?=[eiy])", "s"), ("c", "k"),
        ("[yj](?=$)|y", "i"), ("z|x", "s"), ("h", ""), ("oo", "u"), ("ee|ea", "i"), ("g(?=[eiy])", "j"), ("gu", "g"),
        ("a[nm]|e[nm]|i[nm]", "en"), ("w", "ou"), (r"(.)\1+", r"\1"), ("(?:er|es|ez|et|e|s|t|d|r)$", ""),
    )
)  # fmt: skip


def folded(word: str) -> str:
    """A word without case and accents."""
    letters = unicodedata.normalize("NFKD", word.casefold().replace("œ", "oe"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The words of a text as they are written."""
    return _WORD.findall(text)


def learn_words(texts: Iterable[str]) -> dict[str, int]:
    """The words examples are written with, and in how many they are; only those that can be meant."""
    counts = Counter(word for text in texts for word in {word.lower() for word in words_of(text)})
    return {word: count for word, count in sorted(counts.items()) if count >= LEARNT_FROM and len(word) >= SHORTEST}


class Speller:
    """Puts misspelt words right; ``learnt`` are the words of the examples with their counts."""

    def __init__(self, learnt: Mapping[str, int]) -> None:
        self.learnt = dict(learnt)
        self._meant: dict[str, str] = {}
        self._by_sound: dict[str, str] = {}
        self._near = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word in sorted(learnt, key=lambda one: (-learnt[one], one)):
            plain = folded(word)
            if self._meant.setdefault(plain, word) == word:
                self._near.create_dictionary_entry(plain, learnt[word])
                self._by_sound.setdefault(_sound(plain), word)

    def corrected(self, text: str) -> str:
        """The text with every misspelt word replaced; all else stays as it was written."""
        return _WORD.sub(lambda found: self._corrected(found[0]), text)

    def _corrected(self, written: str) -> str:
        plain = folded(written)
        if len(plain) < SHORTEST or plain in self._meant or plain in real_words():
            return written
        slips = 2 if len(plain) >= TWO_SLIPS_FROM else 1
        near = self._near.lookup(plain, Verbosity.CLOSEST, max_edit_distance=slips)
        likely = next((one.term for one in near if one.distance == 1 or one.term[0] == plain[0]), None)
        if likely is not None:
            return self._meant[likely]
        return self._by_sound.get(_sound(plain), written)


def _sound(plain: str) -> str:
    for written, heard in _SOUNDS:
        plain = written.sub(heard, plain)
    return plain


@cache
def real_words() -> frozenset[str]:
    """Every word of either language, folded (the word lists of pyspellchecker)."""
    lists = files("spellchecker") / "resources"
    return frozenset(
        folded(word)
        for language in LANGUAGES
        for word in json.loads(gzip.decompress((lists / f"{language}.json.gz").read_bytes()))
    )
