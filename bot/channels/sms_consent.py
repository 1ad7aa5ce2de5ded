"""The words by which a telephone stops, starts again or asks who is there (security.md, T4).

Twilio and the carriers know the English ones; French customers write the others, in any case and without accents.
Only a message that is such a word and nothing else counts: "arrêt du paiement" is a wish.
"""

from dataclasses import dataclass
from typing import Literal

from languages.answers import plain_words
from languages.formats import Language

Wish = Literal["stop", "start", "help"]

_WORDS: dict[Wish, dict[Language | None, frozenset[str]]] = {
    "stop": {
        None: frozenset({"stop"}),
        "fr": frozenset("arret arrete arreter arretez desabonner desabonnez desabonnement".split()),
        "en": frozenset("stopall unsubscribe end quit revoke optout cancel".split()),
    },
    "start": {None: frozenset({"start", "unstop"}), "fr": frozenset({"debut"}), "en": frozenset()},
    "help": {None: frozenset({"info"}), "fr": frozenset({"aide"}), "en": frozenset({"help"})},
}


@dataclass(frozen=True)
class ConsentWord:
    """What is wished, and the language of the word where it has one."""

    wish: Wish
    language: Language | None


def consent_word(text: str) -> ConsentWord | None:
    """The wish a message is, or ``None``; ``"STOP ALL"``, ``"S.T.O.P."`` and ``"Arrêt!"`` count too."""
    word = "".join(plain_words(text))
    for wish, by_language in _WORDS.items():
        for language, words in by_language.items():
            if word in words:
                return ConsentWord(wish, language)
    return None
