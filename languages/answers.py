"""Is this a clear yes or a clear no? Money moves on nothing less (contract, "Manners").

A message is clear when every word of it is known and one of them decides; "oui mais…", "ok", "I think so"
are not clear, and neither is a yes beside a no.
"""

import re
import unicodedata
from typing import Literal

_YES = frozenset(
    "oui ouais yes yep yeah yup affirmatif confirme confirmer confirmez confirm confirmed absolutely "
    "absolument certainement certainly definitely accepte accept consens consent agree autorise authorize".split()
)
_YES_PHRASES = frozenset(
    (
        "d accord", "bien sur", "of course", "go ahead", "vas y", "allez y", "do it", "please do", "sure",
        "that is correct", "that s correct", "c est correct", "c est exact", "that s right", "exactement",
        "i do", "pay it", "payez", "je suis d accord",
    )
)  # fmt: skip
_NO = frozenset("non no nope nan nenni pantoute jamais never stop arrete arretez annule annulez refuse".split())
_NO_PHRASES = frozenset(
    ("pas maintenant", "not now", "surtout pas", "laisse faire", "laissez faire", "never mind", "do not", "don t",
     "i don t", "no way", "certainly not", "certainement pas", "absolutely not", "absolument pas", "forget it")
)  # fmt: skip
_AGAIN = frozenset(
    "reessayer reessaie reessaye reessayez reessayons verifie verifier verifiez retry recheck check".split()
)
_AGAIN_PHRASES = frozenset(
    ("try again", "try it again", "check again", "once more", "essaie encore", "essayez encore", "encore une fois",
     "essaie de nouveau", "essayez de nouveau", "verifier de nouveau", "de nouveau", "again")
)  # fmt: skip
_MORE = frozenset("more next suite suivantes suivante encore autres rest reste others prochaines".split())
_SHOWING = frozenset(
    "show see me m montre montrez voir affiche affichez donne donnez five ones page plus factures invoices "
    "de la le les l the of it list liste svp stp please pls s il vous te plait merci thanks moi".split()
)
_CORRECTION = re.compile(
    r"^(?:non|nan|no|nope|wait|attends?|attendez|oups|oops|pardon|sorry|finalement|actually|en fait|plutot|rather|"
    r"instead|make (?:it|that))\b"
)
_FILLERS = frozenset(
    "je j i le la l les the it c ca est is that s svp stp please pls plait s il vous te merci thanks thank you "
    "paiement payment payer payez pay debit moi monsieur madame now maintenant vas y allez tout de suite d accord "
    "bien sur parfait perfect go ahead and et my mon ce this tres very correct exact right okay ok".split()
)


def plain_words(text: str) -> list[str]:
    """The words of a text without accents, case or punctuation: ``["c", "est", "beau"]``."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.findall(r"[a-z0-9]+", bare)


def clear_answer(text: str) -> Literal["yes", "no"] | None:
    """``"yes"``, ``"no"``, or ``None`` for everything else, ``"ok"`` included."""
    words = plain_words(text)
    phrase = " ".join(words)
    if phrase in _NO_PHRASES or _decides(words, _NO):
        return "no"
    if phrase in _YES_PHRASES or _decides(words, _YES):
        return "yes"
    return None


def tries_again(text: str) -> bool:
    """Whether a message says to try once more and nothing else: what a failure told the customer to say."""
    words = plain_words(text)
    without = [word for word in words if word not in _FILLERS]
    return " ".join(without) in _AGAIN_PHRASES or " ".join(words) in _AGAIN_PHRASES or _decides(words, _AGAIN)


def asks_for_more(text: str) -> bool:
    """Whether a message asks for the rest of a list and nothing else: ``"la suite svp"``, ``"show me more"``."""
    words = plain_words(text)
    return bool(_MORE & set(words)) and (_MORE | _SHOWING).issuperset(words)


def begins_a_correction(text: str) -> bool:
    """Whether a message begins by taking something back: ``"nan attends, juste 500"``, ``"actually the 15th"``."""
    return _CORRECTION.match(" ".join(plain_words(text))) is not None


def _decides(words: list[str], deciding: frozenset[str]) -> bool:
    return any(word in deciding for word in words) and all(word in deciding or word in _FILLERS for word in words)
