"""Which language is this text? A lexicon first, then letter statistics for words it does not know.

Pure and without memory: what a conversation is held in is decided elsewhere, with ``decisive`` as this
module's part of it.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from langdetect import PROFILES_DIRECTORY
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from languages.formats import LANGUAGES, Language
from languages.lexicon import fold, lexicon, shorter, slips

# What a word of each section says for its language. Grammar holds a mixed sentence together, so it says most.
_WEIGHTS = {"grammar": 2.0, "greetings": 2.0, "courtesy": 2.0, "words": 1.0, "weak": 0.5}
_ENDING = 0.6  # an unknown word that ends as only one of the two languages lets it end
_ELISION = 2.0  # l', qu', j' before a vowel
_ACCENT = 1.0  # a word with an accent, unless it is a name
_NEAR = 0.8  # an unknown word one slip of the finger from known words of one language only
_FIRST = 0.5  # more for the first word if it is grammar: who begins in a language usually builds the sentence in it
_DECISIVE = 2.0  # how often the other's score the leader needs to turn a conversation
_SURE = 0.9  # the probability from which letter statistics are believed
_READ = 600  # characters; more of a text tells nothing new

_VALUES = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\bach-\w+|\bno\.?\s?(?=\d)|\w*\d\w*", re.IGNORECASE)
_PLACES: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(r"\b\d{1,2}(?:er|ere|ère|e|eme|ème|ieme|ième)s?\b", re.IGNORECASE),
    "en": re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\b", re.IGNORECASE),
}
_TOKENS = re.compile(r"\b(?:[jldncsmt]|qu|jusqu|lorsqu|puisqu|quelqu)'(?=[aeiouyhéèêàâîôû])|[^\W\d_]+(?:-[^\W\d_]+)*")
_TOGETHER = re.compile(r"\b(?:(?P<en>thank (?:you|u)\b)|(?P<fr>merci (?:beaucoup|bien)\b|[aà]\+(?!\w)))")
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


NOTHING_TELLS = Detection(None, False)


@dataclass
class _Evidence:
    scores: dict[Language, float] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, 0.0))
    witnesses: dict[Language, int] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, 0))
    greeted: set[Language] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def add(self, language: Language, weight: float) -> None:
        self.scores[language] += weight
        self.witnesses[language] += 1


def detect(text: str) -> Detection:
    """The language of one text alone; a single word of content never is decisive."""
    text = text[:_READ].replace("’", "'").replace("`", "'")
    if len(text.strip()) < 2 or _is_name(text):
        return NOTHING_TELLS
    evidence = _weigh(text)
    fr, en = evidence.scores["fr"], evidence.scores["en"]
    if fr == en:
        return Detection(_by_letters(evidence.unknown) if not fr else None, False)
    language: Language = "fr" if fr > en else "en"
    enough = evidence.witnesses[language] >= 2 or language in evidence.greeted
    return Detection(language, enough and max(fr, en) >= _DECISIVE * min(fr, en))


def _is_name(text: str) -> bool:
    """Two to four words, each with a capital, one of them no word of a language: somebody, a shop, a town."""
    words = re.findall(r"[^\W\d_]+", text)
    if not 2 <= len(words) <= 4 or not all(word[0].isupper() and not word[1:].isupper() for word in words):
        return False
    known = [lexicon().get(fold(word.casefold()), (None, "unknown")) for word in words]
    told = {section for _, section in known}
    return bool(told & {"unknown", "names"}) and not told & {"grammar", "greetings", "courtesy"}


def _weigh(text: str) -> _Evidence:
    evidence = _Evidence()
    for language, pattern in _PLACES.items():
        if pattern.search(text):
            evidence.add(language, _WEIGHTS["weak"])
    words = _TOGETHER.sub(lambda found: "thanks" if found["en"] else "merci", _VALUES.sub(" ", text.casefold()))
    for at, written in enumerate(_TOKENS.findall(words)):
        if written.endswith("'"):
            evidence.add("fr", _ELISION)
            continue
        parts = [written] if fold(written) in lexicon() else written.split("-")
        for part in parts:
            _weigh_word(part, evidence, first=at == 0)
    return evidence


def _weigh_word(word: str, evidence: _Evidence, *, first: bool) -> None:
    folded = fold(word)
    known = lexicon().get(folded) or lexicon().get(_REPEATED.sub(r"\1", folded))
    if known is None:
        _weigh_unknown(word, folded != word, evidence)
        return
    language, section = known
    if folded != word and language != "fr" and section != "names":  # thé, référence: the other is without
        evidence.add("fr", _ACCENT)
    elif language is not None:
        evidence.add(language, _WEIGHTS[section] + (_FIRST if first and section == "grammar" else 0))
        if section == "greetings":
            evidence.greeted.add(language)


def _weigh_unknown(word: str, accented: bool, evidence: _Evidence) -> None:
    if accented:
        evidence.add("fr", _ACCENT)
        return
    near = slips().get(word, set()).union(*(slips().get(less, ()) for less in shorter(word)))
    ends = {language for language in LANGUAGES if _ENDINGS[language].match(word)}
    if len(near) == 1:
        evidence.add(near.pop(), _NEAR)
    elif len(ends) == 1:
        evidence.add(ends.pop(), _ENDING)
    elif len(word) > 1:
        evidence.unknown.add(word)


def _by_letters(words: set[str]) -> Language | None:
    """What the letters of two or more unknown words say; one unknown word is as likely a name."""
    if len(words) < 2:
        return None
    detector = _letters().create()
    detector.append(" ".join(sorted(words)))
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
