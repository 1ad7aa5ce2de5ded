"""Numbers in words, both languages: which words they are made of, and what a run of them is worth (text2num)."""

import re
from functools import lru_cache

from text_to_num import text2num

UNITS = {
    **{word: at for at, word in enumerate("one two three four five six seven eight nine".split(), 1)},
    **{word: at for at, word in enumerate("un deux trois quatre cinq six sept huit neuf".split(), 1)},
    "une": 1,
    "zero": 0,
}
_TENS = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty "
    "sixty seventy eighty ninety dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante "
    "soixante septante huitante octante nonante"
).split()
ARTICLES = frozenset("un une one".split())  # alone they count nothing: "the last one", "une facture"
BIG = frozenset("cent cents mille million millions hundred hundreds thousand thousands".split())
WORDS = frozenset((*UNITS, *_TENS)) | BIG
JOINS = frozenset(("et", "and"))
# A number of instalments, of payments: figures, or one or two words.
SMALL = rf"(?:\d{{1,3}}|(?:{'|'.join(sorted(WORDS - BIG, key=len, reverse=True))})(?:[ -](?:{'|'.join(UNITS)}))?)"
_FIGURES = re.compile(r"\d+")


@lru_cache(4096)
def worth(said: str) -> int | None:
    """``mille deux cents`` → 1200, ``twelve hundred`` → 1200; ``None`` if the words make no one number."""
    if said in UNITS:
        return UNITS[said]
    said = said.replace("une", "un").replace("hundreds", "hundred").replace("thousands", "thousand")
    for language in ("fr", "en"):
        try:
            return int(text2num(said, language))
        except ValueError:
            continue
    return None


def small(said: str) -> int:
    """What :data:`SMALL` matched: ``quinze`` → 15, ``31`` → 31; 0 for what is no such number."""
    return int(said) if said.isdigit() else worth(said.replace("-", " ")) or 0


def figures(symbol: str | None) -> int:
    """The number in a symbol of the line: ``=15`` → 15, ``3th`` → 3, ``=20 =26`` → 2026, an article → 1."""
    found = _FIGURES.findall(symbol or "")
    return int("".join(found)) if found else 1
