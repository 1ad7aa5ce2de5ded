"""The words each language has to itself, and those both have: ``lexicon/*.txt``, read once."""

import unicodedata
from functools import cache
from pathlib import Path

from languages.formats import LANGUAGES, Language

LEXICON = Path(__file__).parent / "lexicon"
_LONG = 5  # letters from which a word with a slip in it still is itself


@cache
def lexicon() -> dict[str, tuple[Language | None, str]]:
    """Every known word, folded, with its language and section; one that tells nothing with neither language."""
    words: dict[str, tuple[Language | None, str]] = {}
    for section, listed in _sections(LEXICON / "neutral.txt").items():
        words.update((word, (None, section)) for word in listed)
    for language in LANGUAGES:
        for section, listed in _sections(LEXICON / f"{language}.txt").items():
            words.update((word, (language, section)) for word in listed)
    return words


@cache
def slips() -> dict[str, set[Language]]:
    """Known words, whole and each less one letter, with their languages: two that meet here are one slip apart."""
    meeting: dict[str, set[Language]] = {}
    for word, (language, _) in lexicon().items():
        if language is not None and len(word) >= _LONG:
            for written in (word, *shorter(word)):
                meeting.setdefault(written, set()).add(language)
    return meeting


def shorter(word: str) -> list[str]:
    """The word less one letter, each in turn; short words have too many neighbours to mean one."""
    return [word[:at] + word[at + 1 :] for at in range(len(word))] if len(word) >= _LONG else []


def fold(word: str) -> str:
    """Without accents: ``déjà`` → ``deja``, ``cœur`` → ``coeur``."""
    letters = unicodedata.normalize("NFKD", word.replace("œ", "oe"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _sections(file: Path) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[] "), [])
        elif line and not line.startswith("#"):
            current.extend(line.split())
    return sections
