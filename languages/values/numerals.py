"""Numbers in words, both languages: the patterns to find them by, and their value (text2num)."""

import re

from text_to_num import text2num

_FR_UNITS = "un une deux trois quatre cinq six sept huit neuf".split()
_FR_TEENS = "dix onze douze treize quatorze quinze seize".split()
_FR_TENS = "vingt vingts trente quarante cinquante soixante septante huitante octante nonante".split()
_EN_UNITS = "one two three four five six seven eight nine".split()
_EN_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_EN_TENS = "twenty thirty forty fourty fifty sixty seventy eighty ninety".split()
_BIG = "cent cents mille hundred hundreds thousand thousands million millions".split()

_WORD = "|".join(
    sorted(_FR_UNITS + _FR_TEENS + _FR_TENS + _EN_UNITS + _EN_TEENS + _EN_TENS + _BIG, key=len, reverse=True)
)
# A run of number words: "two thousand three hundred and forty-five", "soixante et onze".
RUN = rf"(?:{_WORD})(?:(?:[ -]| and |[ -]et[ -]| et )(?:{_WORD}))*"

_SMALL: dict[str, int] = {
    **{word: at for at, word in enumerate(_EN_UNITS + _EN_TEENS, 1)},
    **{word: at for at, word in enumerate(_FR_UNITS[:1] + _FR_UNITS[2:] + _FR_TEENS, 1)},
    "une": 1, "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19, "dix sept": 17, "dix huit": 18, "dix neuf": 19,
    "vingt": 20, "twenty": 20, "vingt et un": 21, "vingt-et-un": 21, "trente": 30, "thirty": 30,
    "trente et un": 31, "trente-et-un": 31, "thirty-one": 31, "thirty one": 31,
    "a couple of": 2, "a couple": 2, "couple of": 2, "a few": 3, "quelques": 3, "une couple de": 2, "a": 1, "an": 1,
}  # fmt: skip
for _at in range(2, 10):
    for _join in ("-", " "):
        _SMALL[f"vingt{_join}{_FR_UNITS[_at]}"] = 20 + _at
for _at in range(1, 10):
    for _join in ("-", " "):
        _SMALL[f"twenty{_join}{_EN_UNITS[_at - 1]}"] = 20 + _at

# 1 to 31, in figures or words.
SMALL = (
    r"(?:\d{1,3}|" + "|".join(sorted(map(re.escape, set(_SMALL)), key=len, reverse=True)) + r")(?![a-z\d])"
)


def small(said: str) -> int:
    """``quinze`` → 15, ``31`` → 31; 0 for what is no such number."""
    return int(said) if said.isdigit() else _SMALL.get(said, 0)


def number(said: str) -> int | None:
    """``mille deux cents`` → 1200, ``a hundred`` → 100; ``None`` if the words make no number."""
    said = re.sub(r"^an? ", "one ", said.strip()).replace("fourty", "forty").replace("une ", "un ")
    for language in ("fr", "en"):
        try:
            return int(text2num(said, language))
        except ValueError:
            continue
    return None
