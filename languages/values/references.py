"""Payment references, and the telephone numbers that are none of our numbers."""

import re

from languages.values import numerals
from languages.values.reading import Reading

_REFERENCE = re.compile(r"(?<![a-z0-9])ach[ :#_]{0,3}-?[ :#]{0,3}([0-9a-z]{4}[ -]?[0-9a-z]{4})(?![a-z0-9]|-[a-z0-9])")
# Said letter by letter: "a c h tiret sept k deux m neuf q x t".
_SPELT = re.compile(
    r"(?<![a-z0-9])a ?c ?h (?:(?:tiret|dash|hyphen|trait d'union|-) ?)?((?:[a-z0-9]{1,6} ){7}[a-z0-9]{1,6})(?![a-z0-9])"
)
_ALPHABET = re.compile(r"[0-9a-hjkmnp-tv-z]{8}")
_DIGITS = {word: str(value) for word, value in numerals.UNITS.items()} | {"oh": "0"}
_ALMOST = re.compile(r"(?<![a-z0-9])ach[ :#_]{0,3}-?[ :#]{0,3}(?=[a-z]*\d)[0-9a-z]{6,12}(?![a-z0-9])")
_TELEPHONE = re.compile(r"(?<![\w.,$-])(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]?[2-9]\d{2}[ .-]?\d{4}(?![\w$])")
_GROUPED = re.compile(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$")
_CALLING = re.compile(
    r"(?:\btel|telephone|phone|\bcell|appel|rappel|joindre|\bcall|\bring|\breach|\btext|\bfax|\bposte\b|compose|\bdial|\bmobile)"
)
_ACCOUNT = re.compile(r"(?:compte|account|acct|client|customer|numero|number|\bno\b|#)\W*(?:\w+\W+){0,2}$")


def find_references(reading: Reading) -> None:
    """Take payment references; hide what looks like one and is none, lest its digits pass for another number."""
    for found in _REFERENCE.finditer(reading.plain):
        code = found[1].replace(" ", "").replace("-", "")
        if _ALPHABET.fullmatch(code) and (found[0].startswith("ach-") or any(map(str.isdigit, code))):
            reading.take_plain("payment_reference", f"ACH-{code.upper()}", *found.span())
    for found in _SPELT.finditer(reading.plain):
        code = "".join(_DIGITS.get(said, said) for said in found[1].split())
        if _ALPHABET.fullmatch(code):
            reading.take_plain("payment_reference", f"ACH-{code.upper()}", *found.span())
    for found in _ALMOST.finditer(reading.plain):
        reading.hide_plain(*found.span())


def hide_telephones(reading: Reading) -> None:
    """Hide telephone numbers of North America: grouped as such, or with a word of calling before."""
    for found in _TELEPHONE.finditer(reading.plain):
        before = reading.plain[max(0, found.start() - 40) : found.start()]
        calling = _CALLING.search(before)
        grouped = _GROUPED.search(found[0]) and not _ACCOUNT.search(before)
        if calling or grouped:
            reading.hide_plain(*found.span())
