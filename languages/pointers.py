"""Words that point at an invoice without naming it: the biggest, the smallest, those just shown."""

import re
from typing import Literal

from languages.answers import plain_words

# "La plus grosse" points; "est plus grosse que l'autre" compares.
_BIGGEST = re.compile(
    r"\b(?:(?:l[ae]s?|mes|ma|celle|facture) plus (?:grosse?s?|grande?s?|elevee?s?|chere?s?|haute?s?|dispendieuse|salee)"
    r"(?! que\b)|biggest|largest|highest|most expensive|priciest|grosse facture)\b"
)
_SMALLEST = re.compile(
    r"\b(?:(?:l[ae]s?|mes|ma|celle|facture) (?:plus (?:petite?s?|basse?s?|faible)|moins (?:chere?|elevee?))(?! que\b)|"
    r"smallest|lowest|cheapest|least expensive)\b"
)
_THAT_ONE = re.compile(
    r"\b(?:it|this(?: one)?|that(?: one)?|celle(?: la| ci)?|cette facture|"
    r"(?:la|l) (?:payer|regler|contester|avoir|annuler)|"
    r"(?:paye|payez|paie|regle|reglez) la|en entier|au complet)\b"
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


def that_one_meant(text: str) -> bool:
    """Whether the invoice last spoken of is meant: ``"la payer"``, ``"pay it"``, ``"celle-là"``."""
    return bool(_THAT_ONE.search(" ".join(plain_words(text))))
