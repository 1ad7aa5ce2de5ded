"""Which language is this text? A lexicon first, then letter statistics for words it does not know.

Pure and without memory: what a conversation is held in is decided elsewhere, with ``decisive`` as this
module's part of it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from langdetect import PROFILES_DIRECTORY
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from languages.formats import LANGUAGES, Language

LEXICON = Path(__file__).parent / "lexicon"
# What a word of each section says for its language. Grammar holds a mixed sentence together, so it says most.
_WEIGHTS = {"grammar": 2.0, "greetings": 2.0, "words": 1.0, "weak": 0.5}
_ENDING = 0.6  # an unknown word that ends as only one of the two languages lets it end
_ELISION = 2.0  # l', qu', j' before a vowel
_ACCENT = 1.0  # a word with an accent, unless it is a name
_NEAR = 0.8  # an unknown word one slip of the finger from known words of one language only
_FIRST = 1.0  # more for the first word that tells: who begins in a language usually builds the sentence in it
_DECISIVE = 2.0  # how often the other's score the leader needs to turn a conversation
_SURE = 0.9  # the probability from which letter statistics are believed
_LONG = 5  # letters from which a word with a slip in it still is itself
_READ = 600  # characters; more of a text tells nothing new

_VALUES = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\bach-\w+|\bno\.?\s?(?=\d)|\w*\d\w*", re.IGNORECASE)
_TOKENS = re.compile(r"\b(?:[jldncsmt]|qu|jusqu|lorsqu|puisqu|quelqu)'(?=[aeiouyhéèêàâîôû])|[^\W\d_]+(?:-[^\W\d_]+)*")
_REPEATED = re.compile(r"(\w)\1+")
_ENDINGS: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(
        r"^j(?=[bcdfghklmnprstvwx])\w{3,}|\w{2,}(?:ez|eaux|euse|euses|ette|ettes|elle|elles|ique|iques|oire|oires|ois|ait|"
        r"aient|erai|erons|eront|erais|aux|eux|ier|iere|iers|ieres|ons|eur|eurs|isme|age|ages|ir|quer|iez|ité|é|ée|és|ées)$"
    ),
    "en": re.compile(
        r"\w{2,}(?:ing|ings|ight|ould|ness|ful|less|ly|ies|wn|ck|cks|sh|shed|ked|ved|rded|ssed|pped|tted|ee|oo|ity|ys|"
        r"th|ths|ow|ows|ay|ey|ary|ory|ough|ward|ship|hood|self|lled|nned)$"
    ),
}


@dataclass(frozen=True)
class Detection:
    """``language`` of a text, ``None`` where nothing tells; ``decisive`` if it may turn a conversation."""

    language: Language | None
    decisive: bool


@dataclass
class _Evidence:
    scores: dict[Language, float]
    witnesses: dict[Language, int]  # words that speak for a language
    greeted: set[Language]
    unknown: list[str]

    def add(self, language: Language, weight: float) -> None:
        self.scores[language] += weight + (0 if sum(self.witnesses.values()) else _FIRST)
        self.witnesses[language] += 1


def detect(text: str) -> Detection:
    """The language of one text alone; a single word of content never is decisive."""
    cleaned = _VALUES.sub(" ", text[:_READ].replace("’", "'").replace("`", "'").casefold())
    evidence = _weigh(cleaned)
    fr, en = evidence.scores["fr"], evidence.scores["en"]
    if fr == en:
        return Detection(_by_letters(evidence.unknown) if not fr else None, False)
    language: Language = "fr" if fr > en else "en"
    enough = evidence.witnesses[language] >= 2 or language in evidence.greeted
    return Detection(language, enough and max(fr, en) >= _DECISIVE * min(fr, en))


def _weigh(text: str) -> _Evidence:
    evidence = _Evidence({"fr": 0.0, "en": 0.0}, {"fr": 0, "en": 0}, set(), [])
    for written in _TOKENS.findall(text):
        if written.endswith("'"):
            evidence.add("fr", _ELISION)
            continue
        parts = [written] if _fold(written) in _lexicon() else written.split("-")
        for part in parts:
            _weigh_word(part, evidence)
    return evidence


def _weigh_word(word: str, evidence: _Evidence) -> None:
    folded = _fold(word)
    accented = folded != word
    known = _lexicon().get(folded) or _lexicon().get(_REPEATED.sub(r"\1", folded))
    if known is None:
        _weigh_unknown(word, accented, evidence)
        return
    language, section = known
    if accented and language != "fr" and section != "names":  # thé, référence: the other is without
        evidence.add("fr", _ACCENT)
    elif language is not None:
        evidence.add(language, _WEIGHTS[section])
        if section == "greetings":
            evidence.greeted.add(language)


def _weigh_unknown(word: str, accented: bool, evidence: _Evidence) -> None:
    if accented:
        evidence.add("fr", _ACCENT)
        return
    near = _slips().get(word, set()).union(*(_slips().get(shorter, ()) for shorter in _shorter(word)))
    ends = {language for language in LANGUAGES if _ENDINGS[language].match(word)}
    if len(near) == 1:
        evidence.add(next(iter(near)), _NEAR)
    elif len(ends) == 1:
        evidence.add(next(iter(ends)), _ENDING)
    elif len(word) > 1:
        evidence.unknown.append(word)


def _by_letters(words: list[str]) -> Language | None:
    """What the letters of two or more unknown words say; one unknown word is as likely a name."""
    if len(words) < 2:
        return None
    detector = _letters().create()
    detector.append(" ".join(words))
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # nothing in the text that it counts
        return None
    best = max(found, key=lambda one: one.prob)
    return next((known for known in LANGUAGES if known == best.lang and best.prob >= _SURE), None)


@cache
def _letters() -> DetectorFactory:
    """Langdetect with its French and English profiles only, and a seed: as shipped it guesses among 55, at random."""
    profiles = [(Path(PROFILES_DIRECTORY) / language).read_text(encoding="utf-8") for language in LANGUAGES]
    factory = DetectorFactory()
    factory.load_json_profile(profiles)
    factory.set_seed(0)
    return factory


@cache
def _lexicon() -> dict[str, tuple[Language | None, str]]:
    """Every known word with its language and section; a neutral one with neither."""
    words: dict[str, tuple[Language | None, str]] = dict.fromkeys(
        _sections(LEXICON / "neutral.txt")["neutral"], (None, "neutral")
    )
    for language in LANGUAGES:
        for section, listed in _sections(LEXICON / f"{language}.txt").items():
            words.update((word, (language, section)) for word in listed)
    return words


@cache
def _slips() -> dict[str, set[Language]]:
    """Known words, whole and each less one letter, with their languages: two texts that meet here are one slip apart."""
    slips: dict[str, set[Language]] = {}
    for word, (language, _) in _lexicon().items():
        if language is not None and len(word) >= _LONG:
            for written in (word, *_shorter(word)):
                slips.setdefault(written, set()).add(language)
    return slips


def _shorter(word: str) -> list[str]:
    """The word less one letter, each in turn; short words have too many neighbours to mean one."""
    return [word[:at] + word[at + 1 :] for at in range(len(word))] if len(word) >= _LONG else []


def _sections(file: Path) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[] "), [])
        elif line and not line.startswith("#"):
            current.extend(line.split())
    return sections


def _fold(word: str) -> str:
    """Without accents: ``déjà`` → ``deja``, ``cœur`` → ``coeur``."""
    letters = unicodedata.normalize("NFKD", word.replace("œ", "oe"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
