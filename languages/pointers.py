"""Words that point at an invoice without naming it: the biggest, the smallest, those just shown."""

import re
from typing import Literal

from languages.answers import plain_words

_BIGGEST = re.compile(
    r"\b(?:plus (?:grosse?s?|grande?s?|elevee?s?|chere?s?|haute?s?|dispendieuse|salee)|biggest|largest|highest|"
    r"most expensive|priciest|grosse facture)\b"
)
_SMALLEST = re.compile(
    r"\b(?:plus (?:petite?s?|basse?s?|faible)|moins (?:chere?|elevee?)|smallest|lowest|cheapest|least expensive)\b"
)
_THOSE_SHOWN = re.compile(
    r"\b(?:them|those|these|both|celles?(?: la| ci)?|ceux|ces|(?:toutes )?les (?:deux|trois|quatre|cinq)|"
    r"all (?:two|three|four|five)|toutes(?! (?:mes|nos|les|vos)))\b"
)

Size = Literal["biggest", "smallest"]


def size_meant(text: str) -> Size | None:
    """``"la plus grosse"`` → ``biggest``, ``"the cheapest one"`` → ``smallest``, nothing of the kind → ``None``."""
    words = " ".join(plain_words(text))
    if _BIGGEST.search(words):
        return "biggest"
    return "smallest" if _SMALLEST.search(words) else None


def those_shown_meant(text: str) -> bool:
    """Whether "all" is all of the list just shown: ``"all of them"``, ``"toutes"``, not ``"toutes mes factures"``."""
    return bool(_THOSE_SHOWN.search(" ".join(plain_words(text))))
