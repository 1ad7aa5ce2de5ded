"""How the classifier reads a text: values become names of their kind, letters lose case and accents."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

_TOKENS = re.compile(r"[a-z]+|\d|[?!$#@%]|[\u2600-\u27bf\U0001f000-\U0001faff]")  # words, figures, signs, emoji
_READ = 400  # characters; what a message wants is said by then, and the time to read grows with it


def words(text: str) -> list[str]:
    """The words of a text for counting n-grams: folded, digits one by one, a few signs and emoji."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return _TOKENS.findall("".join(letter for letter in folded if not unicodedata.combining(letter)))


def masked(text: str, entities: Iterable[dict[str, Any]]) -> str:
    """The text with every value replaced by the name of its kind: another number is the same wish.

    ``entities`` are Rasa's: ``start``, ``end`` and ``entity``, none overlapping another.
    """
    for found in sorted(entities, key=lambda one: one["start"], reverse=True):
        if found["entity"] in _MASKS:
            text = f"{text[: found['start']]} {_MASKS[found['entity']]} {text[found['end'] :]}"
    return " ".join(text[:_READ].split())


# Selectors, languages, dates and periods stay as they were said: "overdue" and "in English" are half of the wish.
_MASKS = {
    "invoice_number": "12345678",
    "account_number": "1234567890",
    "payment_reference": "ACH-12345678",
    "amount": "$100",
    "email": "a@b.ca",
    "otp_code": "123456",
}
