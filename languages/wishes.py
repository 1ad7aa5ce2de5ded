"""What a short answer means to the task that asked: add or remove, paper or e-mail, which role, which reason.

Each reading looks for a few words of both languages and gives ``None`` where they say nothing: then the task asks.
"""

import re
from decimal import Decimal
from typing import Literal

from languages.answers import plain_words
from languages.values import numerals

UserWish = Literal["add", "remove"]
Delivery = Literal["paper", "email"]
Role = Literal["view", "pay", "administer"]
Reason = Literal["wrong_amount", "not_ours", "billed_twice", "service", "other"]


def _pattern(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})")


_REMOVE = _pattern(
    "enlev", "retir", "supprim", "revoqu", "desactiv", "coup(?:er|ez) (?:l )?acces", "remov", "delet", "revok",
    "deactivat", "take (?:away|off)", "cut off", "quitte", "parti(?:e)?\\b", "ne travaille plus", "left (?:us|the)",
    "no longer", "ne (?:doit|devrait) plus", "n est plus", "is gone",
)  # fmt: skip
_NO_MORE_PAPER = _pattern(
    "plus (?:de |recevoir (?:de |les )?)?(?:papier|poste)", "arret", "cess", "stop", "sans papier", "paperless",
    "no (?:more )?paper", "pas de papier", "annul", "en ligne seulement", "electroniqu", "par courriel", "by e ?mail",
    "electronic", "online only", "revenir", "back to", "instead of paper", "au lieu du papier", "go digital",
    "not by mail",
)  # fmt: skip
_PAPER = _pattern("papier", "poste", "postal", "paper", "mail", "post\\b", "imprim", "printed", "hard cop")
_ROLES: dict[Role, re.Pattern[str]] = {
    "administer": _pattern(
        "admin", "tout faire", "gerer", "gestion", "manage", "full access", "acces complet", "everything"
    ),
    "pay": _pattern("pay", "paie", "regler", "reglement"),
    "view": _pattern(
        "consult", "voir", "lecture", "view", "read", "see\\b", "look", "regarder", "seulement les factures"
    ),
}
_REASONS: dict[Reason, re.Pattern[str]] = {
    "billed_twice": _pattern(
        "deux fois", "en double", "doubl", "twice", "duplicat", "two times", "2 fois", "deja (?:paye|facture)"
    ),
    "not_ours": _pattern(
        "pas a (?:nous|moi)", "pas la (?:notre|mienne)", "pas (?:notre|mon|ma)\\b", "jamais (?:commande|recu|eu|loue)",
        "not (?:ours|mine|our|my)\\b", "never (?:ordered|had|received|rented)", "don t (?:own|have|recogni)",
        "autre (?:compagnie|client)", "someone else", "connais pas", "reconnais pas", "belongs to",
    ),
    "service": _pattern(
        "service", "panne", "technicien", "technician", "repair", "repar", "broken", "brise", "livr", "deliver"
    ),
    "wrong_amount": _pattern(
        "montant", "trop (?:cher|eleve|haut|charge)", "erreur", "amount", "too (?:high|much)", "overcharg",
        "surfactur", "wrong", "incorrect", "taxe?", "prix", "price", "rate", "tarif", "charg", "mauvais", "should be",
        "devrait etre",
    ),
}  # fmt: skip
_COUNTED = re.compile(
    rf"\b(?P<n>{numerals.SMALL}) ?"
    r"(?:versements?|paiements?|fois|mensualites?|mois|instal\w+|payments?|parts?|months?|times)\b"
)
_SMALL = re.compile(rf"(?<![\d.,/-])\b{numerals.SMALL}\b(?![\d.,/-])")
_HALVES = re.compile(r"\b(?:moitie|half|en deux)\b")
_OF_AN_ACCOUNT = _pattern("compte", "account", "bank", "banque", "banc", "se terminant", "finit", "ending", "ends")
_NUMBER = re.compile(r"(?<![\d.,/-])(\d{1,3}(?:[ \u00a0\u202f,]\d{3})+|\d{1,6})(?:[.,](\d{1,2}))?(?![\d/-])")


def user_wish(text: str) -> UserWish:
    """``"ma comptable ne travaille plus ici"`` → ``remove``; adding where nothing says otherwise."""
    return "remove" if _REMOVE.search(_plain(text)) else "add"


def delivery_meant(text: str) -> Delivery | None:
    """How invoices are wanted: ``"no more paper"`` → ``email``, ``"par la poste"`` → ``paper``."""
    words = _plain(text)
    if _NO_MORE_PAPER.search(words):
        return "email"
    return "paper" if _PAPER.search(words) else None


def role_meant(text: str) -> Role | None:
    """What a portal user may do; the most that is named."""
    words = _plain(text)
    return next((role for role, pattern in _ROLES.items() if pattern.search(words)), None)


def reason_meant(text: str) -> Reason | None:
    """Why an invoice is disputed; the most particular reason named."""
    words = _plain(text)
    return next((reason for reason, pattern in _REASONS.items() if pattern.search(words)), None)


def instalments_meant(text: str) -> int | None:
    """``"en trois versements"`` → 3, ``"half now, half later"`` → 2."""
    words = _plain(text)
    found = _COUNTED.search(words)
    if found:
        return numerals.small(found["n"]) or None
    return 2 if _HALVES.search(words) else None


def bare_count(text: str) -> int | None:
    """The one small number of an answer to "how many": ``"non, trois"`` → 3; ``None`` for none and for several."""
    found = list(_SMALL.finditer(_plain(text)))
    return numerals.small(found[0][0]) or None if len(found) == 1 else None


def bare_amount(text: str) -> Decimal | None:
    """The one number of an answer to "how much": ``"plutôt 500"`` → 500.00.

    ``None`` for none, for several, and for the digits of an account ("le compte 4417").
    """
    if _OF_AN_ACCOUNT.search(_plain(text)):
        return None
    found = list(_NUMBER.finditer(text))
    if len(found) != 1:
        return None
    whole = re.sub(r"\D", "", found[0][1])
    return Decimal(f"{whole}.{(found[0][2] or '0').ljust(2, '0')}")


def _plain(text: str) -> str:
    return " ".join(plain_words(text))
