"""Which invoices a message speaks of: unpaid, paid, or all of them."""

from typing import Literal

from languages.answers import plain_words

Status = Literal["open", "paid", "all"]

_UNPAID = frozenset("impayee impayees impaye unpaid open ouverte ouvertes due dues outstanding".split())
_PAID = frozenset("payee payees paye paid reglee reglees settled acquittee acquittees".split())
_ALL = frozenset(
    "toutes tous all every past anciennes ancienne passees historique history previous precedentes "
    "derniere dernieres last older archives".split()
)
_NEGATIONS = frozenset("non not pas jamais never".split())


def status_meant(text: str) -> Status | None:
    """``"factures payées"`` → ``paid``, ``"not paid yet"`` → ``open``, nothing said → ``None``."""
    words = set(plain_words(text))
    if words & _UNPAID or (words & _PAID and words & _NEGATIONS):
        return "open"
    if words & _PAID:
        return "paid"
    return "all" if words & _ALL else None
